import DCGAN

/// Holds the settings of `dcgan sample`, every one read and in range.
package struct SampleOptions: Sendable, Equatable {
  /// Is the number of images to write; nil for one for each vector of `latents`.
  package var count: Int?
  /// Is the least probability of being real, by the discriminator, of an image that is kept.
  package var minimumReal: Float
  /// Is the folder of the training run.
  package var run: String
  /// Is the epoch whose checkpoint is used; nil for the latest.
  package var epoch: Int?
  /// Is the folder to write the images to.
  package var out: String
  /// Seeds the latent vectors.
  package var seed: UInt64
  /// Bounds the number of candidates; nil only with `latents`, whose file bounds it.
  package var maximumTries: Int?
  /// Is a safetensors file with the latent vectors; nil to draw them.
  package var latents: String?
  /// Is the number of threads; nil for all cores.
  package var threads: Int?
  /// Tells whether the result is printed as JSON.
  package var json: Bool
  /// Tells whether progress is silent.
  package var quiet: Bool

  /// Is the number of candidates for each wanted image when `--max-tries` is not given.
  static let triesPerImage = 1000

  /// Reads the options; throws where a value is none of its option's, where fewer tries than
  /// images are allowed, and where a seed is given although nothing is drawn.
  package init(_ arguments: ParsedArguments) throws(UsageError) {
    latents = try arguments.optionalValue(Self.latentsOption)
    if latents != nil, arguments.explicit.contains(Self.seedOption.specification.name) {
      throw UsageError(
        "--seed and --latents exclude each other: the vectors come from the file; leave one out",
        command: arguments.command)
    }
    let wanted = try arguments.value(Self.countOption)
    count =
      latents != nil && !arguments.explicit.contains(Self.countOption.specification.name)
      ? nil : wanted
    minimumReal = try arguments.value(Self.minimumRealOption)
    run = try arguments.value(CommonOptions.run)
    epoch = try arguments.optionalValue(CommonOptions.epoch)
    out = try arguments.value(Self.outOption)
    seed = try arguments.value(Self.seedOption)
    threads = try arguments.optionalValue(CommonOptions.threads)
    json = arguments.isSet(CommonOptions.json)
    quiet = arguments.isSet(CommonOptions.quiet)
    let tries = try arguments.optionalValue(Self.maximumTriesOption)
    if let tries, let count, tries < count {
      throw UsageError(
        "--max-tries expects at least --count (\(count)), but found '\(tries)'; "
          + "raise it or lower --count",
        command: arguments.command)
    }
    maximumTries = tries ?? (latents == nil ? wanted * Self.triesPerImage : nil)
  }
}

extension SampleOptions {
  static let countOption = Option<Int>.integer(
    "count", in: 1...1_000_000, default: 64, help: "images to write")
  static let minimumRealOption = Option<Float>.number(
    "min-real", default: 0, example: 0.7, expectation: "a number from 0 to 1",
    help: "keep only images that the discriminator calls real with at least this probability",
    where: { $0 >= 0 && $0 <= 1 })
  static let outOption = Option<String>.text(
    "out", "DIR", what: "a folder", example: "./samples", default: "./samples",
    help: "folder to write the images, samples.png and samples.csv to")
  static let seedOption = Option<UInt64>.seed(
    "seed", default: 0, help: "seed of the random vectors; image i depends on it and i alone")
  static let maximumTriesOption = Option<Int>.integer(
    "max-tries", in: SettingBounds.count, defaultText: "1000 x count", example: 100_000,
    help: "give up after this many candidates")
  static let latentsOption = Option<String>.text(
    "latents", "FILE", what: "a safetensors file", example: "./latents.safetensors",
    help: "take the random vectors from this safetensors file: one tensor 'latents' [N, nz]; "
      + "--count then defaults to N")

  /// Describes `dcgan sample`.
  package static let specification = CommandSpecification(
    name: "sample",
    purpose: "make synthetic radiographs with a trained generator",
    options: [
      countOption.specification, minimumRealOption.specification, CommonOptions.run.specification,
      CommonOptions.epoch.specification, outOption.specification, seedOption.specification,
      maximumTriesOption.specification, latentsOption.specification,
      CommonOptions.threads.specification, CommonOptions.json.specification,
      CommonOptions.quiet.specification,
    ],
    examples: [
      .init("dcgan sample --count 64", "writes 64 images to ./samples"),
      .init(
        "dcgan sample --count 16 --min-real 0.7 --epoch 80 --out ./best",
        "keeps only images that the discriminator of epoch 80 takes for real"),
    ],
    notes: [
      "Where fewer than --count images pass within --max-tries, those are written, the scores "
        + "are summed up, and the exit code is 1."
    ])
}
