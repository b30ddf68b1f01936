import Arguments
import Support
import Tensor
import Training

/// The settings of `dcgan bench`, every one read and in range.
package struct BenchOptions: TabledOptions, Equatable {
  /// The width and height of the images: 32, 64, 128 or 256.
  package var size = CommonOptions.defaultModel.size
  /// The number of images in a step.
  package var batch = 64
  /// The number of feature maps of the generator's last hidden layer.
  package var generatorFeatures = CommonOptions.defaultModel.ngf
  /// The number of feature maps of the discriminator's first layer.
  package var discriminatorFeatures = CommonOptions.defaultModel.ndf
  /// 3 for colour, 1 for grey.
  package var channels = CommonOptions.defaultModel.channels
  /// The number of steps, or runs of each operation, that are measured.
  package var steps = 5
  /// Whether the convolutions are measured one by one, instead of a step.
  package var kernels = false
  /// The table of convolutions to measure; nil for the networks' layers.
  package var shapes: String?
  /// The method that convolutions take where there is a choice.
  package var method = ConvolutionMethod.best
  /// The format of what convolutions multiply.
  package var precision = Precision.float32
  /// Whether the operations of the steps are timed.
  package var profile = false
  /// The folder of images whose decoding is measured, instead of a step.
  package var images: String?
  /// The number of threads; nil for all cores.
  package var threads: Int?
  /// Whether the result is printed as JSON.
  package var json = false
  /// Whether progress is silent.
  package var quiet = false
  /// The names of the options that the user gave.
  package var given: Set<String> = []

  /// Takes a table of convolutions for the wish to measure them; throws where an option has no
  /// effect beside another.
  package mutating func complete(operands: [String]) throws(UsageError) {
    kernels = kernels || shapes != nil
    try refuse(
      [\.images],
      beside: [
        \.kernels, \.shapes, \.profile, \.method, \.precision, \.steps, \.batch,
        \.generatorFeatures, \.discriminatorFeatures,
      ])
    try refuse([\.kernels], beside: [\.profile])
    if method == .direct && precision == .bfloat16 {
      throw UsageError(
        "--precision bfloat16 has no effect beside --method direct: only Winograd's method multiplies "
          + "bfloat16; leave one out", command: Self.specification.name)
    }
    try refuse(
      [\.shapes],
      beside: [
        \.profile, \.size, \.batch, \.generatorFeatures, \.discriminatorFeatures, \.channels,
      ])
  }
}

extension BenchOptions {
  /// Throws where several processes were started to measure what one measures, or where they cannot share a
  /// batch evenly.
  package func check(ranks: Int) throws(UsageError) {
    for (isAsked, option) in [(kernels, "--kernels"), (images != nil, "--images")] where isAsked {
      throw UsageError(
        "\(option) measures one process, but \(ranks) were started; start it once",
        command: Self.specification.name)
    }
    guard !batch.isMultiple(of: ranks) else { return }
    let nearest = Trainer.nearestCounts(to: ranks, dividing: batch)
    throw UsageError(
      "\(ranks) processes cannot share the \(batch) images of --batch equally; start "
        + "\(alternatives(nearest)), or give another --batch",
      command: Self.specification.name)
  }

  /// States every option once.
  package static let table = OptionTable<Self>(
    defaults: Self(),
    [
      .value(\.size, CommonOptions.size),
      .value(\.batch, CommonOptions.batch),
      .value(\.generatorFeatures, CommonOptions.generatorFeatures),
      .value(\.discriminatorFeatures, CommonOptions.discriminatorFeatures),
      .value(\.channels, CommonOptions.channels),
      .value(
        \.steps,
        .integer(
          "steps", in: 1...1_000_000,
          help: "steps to measure after two to warm up; with --kernels, runs of each operation "
            + "after one")),
      .flag(
        \.kernels,
        Flag(
          "kernels",
          help: "measure and check the convolutions of the networks' layers instead of training "
            + "steps")),
      .optional(
        \.shapes,
        .text(
          "shapes", "FILE", what: "a table of convolutions",
          example: "./Fixtures/shapes/dcgan.txt", defaultText: "the networks' layers",
          help: "like --kernels, but for the convolutions of this table whose use is speed or both"
        )),
      .value(
        \.method,
        .name(
          "method", example: .direct,
          help: "method for strided convolutions: best, direct, or winograd wherever it applies")),
      .value(\.precision, CommonOptions.precision),
      .flag(\.profile, Flag("profile", help: "show where the time of a step goes")),
      .optional(
        \.images,
        .text(
          "images", "DIR", what: "a folder of images", example: "./chest_xray",
          help: "measure how fast the images in this folder are read, decoded and resized, "
            + "instead of training steps")),
      .optional(\.threads, CommonOptions.threads),
      .flag(\.json, CommonOptions.json),
      .flag(\.quiet, CommonOptions.quiet),
    ])

  /// Describes `dcgan bench`.
  package static let specification = CommandSpecification(
    name: "bench",
    purpose: "measure training steps, convolutions or image decoding",
    groups: table.groups,
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
      "The steps are those of --recipe course; what other recipes do beyond it takes additional time.",
      "--kernels prints the shortest of --steps runs; the GFLOP/s of the multiplications and "
        + "additions that were made (Winograd's method makes 25 where the definition has 64, "
        + "which is what 'direct' counts); their share of the peak that the same threads reach with "
        + "multiply-adds in float32 alone; and the largest error of a sample of elements against "
        + "double precision, in units of what rounding allows, to bfloat16 where that is the "
        + "--precision. If that is above 1, the exit code is 1.",
      "A table for --shapes has a line 'use name batch large I O k s p' for each convolution: use is "
        + "test, speed or both; large is the width and height of the larger map; I and O are the "
        + "channels of the larger and of the smaller map; k, s and p are kernel size, stride and "
        + "padding.",
      "Started by mpirun or srun as several processes, it measures a step that they share: the time that "
        + "each computes and waits for the others, and the bytes that it gets from them.",
      "--images reads each file once, as 'dcgan train --data' does, and names those it skips.",
    ])
}
