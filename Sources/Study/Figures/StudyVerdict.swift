import Statistics

/// What a study says of synthetic images, in sentences for people who treat patients.
package enum StudyVerdict {
  /// The fewest test patients of a class on which a bootstrap can show a difference.
  private static let leastPatients = 10
  /// The fewest trainings of each classifier: what one does better may be its first weights.
  private static let leastTrainings = 3

  /// Sums up a share.
  ///
  /// An arm helps where it is better than its own control, which differs by the synthetic images alone,
  /// and than the control of equal size where both lack other changes; it does harm where it is worse than
  /// its own control. Where these controls were not trained, or the test has too few patients for a
  /// bootstrap to mean anything, the question stays open; and so it does where there are fewer than three
  /// trainings, or one of them lies on the other side of its control's: a bootstrap over patients does not
  /// know how much trainings differ.
  ///
  /// - Parameter leastTestPatients: those in the test of the class that has fewest.
  package static func text(
    share: Double, images: Int, leastTestPatients: Int, rows: [StudyRow],
    comparisons: [StudyComparison]
  ) -> String {
    let start = "With \(images) real images (share \(StudyMixture.text(share)))"
    let compared = comparisons.filter { $0.share == share && $0.arm.usesSynthetic }
    guard leastTestPatients >= leastPatients else {
      return
        "\(start), whether synthetic images help stays open: the test has \(leastTestPatients) "
        + "patients of a class, and no difference can be shown on fewer than \(leastPatients)."
    }
    let trainings = Set(rows.filter { $0.share == share }.map(\.seed)).count
    guard trainings >= leastTrainings else {
      return "\(start), whether synthetic images help stays open: \(trainings) "
        + "training\(trainings == 1 ? "" : "s") of each classifier cannot tell a difference from chance, "
        + "\(leastTrainings) at least are needed."
    }
    func isShown(
      _ mixture: StudyMixture, beside controls: [StudyArm], _ test: (StudyComparison) -> Bool
    ) -> Bool {
      let own = compared.filter { $0.mixture == mixture && controls.contains($0.control) }
      return own.count == controls.count
        && own.allSatisfy { test($0) && isRepeated($0, among: rows) }
    }
    let mixtures = rows.filter { $0.share == share && $0.arm.usesSynthetic }.map(\.mixture)
    let names = mixtures.reduce(into: [StudyMixture]()) { if !$0.contains($1) { $0.append($1) } }
      .filter { mixture in
        mixture.arm != .syntheticOnly
          && compared.contains { $0.mixture == mixture && $0.control == mixture.arm.ownControl }
      }
    guard !names.isEmpty else {
      return "\(start), no synthetic images were compared with the control that lacks them."
    }
    let better = names.filter {
      isShown($0, beside: $0.arm == .both ? [.augmented] : [.real, .repeated], \.isBetter)
    }
    let worse = names.filter { isShown($0, beside: [$0.arm.ownControl], \.isWorse) }
    if better.isEmpty && worse.isEmpty {
      return
        "\(start), no difference was shown: whether adding synthetic images helps or harms the "
        + "diagnosis stays open."
    }
    func list(_ names: [StudyMixture]) -> String {
      names.map { describe($0, share, rows, comparisons) }.joined(separator: "; ")
    }
    let help = better.isEmpty ? [] : ["synthetic images helped: \(list(better))"]
    let harm = worse.isEmpty ? [] : ["synthetic images did harm: \(list(worse))"]
    return "\(start), \((help + harm).joined(separator: "; and "))."
  }

  /// Returns whether every training of an arm lies on the same side of the control's with its seed.
  private static func isRepeated(_ comparison: StudyComparison, among rows: [StudyRow]) -> Bool {
    func areas(_ test: (StudyRow) -> Bool) -> [Double] {
      rows.filter { $0.share == comparison.share && test($0) }.sorted { $0.seed < $1.seed }
        .map(\.auroc)
    }
    let pairs = zip(
      areas { $0.mixture == comparison.mixture }, areas { $0.arm == comparison.control })
    return pairs.allSatisfy { ($0.0 - $0.1) * comparison.difference > 0 }
  }

  /// Writes `synthetic 3:1, AUROC 0.912 instead of 0.931 (difference -0.019, 95 % interval -0.03 to …)`.
  private static func describe(
    _ mixture: StudyMixture, _ share: Double, _ rows: [StudyRow],
    _ comparisons: [StudyComparison]
  ) -> String {
    let control = mixture.arm.ownControl
    func area(_ test: (StudyRow) -> Bool) -> String {
      let found = rows.filter { $0.share == share && test($0) }.map(\.auroc)
      return found.isEmpty ? "" : fixed(mean(found))
    }
    let comparison = comparisons.first {
      $0.share == share && $0.mixture == mixture && $0.control == control
    }
    let interval = comparison.map {
      " (difference \(fixed($0.difference)), 95 % interval \(fixed($0.low)) to \(fixed($0.high)))"
    }
    return "\(mixture.name), AUROC \(area { $0.mixture == mixture }) instead of "
      + "\(area { $0.arm == control })\(interval ?? "")"
  }

  /// Writes three decimals.
  private static func fixed(_ number: Double) -> String {
    let thousandths = Int((number * 1000).rounded())
    let digits = String(abs(thousandths))
    let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return (thousandths < 0 ? "-" : "") + padded.dropLast(3) + "." + padded.suffix(3)
  }
}
