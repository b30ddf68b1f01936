import Checkpoints
import Samples
import Support
import Tensor

/// Samples that are drawn again: what the options leave open comes from their record.
struct SampleRepetition {
  /// The candidates to draw.
  let table: SampleTable
  /// How they were drawn; nil where no record lies beside the table.
  let recorded: SampleRecipe?
  /// The path of the table.
  private let path: String

  /// Reads a table and the record beside it; throws what reading them throws.
  init(table path: String) throws {
    self.path = path
    table = try SampleTable(contentsOf: path)
    recorded = try SampleRecipe.beside(table: path)
  }

  /// Returns the latents that the options name, or else those of the record.
  func latents(_ options: SampleOptions) -> LatentRecipe {
    let named: LatentRecipe? =
      if let path = options.latents {
        .file(path: path)
      } else if options.isSeedGiven {
        .seeded(seed: options.seed, truncation: nil)
      } else {
        nil
      }
    let latents = named ?? recorded?.latents ?? .seeded(seed: options.seed, truncation: nil)
    return latents.truncated(to: options.truncation ?? recorded?.latents.truncation)
  }

  /// Returns the networks that the options name, or else those of the record.
  func networks(_ options: SampleOptions) -> NetworkSource {
    guard let recorded, !options.networks.isFiles else { return options.networks }
    if let generator = recorded.generator, !options.isRunGiven, options.epoch == nil {
      return .files(generator: generator.file, discriminator: recorded.discriminator?.file)
    }
    return .run(
      path: options.isRunGiven ? options.run : recorded.findRun() ?? recorded.run ?? options.run,
      epoch: options.epoch ?? recorded.epoch)
  }

  /// Refuses networks that are not the recorded ones, unless the user names them; throws
  /// `SampleRequestError`.
  func check(_ trained: TrainedModel, _ options: SampleOptions, _ console: Console) throws {
    guard let recorded else { return }
    switch trained.origin {
    case .run(let path, let epoch, let metadata):
      guard options.epoch == nil else { return }
      try checkCheckpoint(metadata, against: recorded, path: path, epoch: epoch)
    case .files(let generator, let discriminator):
      for (kind, found, recorded) in [
        (NetworkKind.generator, generator, recorded.generator),
        (.discriminator, discriminator, recorded.discriminator),
      ] {
        guard let found, let recorded, found.digest != recorded.digest else { continue }
        let other = OtherNetwork(kind: kind, found: found, recorded: recorded, table: path)
        guard options.networks.isFiles else { throw other.error }
        console.warn(other.warning)
      }
    }
  }

  private func checkCheckpoint(
    _ metadata: CheckpointMetadata, against recorded: SampleRecipe, path run: String, epoch: Int
  ) throws {
    guard let step = recorded.step, let seed = recorded.runSeed,
      (metadata.step, metadata.seed) != (step, seed)
    else { return }
    throw SampleRequestError(
      "\(path): expected the checkpoint that the samples were drawn from, step \(step) of "
        + "the run of seed \(seed), found step \(metadata.step) of the run of seed "
        + "\(metadata.seed) in \(run); name the right run with --run, or give --epoch \(epoch) to "
        + "use the same vectors with this checkpoint")
  }

  /// Checks that the latents hold every candidate; throws what `SampleTable.check` throws.
  func checkCandidates(among latents: LatentSource) throws {
    try table.check(against: latents, path: path)
  }

  /// Says on standard error what had to be guessed.
  func warn(
    _ trained: TrainedModel, _ latents: LatentRecipe, _ options: SampleOptions, _ console: Console
  ) {
    if let recorded {
      let variant = trained.backend.variant
      let earlier = Variant(rawValue: recorded.variant)
      guard earlier?.agrees(with: variant, in: trained.backend.precision) != true else { return }
      let advice =
        earlier?.isComputable == true
        ? "; set DCGAN_VARIANT=\(recorded.variant) to use the same kernels" : ""
      console.warn(
        "the samples in \(path) were drawn with \(recorded.variant) kernels and are now drawn with "
          + "\(variant.rawValue): some bytes may differ\(advice)")
    } else {
      let guesses = guesses(trained, latents, options)
      guard !guesses.isEmpty else { return }
      console.warn(
        "there is no samples.json beside \(path); drawing with "
          + "\(guesses.joined(separator: ", ")): compare the scores with those in the table")
    }
  }

  /// Returns the options that were not given, with the values that took their place.
  private func guesses(
    _ trained: TrainedModel, _ latents: LatentRecipe, _ options: SampleOptions
  ) -> [String] {
    let isRunKnown = options.networks.isFiles || options.isRunGiven
    var guesses = isRunKnown ? [] : ["--run \(options.run)"]
    if case .seeded(let seed, _) = latents, !options.isSeedGiven {
      guesses.append("--seed \(seed)")
    }
    if options.epoch == nil, let epoch = trained.epoch { guesses.append("--epoch \(epoch)") }
    return guesses
  }
}

/// A network that is another than the one that samples were drawn with.
private struct OtherNetwork {
  let kind: NetworkKind
  let found: RecordedNetwork
  let recorded: RecordedNetwork
  let table: String

  /// What is said where the user chose it.
  var warning: String {
    "the samples in \(table) were drawn with a different \(kind.rawValue) (digest "
      + "\(recorded.digest)) from \(found.file) (\(found.digest))"
  }

  /// What is said where it was not chosen.
  var error: SampleRequestError {
    SampleRequestError(
      "\(printable(found.file)): expected the \(kind.rawValue) that the samples in "
        + "\(printable(table)) were drawn with (digest \(recorded.digest)), found another "
        + "(\(found.digest)); restore it, or name files with --generator and --discriminator to use "
        + "the same vectors with them")
  }
}

/// Samples cannot be drawn as they are asked for.
struct SampleRequestError: Error, CustomStringConvertible {
  /// What is wrong, and what to do.
  let description: String

  /// Makes an error of a sentence.
  init(_ description: String) { self.description = description }
}
