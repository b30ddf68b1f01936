import Checkpoints
import DCGAN
import DataSets
import Files
import Imaging
import Tensor

/// Trains a model on a data set, and keeps a run's folder up to date.
///
/// Everything random is reached by the run's seed and the number of the step, so a run that goes on
/// from a checkpoint makes the same bytes as one that was never stopped.
public final class Trainer {
  /// The settings.
  public let configuration: RunConfiguration
  /// The model as it stands.
  public let model: AdversarialModel
  /// How far training has come.
  public private(set) var position: TrainingPosition
  private let images: ImageDataSet
  private let heldOut: ImageDataSet?
  private let folder: RunFolder
  private let backend: Backend
  private let techniques: TrainingTechniques
  private let metrics: MetricsLog
  private let epochs: EpochLog
  private let clock = ContinuousClock()
  /// The epoch within which the run stopped, whose checkpoint is of use until the next is written.
  private var unfinishedEpoch: Int?
  /// The step of the newest checkpoint, to which a run that fails goes back; nil before the first.
  private var savedStep: Int?
  /// What there is to say about the folder before the first step.
  private let notices: [String]
  private var stall: StallWatch

  /// The folder of the run.
  public var runPath: String { folder.path }

  /// Makes a trainer of a new run, or of one that goes on from a checkpoint.
  ///
  /// Scores are calibrated on the images that are `heldOut`, or else on those of training.
  /// Checkpoints of later epochs than the one to go on from are renamed. Throws `TrainingError` where
  /// an epoch would have no step or the checkpoint belongs to other settings, and what reading and
  /// writing the folder throw.
  public init(
    configuration: RunConfiguration, images: ImageDataSet, heldOut: ImageDataSet? = nil,
    folder: RunFolder, backend: Backend,
    resumingFrom checkpoint: (value: Checkpoint, path: String)? = nil
  ) throws {
    let steps = try Self.checkEpoch(of: images, configuration)
    self.configuration = configuration
    self.images = images
    self.heldOut = heldOut
    self.folder = folder
    self.backend = backend
    let techniques = configuration.techniques ?? TrainingTechniques()
    let adam = AdamSettings(
      learningRate: configuration.learningRate, beta1: configuration.beta1)
    if let checkpoint {
      try Self.check(
        checkpoint.value, path: checkpoint.path, against: configuration, images: images.count,
        steps: steps)
      let metadata = checkpoint.value.metadata
      model = try AdversarialModel(
        resuming: checkpoint.value, path: checkpoint.path, adam: adam, backend: backend)
      position = TrainingPosition(
        step: metadata.step, stepsPerEpoch: steps, from: configuration.start)
      unfinishedEpoch = position.isEndOfEpoch ? nil : position.epoch
      savedStep = position.step
    } else {
      model = AdversarialModel(
        configuration.model, adam: adam, seed: configuration.seed,
        averageDecay: configuration.averageDecay,
        isSpectrallyNormalized: techniques.spectralNormalization, backend: backend)
      position = TrainingPosition(
        step: configuration.start.step, stepsPerEpoch: steps, from: configuration.start)
    }
    model.setLearningRates(of: techniques)
    self.techniques = techniques
    (metrics, notices) = try Self.goBack(to: position, in: folder)
    epochs = try EpochLog(path: folder.epochsPath, afterStep: position.step)
    stall = StallWatch(
      leastLoss: techniques.leastDiscriminatorLoss, after: try EpochLog.read(folder.epochsPath))
  }

  /// Trains until all epochs are done, the configuration's number of steps is reached, or
  /// `shouldStop` says so between two steps; returns how it ended.
  ///
  /// A checkpoint and a sheet of the same latents are written at the end of epochs, and wherever
  /// training stops. Throws `TrainingError` where a loss or a weight is not finite, before anything
  /// is overwritten, and where a file cannot be written, with where the run can go on.
  public func run(
    shouldStop: () -> Bool = { false }, onEvent: (Event) throws -> Void = { _ in }
  ) throws -> Outcome {
    do {
      return try trainToTheEnd(shouldStop, onEvent)
    } catch let error where error is FileError || error is ImageError {
      let place = savedStep.map { "at step \($0 + 1)" } ?? "from the beginning"
      throw TrainingError(
        "\(error); everything up to then is saved: --resume continues \(place)")
    }
  }

