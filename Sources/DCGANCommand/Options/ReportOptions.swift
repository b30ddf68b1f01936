import Arguments
import DCGAN

/// The settings of `dcgan report`, every one read and in range.
package struct ReportOptions: Sendable, Equatable {
  /// The page to write.
  package var out: String
  /// The folder of the training run.
  package var run: String
  /// Where the data lies now; nil for where the run found it.
  package var data: String?
  /// The epoch to end with; nil for the latest.
  package var epoch: Int?
  /// The number of real and of generated images that are scored.
  package var count: Int
  /// The score from which an image passes.
  package var minimumReal: Float
  /// Seeds the generated images.
  package var seed: UInt64
  /// Whether the page is written again after each epoch until the run is finished.
  package var watch: Bool
  /// The number of threads; nil for all cores.
  package var threads: Int?
  /// Whether progress is silent.
  package var quiet: Bool

  /// Reads the options; throws where a value is none of its option's, and where `--watch` is to end
  /// with an epoch.
  package init(_ arguments: ParsedArguments) throws(UsageError) {
    out = try arguments.value(Self.outOption)
    run = try arguments.value(CommonOptions.run)
    data = try arguments.optionalValue(Self.dataOption)
    epoch = try arguments.optionalValue(Self.epochOption)
    count = try arguments.value(Self.countOption)
    minimumReal = try arguments.value(Self.minimumRealOption)
    seed = try arguments.value(Self.seedOption)
    watch = arguments.isSet(Self.watchFlag)
    threads = try arguments.optionalValue(CommonOptions.threads)
    quiet = arguments.isSet(CommonOptions.quiet)
    if watch, epoch != nil {
      throw UsageError(
        "--watch and --epoch exclude each other: a page that follows a run always ends with its "
          + "latest epoch; leave one out", command: arguments.command)
    }
  }
}

extension ReportOptions {
  static let outOption = Option<String>.text(
    "out", "FILE", what: "a file whose name ends in .html", example: "report.html",
    default: "./report.html", suffixes: [".html", ".htm"], help: "page to write")
  static let dataOption = Option<String>.text(
    "data", "DIR", what: "a folder with radiographs", example: "./chest_xray",
    defaultText: "the run's data folder",
    help: "folder of the data set, if it has moved")
  static let epochOption = Option<Int>.integer(
    "epoch", in: SettingBounds.epochs, defaultText: "the latest", example: 10,
    help: "last epoch to show")
  static let countOption = Option<Int>.integer(
    "count", in: 1...100_000, default: 256,
    help: "real images, and as many generated ones, for the discriminator to score")
  static let minimumRealOption = Option<Float>.number(
    "min-real", default: 0.7, expectation: "a number from 0 to 1",
    help: "lowest score with which an image passes", where: { $0 >= 0 && $0 <= 1 })
  static let seedOption = Option<UInt64>.seed(
    "seed", default: 0, help: "seed of the generated images, as for 'dcgan sample'")
  static let watchFlag = Flag(
    "watch",
    help: "rewrite the page after each epoch, until the run is finished or you press Ctrl-C")

  /// Describes `dcgan report`.
  package static let specification = CommandSpecification(
    name: "report",
    purpose: "write a run as one web page: curves, images, scores, settings",
    options: [
      outOption.specification, CommonOptions.run.specification, dataOption.specification,
      epochOption.specification, countOption.specification, minimumRealOption.specification,
      seedOption.specification, watchFlag.specification, CommonOptions.threads.specification,
      CommonOptions.quiet.specification,
    ],
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
