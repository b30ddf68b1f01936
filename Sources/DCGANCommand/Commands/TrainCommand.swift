import Foundation
import Tensor
import Training

/// Runs `dcgan train`.
package enum TrainCommand {
  /// Does the work with checked options and returns how it ended.
  package static func run(_ options: TrainOptions, _ console: Console) throws -> ExitCode {
    let plan = try TrainingPlan(options)
    let backend = try Backend.selected(
      threads: options.threads, precision: plan.precision(options))
    var settings = try plan.configuration(options, backend)
    plan.warnOfChangedKernels(backend.variant, console)
    if let warning = backend.emulationWarning { console.warn(warning) }
    // Too little memory in the first step would kill the process.
    try settings.model.checkMemory(batch: settings.batch)
    let source = try TrainingSource(settings, plan, options)
    settings.model = source.model(settings.model)
    let initial = try plan.initialNetworks(options, settings)
    source.warnOfOtherHeldOutImages(than: plan.recorded, console)
    // Whether the run can be written is found out before the images are decoded.
    let folder = try plan.folder(options)
    let data = try source.load(&settings, plan, options, console)
    // Until here a signal ends the process at once: there is nothing to keep.
    Interruption.shared.install()
    if plan.recorded == nil {
      settings.initialGenerator = initial?[.generator]
      settings.initialDiscriminator = initial?[.discriminator]
      try Trainer.checkEpoch(of: data.images, settings)
      try folder.write(settings)
    }
    let checkpoint = try plan.checkpoint(epoch: options.epoch)
    let step = checkpoint?.value.metadata.step ?? 0
    if let recorded = plan.recorded, options.acceptsChangedData,
      source.isChanged || step < recorded.start.step
    {
      settings.data.dataChanges = recorded.dataChanges(acceptedAt: step)
    }
    try plan.checkLength(after: settings.position(after: step), options)
    let trainer = try Trainer(
      configuration: settings, images: data.images, heldOut: data.heldOut, folder: folder,
      backend: backend, resumingFrom: checkpoint)
    if checkpoint == nil { try initial?.apply(to: trainer.model, backend: backend) }
    if plan.recorded != nil { try folder.write(settings) }
    try folder.write(source.files)
    if plan.recorded == nil || source.isChanged {
      introduce(source, settings, quiet: options.quiet, console)
    }
    if !options.quiet { introduce(trainer, isResumed: plan.recorded != nil, console) }
    return try train(trainer, options, console)
  }

  private static func train(
    _ trainer: Trainer, _ options: TrainOptions, _ console: Console
  ) throws -> ExitCode {
    let report = TrainingReport(trainer, console, quiet: options.quiet)
    let outcome: Trainer.Outcome
    do {
      defer { report.finish() }
      outcome = try trainer.run(
        shouldStop: { Interruption.shared.isRequested }, onEvent: report.show)
    }
    let code: ExitCode =
      switch outcome {
      case .interrupted: Interruption.shared.exitCode ?? .interrupted
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