  private func trainToTheEnd(
    _ shouldStop: () -> Bool, _ onEvent: (Event) throws -> Void
  ) throws -> Outcome {
    try writeRealImages()
    for notice in notices { try onEvent(.warning(notice)) }
    while position.nextEpoch <= configuration.epochs {
      if let limit = configuration.steps, position.step >= limit { return .stepsReached }
      let schedule = schedule(epoch: position.nextEpoch)
      while position.nextStepInEpoch < schedule.count {
        let line = try trainStep(schedule.batch(at: position.nextStepInEpoch))
        try onEvent(.step(line, position))
        if let warning = stall.warning(after: line) { try onEvent(.warning(warning)) }
        let isLimit = configuration.steps.map { position.step >= $0 } ?? false
        let isInterrupted = shouldStop()
        guard position.isEndOfEpoch || isLimit || isInterrupted else { continue }
        let hasCollapsed = try save(mustCheckpoint: isLimit || isInterrupted, onEvent)
        if isInterrupted { return .interrupted }
        if hasCollapsed { return .collapsed }
        if isLimit { return .stepsReached }
        break
      }
    }
    return .finished
  }

  /// The batches of an epoch, in an order that depends on the seed and the epoch alone.
  private func schedule(epoch: Int) -> BatchSchedule {
    let random = RandomUse.imageOrder.stream(seed: configuration.seed, part: UInt32(epoch))
    return BatchSchedule(
      order: random.permutation(of: images.count), batchSize: configuration.batch)
  }

  /// Makes one step, logs it and returns its line.
  private func trainStep(_ indices: ArraySlice<Int>) throws -> Metrics {
    let start = clock.now
    let latents = Tensor(
      latents: indices.count, nz: configuration.nz,
      from: RandomUse.trainingLatents.stream(seed: configuration.seed),
      first: position.step * configuration.batch)
    let conditions = StepConditions(
      techniques, seed: configuration.seed, position: position, batch: configuration.batch)
    let result = model.step(
      real: Tensor(images: images, at: indices), latents: latents, conditions: conditions, backend)
    position.advance()
    let line = Metrics(
      result, position: position, seconds: (clock.now - start) / .seconds(1))
    guard line.lossD.isFinite && line.lossG.isFinite else {
      throw divergence(
        "the loss is no longer finite", "(loss_d \(line.lossD.text), loss_g \(line.lossG.text))",
        in: checkpoint())
    }
    try metrics.append(line)
    return line
  }

  /// Says where a number went wrong, and which checkpoint was written before that.
  private func divergence(
    _ what: String, _ numbers: String, in state: Checkpoint
  ) -> TrainingError {
    // A folder that cannot be read must not hide what happened.
    let newest = (try? folder.latestCheckpointEpoch()) ?? nil
    let advice =
      newest.map {
        "; this run's checkpoints are intact: draw with the newest, dcgan sample --epoch \($0)"
      } ?? ""
    return TrainingError(
      "\(what) at step \(position.step) of epoch \(position.epoch) \(numbers): "
        + "\(state.nonFiniteSummary); start a new --run with a smaller --lr\(advice)")
  }

  /// The state as it stands.
  private func checkpoint(_ calibration: ScoreCalibration? = nil) -> Checkpoint {
    model.checkpoint(
      at: position, seed: configuration.seed, images: images.count, calibration: calibration)
  }

  /// The state as it stands, with what evaluation needs of the discriminator; the generator's
  /// statistics are estimated already.
  private func calibratedCheckpoint() -> Checkpoint {
    model.estimateDiscriminatorStatistics(real: images, seed: configuration.seed, backend)
    return checkpoint(
      model.calibration(
        on: heldOut ?? images, isHeldOut: heldOut != nil, seed: configuration.seed, backend))
  }

