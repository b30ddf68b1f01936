import Checkpoints
import DCGAN
import DataSets
import Files
import Imaging
import Support
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
  let images: ImageDataSet
  let heldOut: ImageDataSet?
  let folder: RunFolder
  let backend: Backend
  private let techniques: TrainingTechniques
  /// How many images are altered; nil where all are, or none.
  private(set) var augmentation: AugmentationControl?
  let metrics: MetricsLog
  let epochs: EpochLog
  private let clock = ContinuousClock()
  /// The epoch within which the run stopped, whose checkpoint is of use until the next is written.
  var unfinishedEpoch: Int?
  /// The step of the newest checkpoint, to which a run that fails goes back; nil before the first.
  var savedStep: Int?
  /// What there is to say about the folder before the first step.
  private let notices: [String]
  var stall: StallWatch
  /// The batches of the epoch under way.
  private var schedule: (epoch: Int, batches: BatchSchedule)?

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
    let techniques = configuration.techniquesInUse
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
    self.techniques = techniques
    augmentation = techniques.augmentationTarget.map {
      AugmentationControl(
        target: $0, probability: checkpoint?.value.metadata.augmentationProbability ?? 0)
    }
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
  /// is overwritten, and where a file cannot be written or an image not be read from its cache, with
  /// where the run can go on.
  public func run(
    shouldStop: () -> Bool = { false }, onEvent: (Event) throws -> Void = { _ in }
  ) throws -> Outcome {
    do {
      return try trainToTheEnd(shouldStop, onEvent)
    } catch let error
      where error is FileError || error is ImageError || error is DataSetError
    {
      let place = savedStep.map { "at step \($0 + 1)" } ?? "from the beginning"
      throw TrainingError(
        "\(error); everything up to then is saved: \(.resume) continues \(place)")
    }
  }

  private func trainToTheEnd(
    _ shouldStop: () -> Bool, _ onEvent: (Event) throws -> Void
  ) throws -> Outcome {
    try writeRealImages()
    for notice in notices { try onEvent(.warning(Message(notice))) }
    while position.nextEpoch <= configuration.epochs {
      if hasReachedLimit { return .stepsReached }
      let line = try trainStep(nextBatch())
      try onEvent(.step(line, position))
      if let warning = stall.warning(after: line) { try onEvent(.warning(warning)) }
      let stop: Outcome? = shouldStop() ? .interrupted : hasReachedLimit ? .stepsReached : nil
      guard position.isEndOfEpoch || stop != nil else { continue }
      let hasCollapsed = try save(mustCheckpoint: stop != nil, onEvent)
      if hasCollapsed && stop != .interrupted { return .collapsed }
      if let stop { return stop }
    }
    return .finished
  }

  /// Whether the run has made as many steps as it was asked for.
  private var hasReachedLimit: Bool { configuration.steps.map { position.step >= $0 } ?? false }

  /// Returns the images of the next step, in an order that depends on the seed and the epoch alone.
  private func nextBatch() -> ArraySlice<Int> {
    let epoch = position.nextEpoch
    if let schedule, schedule.epoch == epoch {
      return schedule.batches.batch(at: position.nextStepInEpoch)
    }
    let random = RandomUse.imageOrder.stream(seed: configuration.seed, part: UInt32(epoch))
    let batches = BatchSchedule(
      order: random.permutation(of: images.count), batchSize: configuration.batch)
    schedule = (epoch, batches)
    return batches.batch(at: position.nextStepInEpoch)
  }

  /// Lets the next batch of this epoch be fetched from the disk while the step is computed.
  private func announceNextBatch() {
    let next = position.nextStepInEpoch + 1
    guard let batches = schedule?.batches, next < batches.count else { return }
    images.announce(batches.batch(at: next))
  }

  /// Makes one step, logs it and returns its line.
  private func trainStep(_ indices: ArraySlice<Int>) throws -> StepMetrics {
    let start = clock.now
    let latents = Tensor(
      latents: indices.count, nz: configuration.nz,
      from: RandomUse.trainingLatents.stream(seed: configuration.seed),
      first: position.step * configuration.batch)
    let conditions = StepConditions(
      techniques, seed: configuration.seed, position: position, batch: configuration.batch,
      augmentationProbability: augmentation?.probability ?? 1)
    model.setLearningRates(
      of: techniques, else: configuration.learningRate, at: position, epochs: configuration.epochs)
    let real = try Tensor(images: images, at: indices)
    announceNextBatch()
    let result = model.step(
      real: real, latents: latents,
      labels: images.labels(at: indices), conditions: conditions, backend)
    position.advance()
    var line = StepMetrics(
      result, position: position, seconds: (clock.now - start) / .seconds(1))
    line.augmentationProbability = augmentation.map { Float($0.probability) }
    augmentation?.follow(realScores: result.realScores)
    guard line.lossD.isFinite && line.lossG.isFinite else {
      throw divergence(
        "the loss is no longer finite", "(loss_d \(line.lossD.text), loss_g \(line.lossG.text))",
        in: checkpoint())
    }
    try metrics.append(line)
    return line
  }

  /// Says where a number went wrong, and which checkpoint was written before that.
  func divergence(
    _ what: String, _ numbers: String, in state: Checkpoint
  ) -> TrainingError {
    // A folder that cannot be read must not hide what happened.
    let newest = (try? folder.latestCheckpointEpoch()) ?? nil
    let advice: Message =
      newest.map {
        "; this run's checkpoints are intact: draw samples with the newest, \(.epoch, $0)"
      } ?? ""
    return TrainingError(
      "\(what) at step \(position.step) of epoch \(position.epoch) \(numbers): "
        + "\(state.nonFiniteSummary); start a new \(.run) with a smaller \(.learningRate)\(advice)")
  }
}
