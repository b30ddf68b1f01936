import Foundation
import Tensor
import Training

/// Runs `dcgan train`.
package enum TrainCommand {
  /// Does the work with checked options and returns how it ended.
  package static func run(_ options: TrainOptions, _ console: Console) throws -> ExitCode {
    let backend = try Backend.selected(
      threads: options.threads, precision: TrainingPlan.precision(options))
    return try run(options, backend, .shared, console)
  }

  /// Does the work on a backend, of whose ranks each calls this with the same options.
  ///
  /// What several ranks find wrong is thrown by the first of them; those that have nothing of their own to
  /// say return that the work failed.
  ///
  /// - Parameter interruption: What asks to stop; nil for nothing.
  package static func run(
    _ options: TrainOptions, _ backend: Backend, _ interruption: Interruption?, _ console: Console
  ) throws -> ExitCode {
    do {
      let trainer = try makeTrainer(options, backend, interruption, console)
      return try train(trainer, options, backend, interruption, console)
    } catch is OtherRankFailed {
      return .failed
    }
  }

  /// Finds out everything that a run needs, writes its settings, and says what will be done.
  private static func makeTrainer(
    _ options: TrainOptions, _ backend: Backend, _ interruption: Interruption?, _ console: Console
  ) throws -> Trainer {
    let plan = try backend.together { try TrainingPlan(options, backend) }
    var settings = try plan.configuration(options, backend)
    try backend.together { try check(settings, backend) }
    plan.warnOfChangedKernels(backend.variant, console)
    if let warning = backend.emulationWarning { console.warn(warning) }
    let source = try backend.together { try TrainingSource(settings, plan, options) }
    try source.compare(on: backend)
    settings.model = source.model(settings.model)
    let initial = try backend.together { try plan.initialNetworks(options, settings) }
    source.warnOfOtherHeldOutImages(than: plan.recorded, console)
    // Whether the run can be written is found out before the images are decoded.
    let folder = try backend.together { try plan.folder(options, backend) }
    let data = try source.load(&settings, plan, options, backend, console)
    // Until here a signal ends the process at once: there is nothing to keep.
    interruption?.install()
    if plan.recorded == nil {
      settings.initialGenerator = initial?[.generator]
      settings.initialDiscriminator = initial?[.discriminator]
      try backend.together {
        try Trainer.checkEpoch(of: data.images, settings)
        if backend.isFirstRank { try folder.write(settings) }
      }
    }
    let checkpoint = try plan.checkpoint(epoch: options.epoch, backend)
    let step = checkpoint?.value.metadata.step ?? 0
    if let recorded = plan.recorded, options.acceptsChangedData,
      source.isChanged || step < recorded.start.step
    {
      settings.data.dataChanges = recorded.dataChanges(acceptedAt: step)
    }
    let trainer = try backend.together {
      try plan.checkLength(after: settings.position(after: step), options)
      let trainer = try Trainer(
        configuration: settings, images: data.images, heldOut: data.heldOut, folder: folder,
        backend: backend, resumingFrom: checkpoint)
      if checkpoint == nil {
        try backend.withoutRanks { try initial?.apply(to: trainer.model, backend: backend) }
      }
      if backend.isFirstRank {
        if plan.recorded != nil { try folder.write(settings) }
        try folder.write(source.files)
      }
      return trainer
    }
    if plan.recorded == nil || source.isChanged {
      introduce(source, settings, quiet: options.quiet, console)
    }
    if !options.quiet { introduce(trainer, isResumed: plan.recorded != nil, console) }
    return trainer
  }

  /// Throws `TrainingError` where ranks cannot share a batch, or there is too little memory, which in the first
  /// step would kill the process.
  private static func check(_ settings: RunConfiguration, _ backend: Backend) throws {
    try Trainer.checkRanks(of: backend, batch: settings.batch)
    let own = backend.ranks?.part(ofBatch: settings.batch).count ?? settings.batch
    try settings.model.checkMemory(batch: own)
  }

  private static func train(
    _ trainer: Trainer, _ options: TrainOptions, _ backend: Backend, _ interruption: Interruption?,
    _ console: Console
  ) throws -> ExitCode {
    let report = TrainingReport(trainer, console, quiet: options.quiet)
    let outcome: Trainer.Outcome
    do {
      defer { report.finish() }
      outcome = try trainer.run(
        shouldStop: { interruption?.isRequested == true }, onEvent: report.show)
    }
    let code: ExitCode =
      switch outcome {
      case .interrupted: backend.exitCode(after: interruption) ?? .interrupted
      case .collapsed: .failed
      case .finished, .stepsReached: .done
      }
    try console.whileSomebodyReads {
      try TrainingResult(trainer, outcome).print(asJSON: options.json, console)
    }
    if outcome == .finished && !options.quiet {
      let run = Formatting.shellWord(trainer.runPath)
      console.writeError(
        "draw images with dcgan sample --run \(run) --count 64; "
          + "see the whole run with dcgan report --run \(run)\n")
    }
    return code
  }
}
