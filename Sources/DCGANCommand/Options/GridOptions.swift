import Arguments
import Training

/// The settings of `dcgan grid`, every one read and in range.
package struct GridOptions: TabledOptions, Equatable {
  /// The picture to write.
  package var out: String
  /// The folder of the training run.
  package var run = CommonOptions.defaultRun
  /// The epoch to end with; nil for the latest.
  package var epoch: Int?
  /// Whether progress is silent.
  package var quiet = false
  /// The names of the options that the user gave.
  package var given: Set<String> = []

  /// Whether the picture is an animation through the epochs.
  package var isAnimation: Bool { out.lowercased().hasSuffix(".gif") }

  private init(out: String) { self.out = out }
}

extension GridOptions {
  /// States every option once.
  package static let table = OptionTable<Self>(
    defaults: Self(out: "progress.png"),
    [
      .required(
        \.out,
        .text(
          "out", "FILE", what: "a file whose name ends in .png or .gif",
          suffixes: [".png", ".gif"],
          help: "picture to write: .png for a row per epoch, .gif for an animation")),
      .value(\.run, CommonOptions.run),
      .optional(\.epoch, CommonOptions.lastEpoch),
      .flag(\.quiet, CommonOptions.quiet),
    ])

  /// Describes `dcgan grid`.
  package static let specification = CommandSpecification(
    name: "grid",
    purpose: "draw a run's progress: images from the same random vectors at every epoch",
    synopsis: "--out FILE [options]",
    groups: table.groups,
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