  /// Writes the sheet, the epoch's line at its end, and the checkpoint where it is due; returns whether
  /// the run is to stop because the generator has collapsed.
  private func save(mustCheckpoint: Bool, _ onEvent: (Event) throws -> Void) throws -> Bool {
    let epoch = position.epoch
    model.estimateGeneratorStatistics(
      images: images.count, seed: configuration.seed, backend)
    let tiles = progressTiles()
    let line = position.isEndOfEpoch ? epochLine(tiles) : nil
    if let line { stall.record(line) }
    let stops = configuration.stopOnCollapse == true && line != nil && stall.hasCollapsed
    let isDue =
      position.isEndOfEpoch
      && (epoch % configuration.checkpointEvery == 0 || epoch == configuration.epochs)
    let state = isDue || mustCheckpoint || stops ? calibratedCheckpoint() : nil
    if let state, !state.isFinite {
      throw divergence("a weight is no longer finite", "although the losses are", in: state)
    }
    try ProgressGrid.sheet.image(of: tiles).writePNG(
      to: folder.progressPath(epoch: epoch), mark: .own(.progress, configuration, epoch: epoch))
    if let line { try epochs.append(line) }
    if let state { try save(state, epoch: epoch) }
    try onEvent(.saved(position, hasCheckpoint: state != nil, diversity: line?.diversity))
    if let line, let warning = stall.warningOfCollapse(after: line) {
      try onEvent(.warning(warning))
    }
    return stops
  }

  /// Sums up the epoch that ends.
  private func epochLine(_ tiles: [PixelImage]) -> EpochMetrics {
    EpochMetrics(
      epoch: position.epoch, step: position.step,
      diversity: Diversity.ratio(
        of: tiles, to: realImages(images.spread(ProgressGrid.sheetImages))))
  }

  /// Writes a checkpoint, after the lines of the steps that it counts, and removes old ones.
  private func save(_ state: Checkpoint, epoch: Int) throws {
    try metrics.synchronize()
    try epochs.synchronize()
    try state.write(to: folder.checkpointPath(epoch: epoch))
    savedStep = position.step
    try removeUnfinished(before: epoch)
    try folder.prune(
      keep: configuration.keep, keepEvery: configuration.keepEvery, after: epoch)
  }

  /// Removes the checkpoint of the epoch that the run had stopped in, unless it was written anew.
  private func removeUnfinished(before epoch: Int) throws {
    guard let unfinished = unfinishedEpoch, position.isEndOfEpoch || unfinished < epoch else {
      return
    }
    unfinishedEpoch = nil
    let path = folder.checkpointPath(epoch: unfinished)
    if unfinished < epoch && Folder.exists(path) { try Folder.remove(path) }
  }

  /// Generates the same latents at every epoch.
  private func progressTiles() -> [PixelImage] {
    let random = RandomUse.progressLatents.stream(seed: configuration.seed)
    let latents = Tensor(latents: ProgressGrid.sheetImages, nz: configuration.nz, from: random)
    return model.generate(latents, backend).pixelImages
  }

  /// Returns images of the data set as the networks see them.
  private func realImages(_ indices: some Sequence<Int>) -> [PixelImage] {
    indices.map { images.image(at: $0) }
  }

  /// Lays out images that are spread over the data set, which diversity compares with, and its first
  /// ones, eight in a row. The second file says that the first holds spread ones, and comes last.
  private func writeRealImages() throws {
    let mark = ImageMark.own(.realImages, configuration)
    try ProgressGrid.sheet.image(of: realImages(images.spread(ProgressGrid.sheetImages)))
      .writePNG(to: folder.realSamplesPath, mark: mark)
    try ProgressGrid.sheet.image(of: realImages(0..<min(ProgressGrid.sheetImages, images.count)))
      .writePNG(to: folder.realFirstPath, mark: mark)
  }
}
