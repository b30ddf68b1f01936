/// Holds the settings of `dcgan grid`, every one read and in range.
package struct GridOptions: Sendable, Equatable {
  /// Is the picture to write.
  package var out: String
  /// Is the folder of the training run.
  package var run: String
  /// Is the epoch to show, or to end with; nil for the latest.
  package var epoch: Int?
  /// Tells whether progress is silent.
  package var quiet: Bool
  /// Names the options that the user gave.
  package var explicit: Set<String>

  /// Tells whether the picture is an animation through the epochs.
  package var isAnimation: Bool { out.lowercased().hasSuffix(".gif") }

  /// Reads the options; throws where a value is none of its option's or `--out` is missing.
  package init(_ arguments: ParsedArguments) throws(UsageError) {
    explicit = arguments.explicit
    out = try arguments.value(Self.outOption)
    run = try arguments.value(CommonOptions.run)
    epoch = try arguments.optionalValue(Self.epochOption)
    quiet = arguments.isSet(CommonOptions.quiet)
  }
}

extension GridOptions {
  static let outOption = Option<String>.text(
    "out", "FILE", what: "a file whose name ends in .png or .gif", example: "progress.png",
    suffixes: [".png", ".gif"],
    help: "picture to write: .png for one epoch, .gif for an animation through the epochs")
  static let epochOption = Option<Int>.integer(
    "epoch", in: 1...CommonOptions.maximumEpochs, defaultText: "the latest", example: 10,
    help: "epoch to show in a .png, or to end with in a .gif")

  /// Describes `dcgan grid`.
  package static let specification = CommandSpecification(
    name: "grid",
    purpose: "draw a run's progress: 64 images from the same vectors at every epoch",
    synopsis: "--out FILE [options]",
    options: [
      outOption.specification, CommonOptions.run.specification, epochOption.specification,
      CommonOptions.quiet.specification,
    ],
    examples: [
      .init("dcgan grid --out progress.png", "draws the images of the latest epoch, 8 by 8"),
      .init("dcgan grid --out progress.gif", "animates them from the first epoch to the latest"),
    ])
}
