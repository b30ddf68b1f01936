import Checkpoints
import Files
import Samples
import Support
import Tensor
import Training

/// What `dcgan sample` is to draw, after what the options leave open is taken from the record of the
/// samples that are drawn again.
struct SampleRequest {
  /// Where the networks come from.
  let networks: NetworkSource
  /// Where the latents come from.
  let latents: LatentRecipe
  /// Lists the candidates to draw again; nil to draw new ones.
  let candidates: SampleTable?
  private let recorded: SampleRecipe?
  private let options: SampleOptions

  /// Reads the table and the record where samples are drawn again.
  ///
  /// Throws what reading them throws.
  init(_ options: SampleOptions) throws {
    self.options = options
    candidates = try options.from.map { try SampleTable(contentsOf: $0) }
    let recorded = try options.from.flatMap { try SampleRecipe.beside(table: $0) }
    self.recorded = recorded
    networks = Self.networks(options, recorded)
    let origin = Self.origin(options) ?? recorded?.latents ?? .seeded(seed: 0, truncation: nil)
    latents = origin.truncated(to: options.truncation ?? recorded?.latents.truncation)
  }

  /// Returns where the options say that the networks come from, and where they leave it open the record.
  private static func networks(
    _ options: SampleOptions, _ recorded: SampleRecipe?
  ) -> NetworkSource {
    guard let recorded, !options.networks.isFiles else { return options.networks }
    let isRunGiven = options.explicit.contains(CommonOptions.run.specification.name)
    if let generator = recorded.generator, !isRunGiven, options.epoch == nil {
      return .files(generator: generator.file, discriminator: recorded.discriminator?.file)
    }
    return .run(
      path: isRunGiven ? options.run : recorded.findRun() ?? recorded.run ?? options.run,
      epoch: options.epoch ?? recorded.epoch)
  }

  /// Returns the source of latents that the options name, if they do.
  private static func origin(_ options: SampleOptions) -> LatentRecipe? {
    if let path = options.latents { return .file(path: path) }
    if let pair = options.interpolation {
      return .arc(from: pair.from, to: pair.to, steps: options.steps, truncation: nil)
    }
    let isGiven = options.explicit.contains("seed") || options.from == nil
    return isGiven ? .seeded(seed: options.seed, truncation: nil) : nil
  }

  /// Says on standard error what had to be guessed.
  func warn(_ trained: TrainedModel, _ console: Console) {
    guard let table = options.from else { return }
    if let recorded {
      let variant = trained.backend.variant.rawValue
      guard recorded.variant != variant else { return }
      console.warn(
        "the samples in \(table) were drawn with \(recorded.variant) kernels and are now drawn with "
          + "\(variant): some bytes may differ")
    } else {
      let isGiven =
        networks.isFiles || options.explicit.contains(CommonOptions.run.specification.name)
      var guesses = isGiven ? [] : ["--run \(options.run)"]
      if case .seeded(let seed, _) = latents, !options.explicit.contains("seed") {
        guesses.append("--seed \(seed)")
      }
      if options.epoch == nil, let epoch = trained.epoch { guesses.append("--epoch \(epoch)") }
      guard !guesses.isEmpty else { return }
      console.warn(
        "there is no samples.json beside \(table); drawing with "
          + "\(guesses.joined(separator: ", ")): compare the scores with those in the table")
    }
  }

  /// Refuses networks that are not the recorded ones, unless the user names them; throws
  /// `SampleRequestError`.
  func check(_ trained: TrainedModel, _ console: Console) throws {
    guard let table = options.from, let recorded else { return }
    switch trained.origin {
    case .run(let path, let epoch, let metadata):
      try check(metadata, against: recorded, path: path, epoch: epoch, table: table)
    case .files(let generator, let discriminator):
      try check(generator, .generator, against: recorded.generator, table: table, console)
      try check(
        discriminator, .discriminator, against: recorded.discriminator, table: table, console)
    }
  }

  private func check(
    _ metadata: CheckpointMetadata, against recorded: SampleRecipe, path: String, epoch: Int,
    table: String
  ) throws {
    guard options.epoch == nil, let step = recorded.step, let seed = recorded.runSeed,
      (metadata.step, metadata.seed) != (step, seed)
    else { return }
    throw SampleRequestError(
      "\(table): expected the checkpoint that the samples were drawn from, step \(step) of "
        + "the run of seed \(seed), found step \(metadata.step) of the run of seed "
        + "\(metadata.seed) in \(path); name the right run with --run, or give --epoch \(epoch) to "
        + "use the same vectors with this checkpoint")
  }

  private func check(
    _ found: InitialNetwork?, _ kind: NetworkKind, against recorded: InitialNetwork?, table: String,
    _ console: Console
  ) throws {
    guard let found, let recorded, found.digest != recorded.digest else { return }
    guard !options.networks.isFiles else {
      console.warn(
        "the samples in \(table) were drawn with a different \(kind.rawValue) (digest "
          + "\(recorded.digest)) from \(found.file) (\(found.digest))")
      return
    }
    throw SampleRequestError(
      "\(printable(found.file)): expected the \(kind.rawValue) that the samples in "
        + "\(printable(table)) were drawn with (digest \(recorded.digest)), found another "
        + "(\(found.digest)); restore it, or name files with --generator and --discriminator to use "
        + "the same vectors with them")
  }

  /// Records how `count` samples are drawn; nil without a generator.
  ///
  /// Throws what reading the run's settings throws.
  func recipe(_ trained: TrainedModel, count: Int) throws -> SampleRecipe? {
    guard var recipe = try origin(of: trained) else { return nil }
    recipe.count = count
    recipe.minReal = options.minimumReal
    recipe.minRealCalibrated = options.minimumCalibrated
    return recipe
  }

  /// Records where samples come from.
  private func origin(of trained: TrainedModel) throws -> SampleRecipe? {
    let variant = trained.backend.variant.rawValue
    let latents = latents.fromAnywhere
    switch trained.origin {
    case .run(let path, let epoch, let metadata):
      var recipe = SampleRecipe(
        variant: variant, run: givenRun ?? path, epoch: epoch, step: metadata.step,
        runSeed: metadata.seed, latents: latents)
      let configuration = try RunFolder.open(at: path).configuration()
      recipe.note(configuration, digest: configuration.digest)
      recipe.runPath = Folder.absolute(path)
      return recipe
    case .files(let generator, let discriminator):
      return generator.map {
        SampleRecipe(
          variant: variant, generator: $0, discriminator: discriminator, latents: latents)
      }
    }
  }

  /// The folder of the run as the record of samples that are drawn again has it; nil where there is
  /// none, or an option says otherwise.
  private var givenRun: String? {
    options.explicit.contains(CommonOptions.run.specification.name) ? nil : recorded?.run
  }
}

/// Samples cannot be drawn again.
struct SampleRequestError: Error, CustomStringConvertible {
  /// What is wrong, and what to do.
  let description: String

  /// Makes an error of a sentence.
  init(_ description: String) { self.description = description }
}
