import Checkpoints
import DCGAN
import DataSets
import Foundation
import Tensor
import Training

/// Runs `dcgan train`.
package enum TrainCommand {
  /// Does the work with checked options and returns how it ended.
  package static func run(_ options: TrainOptions, _ console: Console) throws -> ExitCode {
    let backend = try Backend.selected(threads: options.threads)
    let earlier = options.resume ? try RunFolder.resume(at: options.run) : nil
    let recorded = try earlier?.configuration()
    if let recorded {
      try ResumeCheck(options).compare(with: recorded)
      warn(ofChange: recorded.variant, to: backend.variant, console)
    }
    try checkMemory(options, recorded: recorded)
    let initial = try initialNetworks(options, of: earlier, recorded)
    let source = try TrainingSource(options, recorded: recorded, earlier: earlier)
    if let recorded { source.warn(ofOtherHeldOutImagesThan: recorded, console) }
    // Whether the run can be written is found out before the images are decoded.
    let folder = try earlier ?? RunFolder.claim(at: options.run)
    let images = try source.load(options, recorded: recorded, console)
    var configuration = source.configuration(
      options, recorded: recorded, images: images, backend)
    if earlier == nil {
      configuration.initialGenerator = initial?[.generator]
      configuration.initialDiscriminator = initial?[.discriminator]
    }
    if let recorded { warn(ofOtherPixelsThan: recorded, images.tally, console) }
    let heldOut = try source.loadHeldOut(configuration, beside: images, console)
    configuration.account = source.account(images, heldOut: heldOut)
    // Until here a signal ends the process at once: there is nothing to keep.
    Interruption.shared.install()
    if earlier == nil {
      try Trainer.checkEpoch(of: images, configuration)
      try folder.write(configuration)
    }
    let checkpoint = try earlier.flatMap { try self.checkpoint(in: $0, options.epoch) }
    let step = checkpoint?.value.metadata.step ?? 0
    if let recorded, options.acceptsChangedData, source.isChanged || step < recorded.start.step {
      configuration.dataChanges = recorded.dataChanges(acceptedAt: step)
    }
    let trainer = try Trainer(
      configuration: configuration, images: images,
      heldOut: heldOut.images, folder: folder, backend: backend,
      resumingFrom: checkpoint)
    if checkpoint == nil { try initial?.apply(to: trainer.model) }
    if earlier != nil { try folder.write(configuration) }
    try folder.write(source.files)
    if earlier == nil || source.isChanged {
      introduce(source, configuration, quiet: options.quiet, console)
    }
    if !options.quiet { introduce(trainer, isResumed: earlier != nil, console) }
    return try train(trainer, options, console)
  }

  /// Finds out before the images are decoded whether the networks have room.
  private static func checkMemory(_ options: TrainOptions, recorded: RunConfiguration?) throws {
    try ModelSettings(
      size: recorded?.size ?? options.size, channels: recorded?.channels ?? options.channels,
      nz: recorded?.nz ?? options.latentSize, ngf: recorded?.ngf ?? options.generatorFeatures,
      ndf: recorded?.ndf ?? options.discriminatorFeatures
    ).checkMemory(batch: recorded?.batch ?? options.batch)
  }

  /// Reads what a run begins with, before anything is written; nil where a checkpoint takes its place.
  private static func initialNetworks(
    _ options: TrainOptions, of earlier: RunFolder?, _ recorded: RunConfiguration?
  ) throws -> InitialNetworks? {
    guard let recorded else {
      return try InitialNetworks(
        generator: options.initialGenerator, discriminator: options.initialDiscriminator,
        settings: options.model)
    }
    guard try earlier?.latestCheckpointEpoch() == nil else { return nil }
    return try InitialNetworks(of: recorded)
  }

  /// Reads the checkpoint to go on from, that of `epoch` or the newest; nil where a run stopped
  /// before its first.
  private static func checkpoint(
    in folder: RunFolder, _ epoch: Int?
  ) throws -> (value: Checkpoint, path: String)? {
    guard try epoch != nil || folder.latestCheckpointEpoch() != nil else { return nil }
    let found = try folder.readCheckpoint(epoch: epoch, isResumed: true)
    return (found.value, found.path)
  }

  /// Says where an older version showed the same files differently.
  private static func warn(
    ofOtherPixelsThan recorded: RunConfiguration, _ tally: ImageTally, _ console: Console
  ) {
    let count = tally.reoriented + tally.transparent
    guard recorded.background == nil, count > 0 else { return }
    console.warn(
      "\(recorded.dataPath): the run began with an older version, which ignored orientation and "
        + "transparency; it continues with different pixels in \(Formatting.counted(count, "image"))"
    )
  }

  /// Says where the run will not come to the bytes of an uninterrupted one.
  private static func warn(
    ofChange recorded: String, to variant: Variant, _ console: Console
  ) {
    guard recorded != variant.rawValue else { return }
    let isAtHand = Variant.supported.contains { $0.rawValue == recorded }
    let advice = isAtHand ? "; set DCGAN_VARIANT=\(recorded) to use the same kernels" : ""
    console.warn(
      "the run was computed with \(recorded) kernels and continues with \(variant.rawValue): the "
        + "last digits of its numbers will differ from those of an uninterrupted run\(advice)")
  }

  /// Says what was found in the data folder.
  private static func introduce(
    _ source: TrainingSource, _ settings: RunConfiguration, quiet: Bool, _ console: Console
  ) {
    guard let account = settings.account else { return }
    let text = DataAccountText(account, settings)
    if !quiet {
      for line in text.lines { console.say(line) }
    }
    for warning in source.passedOver + source.unusedExclusions + text.warnings {
      console.warn(warning)
    }
    guard !quiet else { return }
    for note in text.notes + [source.maskNote].compactMap(\.self) {
      console.say("note: \(note)")
    }
  }

  /// Says that a run is too short for shapes, and how long would do; nil where it is long enough.
  private static func shortness(of settings: RunConfiguration) -> String? {
    let steps = min(settings.totalSteps, settings.steps ?? .max)
    guard TrainingLength.isShort(steps: steps) else { return nil }
    let length = TrainingLength(
      images: settings.images, batch: settings.batch, epochs: settings.epochs)
    let remedy =
      TrainingLength.isShort(steps: settings.totalSteps)
      ? "--epochs \(length.advisedEpochs)" : "--steps \(TrainingLength.advisedSteps)"
    return "\(Formatting.counted(steps, "step")) in all, but shapes appear after "
      + "\(Formatting.grouped(TrainingLength.stepsUntilShapes)) to "
      + "\(Formatting.grouped(TrainingLength.advisedSteps)): try \(remedy)"
  }

  private static func introduce(_ trainer: Trainer, isResumed: Bool, _ console: Console) {
    let settings = trainer.configuration
    let start = isResumed ? "resuming at step \(trainer.position.step + 1)" : "training"
    console.say(
      "\(start): \(Formatting.counted(settings.images, "image")) at "
        + "\(settings.size)x\(settings.size)x\(settings.channels) "
        + "(split \(settings.split), \(Formatting.classes(settings.classes))), "
        + "\(Formatting.counted(settings.epochs, "epoch")) of "
        + "\(Formatting.counted(trainer.position.stepsPerEpoch, "step"))"
        + (settings.steps.map { " up to step \(Formatting.grouped($0))" } ?? "")
        + ", seed \(settings.seed), "
        + "\(Formatting.counted(settings.threads, "thread")), \(settings.variant)")
    if !isResumed {
      for initial in [settings.initialGenerator, settings.initialDiscriminator] {
        if let initial { console.say("starting from \(initial.file)") }
      }
    }
    if let note = shortness(of: settings) { console.say("note: \(note)") }
    if let limit = settings.steps, trainer.position.step >= limit {
      console.say(
        "note: \(Formatting.counted(trainer.position.step, "step")) already done, so --steps \(limit) "
          + "leaves nothing to do")
    }
    if trainer.position.nextEpoch > settings.epochs {
      console.say("all epochs are already done; raise --epochs to train longer")
    }
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
