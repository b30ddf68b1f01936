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
        "--samples and --generator exclude each other: samples are drawn already; leave one out",
        command: arguments.command)
    }
    if networks.isFiles, data == nil {
      throw UsageError(
        "--generator needs the real images: give --data with their folder",
        command: arguments.command)
    }
    if samples != nil, epoch != nil {
      throw UsageError(
        "--samples and --epoch exclude each other: samples are drawn already; leave one out",
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
    help: "measure the images in this folder instead of drawing some with the run's checkpoint; "
      + "also give --data or --run to say where the real images are; images whose size or colour "
      + "differs from most are left out")
  static let dataOption = Option<String>.text(
    "data", "DIR", what: "a folder with radiographs", example: "./chest_xray",
    defaultText: "the run's data folder", help: "folder of the real images")
  static let discriminatorOption = NetworkSource.discriminatorOption(
    help:
      "the discriminator that belongs to --generator, to check that both are for the same images"
  )
  static let countOption = Option<Int>.integer(
    "count", in: EvaluationError.leastCompared...100_000, default: 2048,
    help: "most images to compare on each side; twice as many training images are needed")
  static let seedOption = Option<UInt64>.seed(
    "seed", default: 0,
    help: "seed of the generated images, as for 'dcgan sample', and of the measurements")
  static let outOption = Option<String>.text(
    "out", "FILE", what: "a file whose name ends in .json", example: "evaluation.json",
    suffixes: [".json"], help: "also write the figures to this file, as JSON")
  static let sheetOption = Option<String>.text(
    "sheet", "FILE", what: "a file whose name ends in .png", example: "nearest.png",
    suffixes: [".png"],
    help:
      "write the generated images closest to training images to this picture, each to the left of "
      + "its training image")

  /// Describes `dcgan evaluate`.
  package static let specification = CommandSpecification(
    name: "evaluate",
    purpose: "measure how real, how diverse and how original generated images are",
    groups: [
      OptionGroup(
        "Images",
        [
          CommonOptions.run.specification, CommonOptions.epoch.specification,
          samplesOption.specification, NetworkSource.generatorOption.specification,
          discriminatorOption.specification, dataOption.specification,
        ]),
      OptionGroup(
        "Measurement",
        [
          countOption.specification, seedOption.specification, CommonOptions.threads.specification,
        ]),
      OptionGroup(
        "Output",
        [
          outOption.specification, sheetOption.specification, CommonOptions.json.specification,
          CommonOptions.quiet.specification,
        ]),
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
      "Every figure is shown beside its floor: the same figure for real images against as many other "
        + "real images. A perfect generator is close to the floor; figures clearly better than the "
        + "floor mean copies.",
      "Sliced Wasserstein distance: how far the details of generated images are from those of real "
        + "ones, for several sizes of detail. Precision and density: how many generated images look like real "
        + "ones. Recall and coverage: how many real images the generated ones resemble. MS-SSIM: how "
        + "alike the images of a pair are. Copying: whether generated images are closer to the "
        + "training images than held-out real ones are (folders test and val; if there are none, one "
        + "half of the training images); below \(Int(EvaluationResult.copyingThreshold)), look at the sheet.",
      "The last lines interpret the figures. Images are unlike real ones if precision is below half "
        + "its floor or the sliced Wasserstein distance above three times its floor. The generator "
        + "shows signs of collapse if recall or coverage is below half its floor while precision is "
        + "not, or if MS-SSIM is closer to 1 than to its floor.",
      "With --samples and --data but no --run, the real images are those of the class, split and limit "
        + "named in the samples.json beside the samples; if there is none, all training images of the "
        + "data.",
      "No pretrained network is used: images are compared by their patches, and by a fixed network "
        + "with random weights. Compare figures only for the same number and size of images.",
    ])
}
