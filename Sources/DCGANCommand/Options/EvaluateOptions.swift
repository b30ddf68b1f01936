import Arguments
import Evaluation

/// The settings of `dcgan evaluate`, every one read and in range.
package struct EvaluateOptions: Sendable, Equatable {
  /// The folder of the training run.
  package var run: String
  /// A folder of generated images; nil to draw them from the run's checkpoint.
  package var samples: String?
  /// Where the data lies; nil for where the run found it.
  package var data: String?
  /// Where the data lies if no run belongs to the samples, so that all its training images count.
  package var dataAlone: String?
  /// The epoch whose checkpoint is used; nil for the latest.
  package var epoch: Int?
  /// Where the networks come from that draw the images.
  package var networks: NetworkSource
  /// The most images that are compared on either side.
  package var count: Int
  /// Seeds the generated images and the measurements.
  package var seed: UInt64
  /// A file for the figures as JSON.
  package var out: String?
  /// A picture of the generated images nearest to a training image.
  package var sheet: String?
  /// The number of threads; nil for all cores.
  package var threads: Int?
  /// Whether the result is printed as JSON.
  package var json: Bool
  /// Whether progress is silent.
  package var quiet: Bool

  /// Reads the options; throws where a value is none of its option's, where samples come with an
  /// epoch, and where neither a run nor `--data` says what the real images are.
  package init(_ arguments: ParsedArguments) throws(UsageError) {
    samples = try arguments.optionalValue(Self.samplesOption)
    data = try arguments.optionalValue(Self.dataOption)
    epoch = try arguments.optionalValue(CommonOptions.epoch)
    networks = try NetworkSource(arguments, needs: .generator)
    count = try arguments.value(Self.countOption)
    seed = try arguments.value(Self.seedOption)
    out = try arguments.optionalValue(Self.outOption)
    sheet = try arguments.optionalValue(Self.sheetOption)
    threads = try arguments.optionalValue(CommonOptions.threads)
    json = arguments.isSet(CommonOptions.json)
    quiet = arguments.isSet(CommonOptions.quiet)
    run = try arguments.value(CommonOptions.run)
    let isAlone =
      samples != nil && !arguments.explicit.contains(CommonOptions.run.specification.name)
    dataAlone = isAlone || networks.isFiles ? data : nil
    if samples != nil, networks.isFiles {
      throw UsageError(
        "--samples and --generator exclude each other: the images are drawn already; leave one out",
        command: arguments.command)
    }
    if networks.isFiles, data == nil {
      throw UsageError(
        "--generator needs the real images: give --data with their folder",
        command: arguments.command)
    }
    if samples != nil, epoch != nil {
      throw UsageError(
        "--samples and --epoch exclude each other: the images are drawn already; leave one out",
        command: arguments.command)
    }
    if isAlone, data == nil {
      throw UsageError(
        "--samples needs the real images: give --data with their folder, or --run with the run "
          + "that was trained on them", command: arguments.command)
    }
  }
}

extension EvaluateOptions {
  static let samplesOption = Option<String>.text(
    "samples", "DIR", what: "a folder of images", example: "./samples",
    help: "measure the images in this folder instead of drawing them from the run's checkpoint; "
      + "--data or --run, given too, says where the real images lie; images of another size or colour "
      + "than most are left out")
  static let dataOption = Option<String>.text(
    "data", "DIR", what: "a folder with radiographs", example: "./chest_xray",
    defaultText: "the folder that the run began with", help: "where the real images lie")
  static let discriminatorOption = NetworkSource.discriminatorOption(
    help:
      "the discriminator that belongs to --generator: it is checked that both are for the same images"
  )
  static let countOption = Option<Int>.integer(
    "count", in: EvaluationError.leastCompared...100_000, default: 2048,
    help: "the most images to compare on either side; twice as many training images are needed")
  static let seedOption = Option<UInt64>.seed(
    "seed", default: 0, help: "seed of the generated images, as in sample, and of the measurements")
  static let outOption = Option<String>.text(
    "out", "FILE", what: "a file whose name ends in .json", example: "evaluation.json",
    suffixes: [".json"], help: "write the figures to this file too, as JSON")
  static let sheetOption = Option<String>.text(
    "sheet", "FILE", what: "a file whose name ends in .png", example: "nearest.png",
    suffixes: [".png"],
    help: "draw the generated images nearest to a training image, each to the left of that")

  /// Describes `dcgan evaluate`.
  package static let specification = CommandSpecification(
    name: "evaluate",
    purpose: "measure how real, how diverse and how original generated images are",
    options: [
      CommonOptions.run.specification, samplesOption.specification, dataOption.specification,
      CommonOptions.epoch.specification, NetworkSource.generatorOption.specification,
      discriminatorOption.specification, countOption.specification, seedOption.specification,
      outOption.specification, sheetOption.specification, CommonOptions.threads.specification,
      CommonOptions.json.specification, CommonOptions.quiet.specification,
    ],
    examples: [
      .init(
        "dcgan evaluate --sheet nearest.png", "measures the newest checkpoint of ./dcgan-run"),
      .init(
        "dcgan evaluate --samples ./samples --data ./chest_xray",
        "measures images in a folder against the training images of a data set"),
      .init(
        "dcgan evaluate --generator netG.safetensors --data ./chest_xray",
        "measures a generator without its run"),
    ],
    notes: [
      "Every figure stands beside its floor, the same figure of real images against other real "
        + "images, as many: a perfect generator comes near the floor. Clearly better than the floor "
        + "means copies.",
      "Sliced Wasserstein distance: how far the details of generated images are from those of real "
        + "ones, by size of detail. Precision and density: how many generated images look like real "
        + "ones. Recall and coverage: how many real images the generated ones resemble. MS-SSIM: how "
        + "alike the images of a pair are. Copying: whether generated images lie nearer to the "
        + "training images than real ones that training never saw (folders test and val; where there "
        + "are none, one half of the training images); below \(Int(EvaluationResult.copyingThreshold)) look "
        + "at the sheet.",
      "The last lines say what the figures mean. Images are unlike real ones where precision is below "
        + "half of its floor or the sliced Wasserstein distance above three floors. The generator shows "
        + "signs of collapse where recall or coverage is below half of its floor although precision is "
        + "not, or where MS-SSIM is nearer to 1 than to its floor.",
      "With --samples and --data alone the real images are those of the class, split and limit that "
        + "samples.json, beside the samples, names; without it all training images of the data.",
      "No pretrained network is used: images are compared by their patches, and by a fixed network "
        + "of random weights. Compare figures only where the number and size of images are the same.",
    ])
}
