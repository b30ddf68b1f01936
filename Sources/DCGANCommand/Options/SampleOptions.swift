import Arguments

/// The settings of `dcgan sample`, every one read and in range.
package struct SampleOptions: Sendable, Equatable {
  /// The number of images to write; nil for one for each vector of `latents`.
  package var count: Int?
  /// The least probability of being real, by the discriminator, of an image that is kept.
  package var minimumReal: Float
  /// The least calibrated probability of being real of an image that is kept.
  package var minimumCalibrated: Float
  /// The folder of the training run.
  package var run: String
  /// The epoch whose checkpoint is used; nil for the latest.
  package var epoch: Int?
  /// Where the networks come from.
  package var networks: NetworkSource
  /// The folder to write the images to.
  package var out: String
  /// Seeds the latent vectors.
  package var seed: UInt64
  /// Bounds the number of candidates; nil only with `latents`, whose file bounds it.
  package var maximumTries: Int?
  /// A safetensors file with the latent vectors; nil to draw them.
  package var latents: String?
  /// Bounds the size of the latents' numbers, beyond which they are drawn again; nil for no bound.
  package var truncation: Float?
  /// The two seeds between whose first vectors to walk; nil to draw independent images.
  package var interpolation: SeedPair?
  /// The number of images of that walk, both ends included.
  package var steps: Int
  /// A table of the candidates to draw again; nil to draw new ones.
  package var from: String?
  /// The number of threads; nil for all cores.
  package var threads: Int?
  /// Whether the result is printed as JSON.
  package var json: Bool
  /// Whether progress is silent.
  package var quiet: Bool

  /// The options that the user gave: what is drawn again takes the others from its record.
  package var explicit: Set<String>

  /// The number of candidates for each wanted image when `--max-tries` is not given.
  static let triesPerImage = 1000

  /// Reads the options; throws where a value is none of its option's, where fewer tries than
  /// images are allowed, and where options exclude each other.
  package init(_ arguments: ParsedArguments) throws(UsageError) {
    explicit = arguments.explicit
    try SampleConflicts.refuse(arguments)
    latents = try arguments.optionalValue(Self.latentsOption)
    truncation = try arguments.optionalValue(Self.truncationOption)
    interpolation = try arguments.optionalValue(Self.interpolationOption)
    steps = try arguments.value(Self.stepsOption)
    from = try arguments.optionalValue(Self.fromOption)
    let wanted = try arguments.value(Self.countOption)
    count =
      latents != nil && !explicit.contains(Self.countOption.specification.name)
      ? nil : wanted
    minimumReal = try arguments.value(Self.minimumRealOption)
    minimumCalibrated = try arguments.value(Self.minimumCalibratedOption)
    run = try arguments.value(CommonOptions.run)
    epoch = try arguments.optionalValue(CommonOptions.epoch)
    networks = try NetworkSource(arguments, needs: .generator)
    out = try arguments.value(Self.outOption)
    seed = try arguments.value(Self.seedOption)
    threads = try arguments.optionalValue(CommonOptions.threads)
    json = arguments.isSet(CommonOptions.json)
    quiet = arguments.isSet(CommonOptions.quiet)
    try SampleConflicts.refuseThresholds(
      minimumReal, calibrated: minimumCalibrated, networks, command: arguments.command)
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
