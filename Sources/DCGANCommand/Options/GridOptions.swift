import Arguments
import DCGAN
import Training

/// The settings of `dcgan grid`, every one read and in range.
package struct GridOptions: Sendable, Equatable {
  /// The picture to write.
  package var out: String
  /// The folder of the training run.
  package var run: String
  /// The epoch to end with; nil for the latest.
  package var epoch: Int?
  /// Whether progress is silent.
  package var quiet: Bool

  /// Whether the picture is an animation through the epochs.
  package var isAnimation: Bool { out.lowercased().hasSuffix(".gif") }

  /// Reads the options; throws where a value is none of its option's or `--out` is missing.
  package init(_ arguments: ParsedArguments) throws(UsageError) {
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
    help: "picture to write: .png for a row per epoch, .gif for an animation")
  static let epochOption = Option<Int>.integer(
    "epoch", in: SettingBounds.epochs, defaultText: "the latest", example: 10,
    help: "last epoch to show")

  /// Describes `dcgan grid`.
  package static let specification = CommandSpecification(
    name: "grid",
    purpose: "draw a run's progress: images from the same random vectors at every epoch",
    synopsis: "--out FILE [options]",
    options: [
      outOption.specification, CommonOptions.run.specification, epochOption.specification,
      CommonOptions.quiet.specification,
    ],
    examples: [
      .init(
        "dcgan grid --out progress.png",
        "draws 8 images per row, from the first epoch to the latest"
      ),
      .init(
        "dcgan grid --out early.gif --epoch 20", "animates 64 images through the first 20 epochs"),
    ],
    notes: [
      "A .png has a labelled row per epoch and a column for each of the first 8 vectors; of more than "
        + "\(ProgressGrid.maximumRows) epochs it shows \(ProgressGrid.maximumRows), evenly spaced. A "
        + ".gif shows all 64 images epoch after epoch, at most \(ProgressGrid.maximumFrames) epochs, in "
        + "an endless loop."
    ])
}
