import Checkpoints
import Tensor
import Training

/// What is found out before a run begins or continues; of several ranks on each.
struct PreparedRun {
  /// What is to be done.
  let plan: TrainingPlan
  /// The files that the run trains on.
  let source: TrainingSource
  private let settings: RunConfiguration
  private let initial: InitialNetworks?
  private let folder: RunFolder
  private let data: TrainingData

  /// Checks everything that can be checked before the first step, and decodes the images.
  ///
  /// Throws what is wrong: what ranks find wrong alike on the first, and `OtherRankFailed` on the others.
  init(_ options: TrainOptions, _ backend: Backend, _ console: Console) throws {
    plan = try backend.together { try TrainingPlan(options, backend) }
    var settings = try plan.configuration(options, backend)
    let processes = backend.ranksOfAHost()
    try backend.together { [settings] in
      try Self.check(settings, backend, processes: processes)
    }
    plan.warnOfChangedKernels(backend.variant, console)
    if let warning = backend.emulationWarning { console.warn(warning) }
    source = try backend.together { [plan, settings] in
      try TrainingSource(settings, plan, options)
    }
    try source.compare(on: backend)
    settings.model = source.model(settings.model)
    initial = try backend.together { [plan, settings] in
      try plan.initialNetworks(options, settings)
    }
    source.warnOfOtherHeldOutImages(than: plan.recorded, console)
    // Whether cache and run can be written is found out before the images are decoded.
    try backend.together { [source, settings] in
      guard backend.isFirstRank else { return }
      try CacheChoice.check(
        options.cache, run: options.run, source.listing, settings.reading)
    }
    folder = try backend.together { [plan] in try plan.folder(options, backend) }
    data = try source.load(&settings, plan, options, backend, console)
    if plan.recorded == nil { settings.chooseTechniques(with: options) }
    self.settings = settings
    // Every rank computes a last batch whole that cannot be dealt out evenly.
    let rest = data.images.count % settings.batch
    if let ranks = backend.ranks, !rest.isMultiple(of: ranks.count) {
      let model = settings.model
      try backend.together { try model.checkMemory(batch: rest, processes: processes) }
    }
  }

  /// Throws `TrainingError` where ranks cannot share a batch, or there is too little memory, which in the first
  /// step would kill the process.
  ///
  /// - Parameter processes: The ranks of a machine.
  private static func check(
    _ settings: RunConfiguration, _ backend: Backend, processes: Int
  ) throws {
    try Trainer.checkRanks(of: backend, batch: settings.batch)
    let own = backend.ranks?.part(ofBatch: settings.batch).count ?? settings.batch
    try settings.model.checkMemory(batch: own, processes: processes)
  }

  /// Writes the settings and makes what trains; throws what reading the checkpoint and writing the folder
  /// throw, as the initializer does.
  func makeTrainer(_ options: TrainOptions, _ backend: Backend) throws -> Trainer {
    var settings = settings
    if plan.recorded == nil {
      settings.initialGenerator = initial?[.generator]
      settings.initialDiscriminator = initial?[.discriminator]
      try backend.together { [settings] in
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
    return try backend.together { [settings] in
      try plan.checkLength(after: settings.position(after: step), options)
      return try makeTrainer(settings, checkpoint, backend)
    }
  }

  private func makeTrainer(
    _ settings: RunConfiguration, _ checkpoint: (value: Checkpoint, path: String)?,
    _ backend: Backend
  ) throws -> Trainer {
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
}
