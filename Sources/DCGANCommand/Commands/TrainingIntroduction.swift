import Training

/// What is said before the first step.
extension TrainCommand {
  /// Says what was found in the data folder.
  static func introduce(
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
    let alone = settings.steps.map(TrainingLength.isShort) == true ? " without --steps" : ""
    let remedy =
      TrainingLength.isShort(steps: settings.totalSteps)
      ? "--epochs \(length.advisedEpochs)\(alone)" : "--steps \(TrainingLength.advisedSteps)"
    return "\(Formatting.counted(steps, "step")) in all, but shapes appear after "
      + "\(Formatting.grouped(TrainingLength.stepsUntilShapes)) to "
      + "\(Formatting.grouped(TrainingLength.advisedSteps)): try \(remedy)"
  }

  /// Says how long the run is, from where on and with what.
  static func introduce(_ trainer: Trainer, isResumed: Bool, _ console: Console) {
    let settings = trainer.configuration
    let start = isResumed ? "resuming after step \(trainer.position.step)" : "training"
    console.say(
      "\(start): \(Formatting.counted(settings.images, "image")) at "
        + "\(settings.size)x\(settings.size)x\(settings.channels) "
        + "(split \(settings.split), \(Formatting.classes(settings.classes))), "
        + "\(Formatting.counted(settings.epochs, "epoch")) of "
        + "\(Formatting.counted(trainer.position.stepsPerEpoch, "step"))"
        + (settings.steps.map { " up to step \(Formatting.grouped($0))" } ?? "")
        + ", seed \(settings.seed), "
        + "\(settings.program.workers), \(settings.variant)"
        + (settings.precision.map { ", \($0.rawValue)" } ?? ""))
    if !isResumed {
      if let recipe = settings.recipe {
        console.say("recipe \(recipe.rawValue): \(recipe.options)")
      } else {
        console.say("no recipe, but: \(settings.techniquesInUse.summary)")
      }
      for initial in [settings.initialGenerator, settings.initialDiscriminator] {
        if let initial { console.say("starting from \(initial.file)") }
      }
    }
    if let classes = settings.model.classes {
      console.say("conditional on \(Formatting.classes(classes))")
    }
    if let cache = settings.program.cache, cache != CacheChoice.none {
      let place = CacheChoice.path(ofRecorded: cache, run: trainer.runPath)
      console.say("reading the images from the cache \(place)")
    }
    if !isResumed, let note = shortness(of: settings) { console.say("note: \(note)") }
    if let limit = settings.steps, trainer.position.step >= limit {
      console.say(
        "note: \(Formatting.counted(trainer.position.step, "step")) already done, so --steps \(limit) "
          + "leaves nothing to do")
    }
    if trainer.position.nextEpoch > settings.epochs {
      console.say("all epochs are already done; raise --epochs to train longer")
    }
  }
}
