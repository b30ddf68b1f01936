import Arguments
import Evaluation
import Tensor

/// The settings of `dcgan evaluate`, every one read and in range.
package struct EvaluateOptions: NetworkOptions, Equatable {
  /// The folder of the training run.
  package var run = CommonOptions.defaultRun
  /// A folder of generated images; nil to draw them from the run's checkpoint.
  package var samples: String?
  /// Where the data lies; nil for where the run found it.
  package var data: String?
  /// The epoch whose checkpoint is used; nil for the latest.
  package var epoch: Int?
  /// A file with the generator that draws the images; nil for the run's.
  package var generator: String?
  /// A file with the discriminator that belongs to `generator`.
  package var discriminator: String?
  /// The most images that are compared on either side.
  package var count = 2048
  /// Seeds the generated images and the measurements.
  package var seed: UInt64 = 0
  /// A file for the figures as JSON.
  package var out: String?
  /// A picture of the generated images nearest to a training image.
  package var sheet: String?
  /// A picture of the training images that generated ones come least near.
  package var missing: String?
  /// The format of what convolutions multiply where images are drawn.
  package var precision = Precision.float32
  /// The number of threads; nil for all cores.
  package var threads: Int?
  /// Whether the result is printed as JSON.
  package var json = false
  /// Whether progress is silent.
  package var quiet = false
  /// The names of the options that the user gave.
  package var given: Set<String> = []

  /// Where the data lies if no run belongs to the samples, so that all its training images count.
  package var dataAlone: String? { areSamplesAlone || networks.isFiles ? data : nil }

  /// Whether there are samples without a run.
  private var areSamplesAlone: Bool { samples != nil && !isGiven(\.run) }

  /// Throws where samples come with an epoch or a generator, and where neither a run nor `--data`
  /// says what the real images are.
  package mutating func complete(operands: [String]) throws(UsageError) {
    try refuseNetworks(without: .generator)
    let reason = "samples are drawn already"
    try refuse([\.samples], beside: [\.generator, \.precision], because: reason)
    if networks.isFiles, data == nil {
      throw refusal("--generator needs the real images: give --data with their folder")
    }
    try refuse([\.samples], beside: [\.epoch], because: reason)
    if areSamplesAlone, data == nil {
      throw refusal(
        "--samples needs the real images: give --data with their folder, or --run with the run "
          + "that was trained on them")
    }
  }
}

extension EvaluateOptions {
  /// States every option once.
  package static let table = OptionTable<Self>(
    defaults: Self(), groups: ["Images": images, "Measurement": measurement, "Output": output])

  private static let images: [OptionField<Self>] = [
    .value(\.run, CommonOptions.run),
    .optional(\.epoch, CommonOptions.epoch),
    .optional(
      \.samples,
      .text(
        "samples", "DIR", what: "a folder of images", example: "./samples",
        help: "measure the images in this folder instead of drawing some with the run's "
          + "checkpoint; also give --data or --run to say where the real images are; images whose "
          + "size or colour differs from most are left out")),
    .optional(\.generator, NetworkSource.generatorOption),
    .optional(
      \.discriminator,
      NetworkSource.discriminatorOption(
        help: "the discriminator that belongs to --generator, to check that both are for the same "
          + "images")),
    .value(
      \.precision,
      CommonOptions.precision(
        help:
          "format of the numbers that convolutions multiply to draw images: float32 or bfloat16; "
          + "the measurements are always in float32")),
    .optional(\.data, CommonOptions.data(help: "folder of the real images")),
  ]

  private static let measurement: [OptionField<Self>] = [
    .value(
      \.count,
      .integer(
        "count", in: EvaluationError.leastCompared...100_000,
        help: "most images to compare on each side; twice as many training images are needed")),
    .value(
      \.seed,
      .seed(
        "seed",
        help: "seed of the generated images, as for 'dcgan sample', and of the measurements")),
    .optional(\.threads, CommonOptions.threads),
  ]

  private static let output: [OptionField<Self>] = [
    .optional(
      \.out,
      .text(
        "out", "FILE", what: "a file whose name ends in .json", example: "evaluation.json",
        suffixes: [".json"], help: "also write the figures to this file, as JSON")),
    .optional(
      \.sheet,
      .text(
        "sheet", "FILE", what: "a file whose name ends in .png", example: "nearest.png",
        suffixes: [".png"],
        help: "write the generated images closest to training images to this picture, each to the "
          + "left of its training image")),
    .optional(
      \.missing,
      .text(
        "missing", "FILE", what: "a file whose name ends in .png", example: "missing.png",
        suffixes: [".png"],
        help: "write the \(Evaluator.sheetMissing) training images that are furthest from any "
          + "generated image to this picture")),
    .flag(\.json, CommonOptions.json),
    .flag(\.quiet, CommonOptions.quiet),
  ]

  /// Describes `dcgan evaluate`.
  package static let specification = CommandSpecification(
    name: "evaluate",
    purpose: "measure how real, how diverse and how original generated images are",
    groups: table.groups,
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
      "Networks that were trained with --conditional are also measured class by class, beside two "
        + "floors: other real images of the class, and real images of the other classes in the place of "
        + "generated ones.",
      "With --samples and --data but no --run, the real images are those of the class, split and limit "
        + "named in the samples.json beside the samples; if there is none, all training images of the "
        + "data.",
      "No pretrained network is used: images are compared by their patches, and by a fixed network "
        + "with random weights. Compare figures only for the same number and size of images.",
    ])
}
