import Arguments
import DataSets
import Samples

/// The settings of `dcgan review`, every one read and in range.
package struct ReviewOptions: TabledOptions, Equatable {
  /// The folder of the samples; nil, only with `verdicts`, for where the review found them.
  package var samples: String? = "./samples"
  /// The folder with the radiographs; nil for where the samples' run found them, and with `verdicts`.
  package var data: String?
  /// The folder of the review.
  package var out = "./review"
  /// The number of images of each kind.
  package var count = 50
  /// Seeds choice, order and names; nil to draw one.
  package var seed: UInt64?
  /// The part of `data` that is used; nil for that of the samples' run.
  package var split: DataSplit?
  /// The classes of `data` that are used; empty for those of the samples' run.
  package var classes: [String] = []
  /// Lists the tables of verdicts to work out; empty to make a review.
  package var verdicts: [String] = []
  /// What the samples that passed are written as; nil for what they are.
  package var format: SampleFormat?
  /// Whether the result is printed as JSON.
  package var json = false
  /// Whether progress is silent.
  package var quiet = false
  /// The names of the options that the user gave.
  package var given: Set<String> = []

  /// Throws where an option would make a review although one is worked out, which knows where its
  /// samples are.
  package mutating func complete(operands: [String]) throws(UsageError) {
    try refuse(
      [\.verdicts], beside: [\.data, \.count, \.seed, \.split, \.classes],
      because: "the review in --out was made with its own")
    if format != nil, verdicts.isEmpty {
      throw UsageError(
        "--format is that of the samples that passed; give --verdicts with the tables of verdicts "
          + "too, or leave it out", command: "review")
    }
    if !verdicts.isEmpty, !isGiven(\.samples) { samples = nil }
  }
}

extension ReviewOptions {
  /// States every option once.
  package static let table = OptionTable<Self>(
    defaults: Self(),
    [
      .optional(
        \.samples,
        .text(
          "samples", "DIR", what: "a folder of samples",
          help: "folder written by 'dcgan sample', or any folder of images of one size; with "
            + "--verdicts, its present place if it has moved")),
      .optional(
        \.data,
        CommonOptions.data(
          defaultText: "the data of the samples' run", help: "folder of the radiographs")),
      .value(
        \.out,
        .text(
          "out", "DIR", what: "a folder",
          help: "folder of the review, with review.html and key.json")),
      .value(
        \.count, .integer("count", in: 1...500, help: "images of each kind, real and synthetic")),
      .optional(
        \.seed,
        .seed(
          "seed", defaultText: "chosen at random and kept in key.json",
          help: "seed of the choice, order and names of the images; anyone who knows it can work "
            + "out the key")),
      .optional(
        \.split,
        .name(
          "split", defaultText: "as for the samples' run", example: .test,
          help: "part of the data to take real images from: all, train, test or val")),
      .list(
        \.classes,
        .text(
          "class", "NAME", what: "the name of a class folder", example: "NORMAL",
          defaultText: "as for the samples' run",
          help: "take real images only from folders with this name")),
      .list(
        \.verdicts,
        .text(
          "verdicts", "FILE", what: "a table that the page gave", example: "verdicts.csv",
          help: "evaluate these verdicts on the review in --out; give the option once for each "
            + "file")),
      .optional(
        \.format,
        .name(
          "format", defaultText: "as the samples are", example: .dicom,
          help: "with --verdicts: write the samples that passed as PNG pictures or as DICOM objects"
        )),
      .flag(\.json, CommonOptions.json),
      .flag(\.quiet, CommonOptions.quiet),
    ])

  /// Describes `dcgan review`.
  package static let specification = CommandSpecification(
    name: "review",
    purpose: "let people tell samples from real images, and evaluate how well they do",
    groups: table.groups,
    examples: [
      .init(
        "dcgan review --samples ./samples --data ./chest_xray --out ./review",
        "writes ./review/review.html for readers, and the key"),
      .init(
        "dcgan review --verdicts anna.csv --verdicts ben.csv --out ./review",
        "evaluates two readers' verdicts and copies the samples that passed to ./review/passed"),
    ],
    notes: [
      "The real images come from those that the samples' run was trained on: its classes, split and "
        + "limit, as recorded in the samples.json beside samples.csv. Without samples.json, for example "
        + "for images of another program, give --class if the samples show one class only: otherwise "
        + "readers can tell them apart by that.",
      "Give readers review.html alone; it needs no network and no other file, and saves their "
        + "verdicts as a CSV file. Keep key.json, which says what every image is, to yourself.",
      "Real images are read as the samples' run read them, with its --window and --fit; of a file with "
        + "several frames, one at random if the run used all of them, otherwise the one that it used.",
      "Both kinds are shown in random order under random names, scaled and cropped as for training, "
        + "in grey, all with the same number of bytes. There are equally many of both: --count, or as "
        + "many as there are of the rarer kind.",
      "Accuracy is the share of right verdicts, sensitivity the share on synthetic images, specificity "
        + "the share on real ones, each with Wilson's 95 % interval. 'unsure' is counted separately and left out. "
        + "Agreement is Cohen's kappa of every two readers over real, synthetic and unsure, on the "
        + "images that both judged.",
      "A synthetic image passes if more than half of its verdicts are 'real'. Those that pass are "
        + "copied to DIR/passed with manifest.json, and replace what an earlier evaluation copied "
        + "there.",
    ])
}
