/// Holds the settings of `dcgan bench`, every one read and in range.
package struct BenchOptions: Sendable, Equatable {
  /// Is the width and height of the images: 32, 64, 128 or 256.
  package var size: Int
  /// Is the number of images in a step.
  package var batch: Int
  /// Is the number of feature maps of the generator's last hidden layer.
  package var generatorFeatures: Int
  /// Is the number of feature maps of the discriminator's first layer.
  package var discriminatorFeatures: Int
  /// Is 3 for colour, 1 for grey.
  package var channels: Int
  /// Is the number of steps that are measured.
  package var steps: Int
  /// Is the number of threads; nil for all cores.
  package var threads: Int?
  /// Tells whether the result is printed as JSON.
  package var json: Bool
  /// Tells whether progress is silent.
  package var quiet: Bool

  /// Reads the options; throws where a value is none of its option's.
  package init(_ arguments: ParsedArguments) throws(UsageError) {
    size = try arguments.value(CommonOptions.size)
    batch = try arguments.value(CommonOptions.batch)
    generatorFeatures = try arguments.value(CommonOptions.generatorFeatures)
    discriminatorFeatures = try arguments.value(CommonOptions.discriminatorFeatures)
    channels = try arguments.value(CommonOptions.channels)
    steps = try arguments.value(Self.stepsOption)
    threads = try arguments.optionalValue(CommonOptions.threads)
    json = arguments.isSet(CommonOptions.json)
    quiet = arguments.isSet(CommonOptions.quiet)
  }
}

extension BenchOptions {
  static let stepsOption = Option<Int>.integer(
    "steps", in: 1...1_000_000, default: 5, help: "steps to measure, after one to warm up")

  /// Describes `dcgan bench`.
  package static let specification = CommandSpecification(
    name: "bench",
    purpose: "measure a training step on random data",
    options: [
      CommonOptions.size.specification, CommonOptions.batch.specification,
      CommonOptions.generatorFeatures.specification,
      CommonOptions.discriminatorFeatures.specification, CommonOptions.channels.specification,
      stepsOption.specification, CommonOptions.threads.specification,
      CommonOptions.json.specification, CommonOptions.quiet.specification,
    ],
    examples: [
      .init("dcgan bench", "measures the default networks on all cores"),
      .init("dcgan bench --size 64 --threads 1 --json", "measures smaller ones on one core"),
    ])
}
