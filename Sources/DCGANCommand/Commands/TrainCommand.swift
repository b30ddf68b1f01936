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
      let prepared = try PreparedRun(options, backend, console)
      // Until here a signal ends the process at once: there is nothing to keep.
      interruption?.install()
      let trainer = try prepared.makeTrainer(options, backend)
      introduce(trainer, prepared, quiet: options.quiet, console)
      return try train(trainer, options, backend, interruption, console)
    } catch is OtherRankFailed {
      return .failed
    }
  }

  /// Says what is trained on, where that is new, and what will be done.
  private static func introduce(
    _ trainer: Trainer, _ prepared: PreparedRun, quiet: Bool, _ console: Console
  ) {
    let isResumed = prepared.plan.recorded != nil
    if !isResumed || prepared.source.isChanged {
      introduce(prepared.source, trainer.configuration, quiet: quiet, console)
    }
    if !quiet { introduce(trainer, isResumed: isResumed, console) }
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
