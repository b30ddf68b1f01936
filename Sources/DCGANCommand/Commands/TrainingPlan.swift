import Checkpoints
import DCGAN
import Foundation
import Support
import Tensor
import Training

/// What `dcgan train` does: begin a run, or continue one.
enum TrainingPlan {
  /// Begin a run.
  case new
  /// Continue the run in a folder, which began with these settings.
  case resumed(RunFolder, RunConfiguration)

  /// Opens the run that is to be continued, which nobody else may write from then on: of several ranks the
  /// first does, and the others read it.
  ///
  /// Throws what opening it throws, and `TrainingError` where an option is not what the run began with.
  init(_ options: TrainOptions, _ backend: Backend) throws {
    guard options.resume else {
      self = .new
      return
    }
    let folder =
      backend.isFirstRank
      ? try RunFolder.resume(at: options.run) : try Self.sharedFolder(options, backend)
    let recorded = try folder.configuration()
    try ResumeCheck(options).compare(with: recorded)
    self = .resumed(folder, recorded)
  }

  /// Opens the run that another rank continues; throws `TrainingError` where it cannot be seen from here.
  private static func sharedFolder(_ options: TrainOptions, _ backend: Backend) throws -> RunFolder
  {
    do {
      return try RunFolder.open(at: options.run)
    } catch is RunFolderError {
      let rank = backend.ranks?.rank ?? 0
      throw TrainingError(
        "\(options.run): rank \(rank) finds no run there; --resume needs a folder that the hosts of all "
          + "ranks share, under the same path")
    }
  }

  /// The settings that the run began with; nil of a new one.
  var recorded: RunConfiguration? {
    if case .resumed(_, let recorded) = self { return recorded }
    return nil
  }

  /// Returns the format of what convolutions multiply, before the run is opened: a resumed run keeps its own.
  static func precision(_ options: TrainOptions) -> Precision {
    guard options.resume else { return options.precision }
    // What keeps the run from being read is said when it is opened.
    let recorded = try? RunFolder.open(at: options.run).configuration()
    return recorded?.precision ?? .float32
  }

  /// Resolves every setting, but for what only the images tell: a resumed run keeps what may not change.
  ///
  /// Throws `UsageError` where the options name no data or no such split.
  func configuration(_ options: TrainOptions, _ backend: Backend) throws -> RunConfiguration {
    var settings: RunConfiguration
    switch self {
    case .new:
      settings = try RunConfiguration(new: options)
      // A seed that was drawn is another on every rank.
      settings.seed = backend.ofFirstRank(settings.seed)
    case .resumed(_, let recorded):
      settings = recorded
      settings.continueRun(with: options)
    }
    settings.threads = backend.pool.threadCount
    settings.program.ranks = backend.ranks?.count
    settings.version = DCGANVersion.current
    settings.variant = backend.variant.rawValue
    return settings
  }

  /// Reads what the run begins with, before anything is written; nil where a checkpoint takes its place.
  ///
  /// Throws what reading files of networks throws.
  func initialNetworks(
    _ options: TrainOptions, _ settings: RunConfiguration
  ) throws -> InitialNetworks? {
    switch self {
    case .new:
      return try InitialNetworks(
        generator: options.initialGenerator, discriminator: options.initialDiscriminator,
        settings: settings.model)
    case .resumed(let folder, let recorded):
      guard try folder.latestCheckpointEpoch() == nil else { return nil }
      return try InitialNetworks(of: recorded)
    }
  }

  /// Finds out whether the run's folder can be written, on the rank that writes it, and returns it; throws
  /// what claiming it throws.
  func folder(_ options: TrainOptions, _ backend: Backend) throws -> RunFolder {
    switch self {
    case .new:
      backend.isFirstRank
        ? try RunFolder.claim(at: options.run) : .writtenByFirstRank(at: options.run)
    case .resumed(let folder, _): folder
    }
  }

  /// Reads the checkpoint to continue from, that of `epoch` or the newest that rank 0 finds; nil of a new
  /// run, and where one stopped before its first.
  ///
  /// Throws what finding and reading it throws.
  func checkpoint(
    epoch: Int?, _ backend: Backend
  ) throws -> (value: Checkpoint, path: String)? {
    guard case .resumed(let folder, _) = self else { return nil }
    let newest = try backend.together { try folder.latestCheckpointEpoch() }
    let chosen = backend.ofFirstRank(epoch ?? newest ?? 0)
    guard chosen > 0 else { return nil }
    return try backend.together {
      let found = try folder.readCheckpoint(epoch: chosen, isResumed: true)
      return (found.value, found.path)
    }
  }

  /// Throws `TrainingError` where a resumed run is given fewer epochs or steps than it has done: who means so
  /// many more would lose the length that the run was begun with.
  func checkLength(after position: TrainingPosition, _ options: TrainOptions) throws {
    guard recorded != nil else { return }
    if options.isGiven(\.epochs), options.epochs < position.epochsDone {
      throw Self.tooFew("--epochs", options.epochs, done: position.epochsDone, "epochs", options)
    }
    if let steps = options.steps, steps < position.step {
      throw Self.tooFew("--steps", steps, done: position.step, "steps", options)
    }
  }

  private static func tooFew(
    _ option: String, _ given: Int, done: Int, _ what: String, _ options: TrainOptions
  ) -> TrainingError {
    TrainingError(
      "\(option) \(given): the run in \(options.run) has already done \(done) \(what), and \(option) counts all "
        + "\(what) of a run; give more, or leave the option out")
  }

  /// Says where the run will not have the bytes of an uninterrupted one.
  func warnOfChangedKernels(_ variant: Variant, _ console: Console) {
    guard let recorded = recorded?.variant,
      Variant(rawValue: recorded)?.agrees(
        with: variant, in: self.recorded?.precision ?? .float32) != true
    else { return }
    let isAtHand = Variant.computable.contains { $0.rawValue == recorded }
    let advice = isAtHand ? "; set DCGAN_VARIANT=\(recorded) to use the same kernels" : ""
    console.warn(
      "the run was computed with \(recorded) kernels and continues with \(variant.rawValue): the "
        + "last digits of its numbers will differ from those of an uninterrupted run\(advice)")
  }
}
