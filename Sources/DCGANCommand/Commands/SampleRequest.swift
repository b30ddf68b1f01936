import DCGAN
import Files
import Tensor

/// What `dcgan sample` is to draw, after what the options leave open is taken from the record of the
/// samples that are drawn again.
struct SampleRequest {
  /// Is the folder of the run.
  let run: String
  /// Is the epoch of the checkpoint; nil for the latest.
  let epoch: Int?
  /// Says where the latents come from.
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
    run =
      options.explicit.contains("run")
      ? options.run : recorded.map { $0.findRun() ?? $0.run } ?? options.run
    epoch = options.epoch ?? recorded?.epoch
    let origin = Self.origin(options) ?? recorded?.latents ?? .seeded(seed: 0, truncation: nil)
    latents = origin.truncated(to: options.truncation ?? recorded?.latents.truncation)
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
        "the samples of \(table) were drawn with \(recorded.variant) kernels and are drawn "
          + "again with \(variant): some bytes may differ")
    } else {
      let isRunGiven = options.explicit.contains(CommonOptions.run.specification.name)
      var guesses = isRunGiven ? [] : ["--run \(options.run)"]
      if case .seeded(let seed, _) = latents, !options.explicit.contains("seed") {
        guesses.append("--seed \(seed)")
      }
      if options.epoch == nil { guesses.append("--epoch \(trained.epoch)") }
      guard !guesses.isEmpty else { return }
      console.warn(
        "no samples.json lies beside \(table); drawing with "
          + "\(guesses.joined(separator: ", ")): compare the scores with the table's")
    }
  }

  /// Refuses a checkpoint of the recorded epoch that is not the recorded one, unless the user names the
  /// epoch; throws `SampleRequestError`.
  func check(_ trained: TrainedModel) throws {
    guard let table = options.from, let recorded, options.epoch == nil else { return }
    let metadata = trained.metadata
    guard (metadata.step, metadata.seed) != (recorded.step, recorded.runSeed) else { return }
    throw SampleRequestError(
      "\(table): expected the checkpoint that the samples were drawn from, step \(recorded.step) of "
        + "the run of seed \(recorded.runSeed), found step \(metadata.step) of the run of seed "
        + "\(metadata.seed) in \(run); name its run with --run, or give --epoch \(trained.epoch) to "
        + "draw the same vectors from this one")
  }

  /// The folder of the run as the options, or the record of samples that are drawn again, have it.
  private var givenRun: String {
    options.explicit.contains("run") ? options.run : recorded?.run ?? options.run
  }

  /// Records how `count` samples are drawn; throws what reading the run's settings throws.
  func recipe(_ trained: TrainedModel, count: Int) throws -> SampleRecipe {
    var recipe = SampleRecipe(
      variant: trained.backend.variant.rawValue, run: givenRun, epoch: trained.epoch,
      step: trained.metadata.step, runSeed: trained.metadata.seed,
      latents: latents.fromAnywhere)
    let configuration = try RunFolder.open(at: run).configuration()
    recipe.note(configuration, digest: configuration.digest)
    recipe.runPath = Folder.absolute(run)
    recipe.count = count
    recipe.minReal = options.minimumReal
    recipe.minRealCalibrated = options.minimumCalibrated
    return recipe
  }
}

/// Samples cannot be drawn again.
struct SampleRequestError: Error, CustomStringConvertible {
  /// Says what is wrong, and what to do.
  let description: String

  /// Makes an error of a sentence.
  init(_ description: String) { self.description = description }
}
