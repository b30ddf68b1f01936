import Arguments

/// The options of `dcgan sample` that leave no sense to others.
enum SampleConflicts {
  /// For each option, those that would have no effect beside it, and why.
  private static let conflicts: [(option: String, excluded: [String], reason: String)] = [
    ("latents", ["seed", "truncation"], "the vectors come from the file"),
    (
      "interpolate",
      ["from", "latents", "seed", "count", "min-real", "min-real-calibrated", "max-tries"],
      "the two seeds and --steps determine what is drawn"
    ),
    (
      "from", ["count", "min-real", "min-real-calibrated", "max-tries"],
      "the table determines what is drawn"
    ),
  ]

  /// Throws where one of the given options excludes another or needs one that is not given.
  static func refuse(_ arguments: ParsedArguments) throws(UsageError) {
    let given = arguments.explicit
    for (option, excluded, reason) in conflicts where given.contains(option) {
      guard let other = excluded.first(where: given.contains) else { continue }
      throw UsageError(
        "--\(other) and --\(option) exclude each other: \(reason); leave one out",
        command: arguments.command)
    }
    if given.contains("steps") && !given.contains("interpolate") {
      throw UsageError(
        "--steps counts the images of --interpolate A:B; give that too, "
          + "or --count for images of one seed",
        command: arguments.command)
    }
  }

  /// Throws where a threshold goes by scores that networks of files do not give.
  static func refuseThresholds(
    _ minimumReal: Float, calibrated: Float, _ networks: NetworkSource, command: String
  ) throws(UsageError) {
    guard networks.isFiles, max(minimumReal, calibrated) > 0 else { return }
    let option = calibrated > 0 ? "--min-real-calibrated" : "--min-real"
    if !networks.hasDiscriminator {
      throw UsageError(
        "\(option) needs scores, which --generator alone does not give: give --discriminator with the "
          + "file of the network that scores, or leave \(option) out", command: command)
    }
    if calibrated > 0 {
      throw UsageError(
        "\(option) needs a calibration, which a run's checkpoints hold and network files do not: "
          + "use --min-real, or --run", command: command)
    }
  }
}

/// Two seeds, as `--interpolate A:B` names them.
package struct SeedPair: Sendable, Equatable {
  /// The seed to begin at.
  package let from: UInt64
  /// The seed to end at.
  package let to: UInt64

  /// Pairs two seeds.
  package init(from: UInt64, to: UInt64) {
    self.from = from
    self.to = to
  }

  /// Reads `A:B`; nil where the text is something else.
  init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { UInt64($0) }
    guard parts.count == 2, let from = parts[0], let to = parts[1] else { return nil }
    self.init(from: from, to: to)
  }
}
