import Arguments

/// The settings of `dcgan report`, every one read and in range.
package struct ReportOptions: TabledOptions, Equatable {
  /// The page to write.
  package var out = "./report.html"
  /// The folder of the training run.
  package var run = CommonOptions.defaultRun
  /// Where the data lies now; nil for where the run found it.
  package var data: String?
  /// The epoch to end with; nil for the latest.
  package var epoch: Int?
  /// The number of real and of generated images that are scored.
  package var count = 256
  /// The score from which an image passes.
  package var minimumReal: Float = 0.7
  /// Seeds the generated images.
  package var seed: UInt64 = 0
  /// Whether the page is written again after each epoch until the run is finished.
  package var watch = false
  /// The number of threads; nil for all cores.
  package var threads: Int?
  /// Whether progress is silent.
  package var quiet = false
  /// The names of the options that the user gave.
  package var given: Set<String> = []

  /// Throws where `--watch` is to end with an epoch.
  package mutating func complete(operands: [String]) throws(UsageError) {
    try refuse(
      [\.watch], beside: [\.epoch],
      because: "a page that follows a run always ends with its latest epoch")
  }
}

extension ReportOptions {
  /// States every option once.
  package static let table = OptionTable<Self>(
    defaults: Self(),
    [
      .value(
        \.out,
        .text(
          "out", "FILE", what: "a file whose name ends in .html", example: "report.html",
          suffixes: [".html", ".htm"], help: "page to write")),
      .value(\.run, CommonOptions.run),
      .optional(\.data, CommonOptions.data(help: "folder of the data set, if it has moved")),
      .optional(\.epoch, CommonOptions.lastEpoch),
      .value(
        \.count,
        .integer(
          "count", in: 1...100_000,
          help: "real images, and as many generated ones, for the discriminator to score")),
      .value(
        \.minimumReal,
        CommonOptions.probability(
          "min-real", help: "lowest score with which an image passes")),
      .value(
        \.seed, .seed("seed", help: "seed of the generated images, as for 'dcgan sample'")),
      .flag(
        \.watch,
        Flag(
          "watch",
          help: "rewrite the page after each epoch, until the run is finished or you press Ctrl-C"
        )),
      .optional(\.threads, CommonOptions.threads),
      .flag(\.quiet, CommonOptions.quiet),
    ])

  /// Describes `dcgan report`.
  package static let specification = CommandSpecification(
    name: "report",
    purpose: "write a run as one web page: curves, images, scores, settings",
    groups: table.groups,
    examples: [
      .init("dcgan report --out report.html", "shows the run in ./dcgan-run"),
      .init(
        "dcgan report --watch", "keeps ./report.html up to date while another dcgan trains"),
    ],
    notes: [
      "The page needs no network and no other file. If something is missing, such as a data set that "
        + "has moved, the page says so and a warning names it; the exit code is still 0. If there are "
        + "many epochs, it shows as many sheets as fit into 10 MB."
    ])
}
