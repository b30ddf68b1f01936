import Arguments
import Tensor

/// The settings of `dcgan bench`, every one read and in range.
package struct BenchOptions: Sendable, Equatable {
  /// The width and height of the images: 32, 64, 128 or 256.
  package var size: Int
  /// The number of images in a step.
  package var batch: Int
  /// The number of feature maps of the generator's last hidden layer.
  package var generatorFeatures: Int
  /// The number of feature maps of the discriminator's first layer.
  package var discriminatorFeatures: Int
  /// 3 for colour, 1 for grey.
  package var channels: Int
  /// The number of steps, or runs of each operation, that are measured.
  package var steps: Int
  /// Whether the convolutions are measured one by one, instead of a step.
  package var kernels: Bool
  /// The table of convolutions to measure; nil for the networks' layers.
  package var shapes: String?
  /// The method that convolutions take where there is a choice.
  package var method: ConvolutionMethod
  /// Whether the operations of the steps are timed.
  package var profile: Bool
  /// The folder of images whose decoding is measured, instead of a step.
  package var images: String?
  /// The number of threads; nil for all cores.
  package var threads: Int?
  /// Whether the result is printed as JSON.
  package var json: Bool
  /// Whether progress is silent.
  package var quiet: Bool

  /// Reads the options; throws where a value is none of its option's, and where options exclude each
  /// other.
  package init(_ arguments: ParsedArguments) throws(UsageError) {
    size = try arguments.value(CommonOptions.size)
    batch = try arguments.value(CommonOptions.batch)
    generatorFeatures = try arguments.value(CommonOptions.generatorFeatures)
    discriminatorFeatures = try arguments.value(CommonOptions.discriminatorFeatures)
    channels = try arguments.value(CommonOptions.channels)
    steps = try arguments.value(Self.stepsOption)
    shapes = try arguments.optionalValue(Self.shapesOption)
    kernels = arguments.isSet(Self.kernelsFlag) || shapes != nil
    method = try arguments.value(Self.methodOption)
    profile = arguments.isSet(Self.profileFlag)
    images = try arguments.optionalValue(Self.imagesOption)
    threads = try arguments.optionalValue(CommonOptions.threads)
    json = arguments.isSet(CommonOptions.json)
    quiet = arguments.isSet(CommonOptions.quiet)
    try Self.refuseConflicts(arguments)
  }

  /// For each option, those that would have no effect beside it.
  private static let conflicts: [(option: String, excluded: [String])] = [
    ("images", ["kernels", "shapes", "profile", "method", "steps", "batch", "ngf", "ndf"]),
    ("kernels", ["profile"]),
    ("shapes", ["profile", "size", "batch", "ngf", "ndf", "channels"]),
  ]

  private static func refuseConflicts(_ arguments: ParsedArguments) throws(UsageError) {
    let given = arguments.explicit
    for (option, excluded) in conflicts where given.contains(option) {
      guard let other = excluded.first(where: given.contains) else { continue }
      throw UsageError(
        "--\(option) and --\(other) exclude each other; leave one out",
        command: arguments.command)
    }
  }
}

extension BenchOptions {
  static let stepsOption = Option<Int>.integer(
    "steps", in: 1...1_000_000, default: 5,
    help: "steps to measure after two to warm up; with --kernels, runs of each operation after one")
  static let kernelsFlag = Flag(
    "kernels",
    help: "measure and check the convolutions of the networks' layers instead of training steps")
  static let shapesOption = Option<String>.text(
    "shapes", "FILE", what: "a table of convolutions", example: "./Fixtures/shapes/dcgan.txt",
    defaultText: "the networks' layers",
    help: "like --kernels, but for the convolutions of this table whose use is speed or both")
  static let methodOption = Option<ConvolutionMethod>.name(
    "method", default: .best, example: .direct,
    help: "method for strided convolutions: best, direct, or winograd wherever it applies")
  static let profileFlag = Flag("profile", help: "show where the time of a step goes")
  static let imagesOption = Option<String>.text(
    "images", "DIR", what: "a folder of images", example: "./chest_xray",
    help: "measure how fast the images in this folder are read, decoded and resized, instead of "
      + "training steps")

  /// Describes `dcgan bench`.
  package static let specification = CommandSpecification(
    name: "bench",
    purpose: "measure training steps, convolutions or image decoding",
    options: [
      CommonOptions.size.specification, CommonOptions.batch.specification,
      CommonOptions.generatorFeatures.specification,
      CommonOptions.discriminatorFeatures.specification, CommonOptions.channels.specification,
      stepsOption.specification, kernelsFlag.specification, shapesOption.specification,
      methodOption.specification, profileFlag.specification, imagesOption.specification,
      CommonOptions.threads.specification,
      CommonOptions.json.specification, CommonOptions.quiet.specification,
    ],
    examples: [
      .init("dcgan bench", "measures the default networks on all cores, on random data"),
      .init("dcgan bench --size 64 --threads 1 --json", "measures smaller networks on one core"),
      .init(
        "dcgan bench --kernels",
        "compares the speed of every layer's convolutions with the processor's peak"),
      .init(
        "dcgan bench --images ./chest_xray", "measures how fast images are prepared for training"),
    ],
    notes: [
      "The steps are those of --recipe course; the noise and augmentation of the default recipe, "
        + "stable, take additional time.",
      "--kernels prints the shortest of --steps runs; the GFLOP/s of the multiplications and "
        + "additions that were made (Winograd's method makes 25 where the definition has 64, "
        + "which is what 'direct' counts); their share of the peak that the same threads reach with "
        + "multiply-adds alone; and the largest error of a sample of elements against double precision, "
        + "in units of what rounding allows. If that is above 1, the exit code is 1.",
      "A table for --shapes has a line 'use name batch large I O k s p' for each convolution: use is "
        + "test, speed or both; large is the width and height of the larger map; I and O are the "
        + "channels of the larger and of the smaller map; k, s and p are kernel size, stride and "
        + "padding.",
      "--images reads each file once, as 'dcgan train --data' does, and names those it skips.",
    ])
}
