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
///
/// On a backend with ranks every rank has a trainer and makes the same steps, each on its part of every
/// batch. A last, smaller batch of an epoch that cannot be dealt out evenly is computed whole by every rank.
/// What evaluation needs of the networks they compute together too, so that all have the same state at any
/// time, and rank 0 alone writes the run's folder.
public final class Trainer {
  /// The settings.
  public let configuration: RunConfiguration
  /// The model as it stands.
  public let model: AdversarialModel
  /// How far training has come.
  public internal(set) var position: TrainingPosition
  let images: ImageDataSet
  let heldOut: ImageDataSet?
  let folder: RunFolder
  let backend: Backend
  let techniques: TrainingTechniques
  /// How many images are altered; nil where all are, or none.
  var augmentation: AugmentationControl?
  /// The run's logs; nil on a rank that does not write.
  let logs: RunLogs?
  let clock = ContinuousClock()
  /// The epoch within which the run stopped, whose checkpoint is of use until the next is written.
  var unfinishedEpoch: Int?
  /// The step of the newest checkpoint, to which a run that fails goes back; nil before the first.
  var savedStep: Int?
  var stall: StallWatch
  /// The batches of the epoch under way.
  var schedule: (epoch: Int, batches: BatchSchedule)?

  /// The folder of the run.
  public var runPath: String { folder.path }

  /// Makes a trainer of a new run, or of one that goes on from a checkpoint.
  ///
  /// Scores are calibrated on the images that are `heldOut`, or else on those of training.
  /// Checkpoints of later epochs than the one to go on from are renamed. Throws `TrainingError` where
  /// an epoch would have no step, ranks cannot share a batch or the checkpoint belongs to other settings,
  /// and what reading and writing the folder throw.
  public init(
    configuration: RunConfiguration, images: ImageDataSet, heldOut: ImageDataSet? = nil,
    folder: RunFolder, backend: Backend,
    resumingFrom checkpoint: (value: Checkpoint, path: String)? = nil
  ) throws {
    let steps = try Self.checkEpoch(of: images, configuration)
    try Self.checkRanks(of: backend, batch: configuration.batch)
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
      model = try backend.withoutRanks {
        try AdversarialModel(
          resuming: checkpoint.value, path: checkpoint.path, adam: adam, backend: backend)
      }
      position = TrainingPosition(
        step: metadata.step, stepsPerEpoch: steps, from: configuration.start)
      unfinishedEpoch = position.isEndOfEpoch ? nil : position.epoch
      savedStep = position.step
    } else {
      model = backend.withoutRanks {
        AdversarialModel(
          configuration.model, adam: adam, seed: configuration.seed,
          averageDecay: configuration.averageDecay,
          isSpectrallyNormalized: techniques.spectralNormalization, backend: backend)
      }
      position = TrainingPosition(
        step: configuration.start.step, stepsPerEpoch: steps, from: configuration.start)
    }
    self.techniques = techniques
    augmentation = techniques.augmentationTarget.map {
      AugmentationControl(
        target: $0, probability: checkpoint?.value.metadata.augmentationProbability ?? 0)
    }
    logs = backend.isFirstRank ? try RunLogs(goingBackTo: position, in: folder) : nil
    stall = StallWatch(
      leastLoss: techniques.leastDiscriminatorLoss,
      after: logs == nil ? [] : try EpochLog.read(folder.epochsPath))
  }

  /// Trains until all epochs are done, the configuration's number of steps is reached, or
  /// `shouldStop` says so between two steps; returns how it ended.
  ///
  /// A checkpoint and a sheet of the same latents are written at the end of epochs, and wherever
  /// training stops. Throws `TrainingError` where a loss or a weight is not finite, before anything
  /// is overwritten, and where a file cannot be written or an image not be read from its cache, with
  /// where the run can go on.
  ///
  /// All ranks run at once. They stop after the same step where one is to stop, and end in the same way;
  /// where one fails between two steps, it throws why, and the others `OtherRankFailed`. One that cannot
  /// read its images throws within the step, in which the others wait for it: whoever called it must end
  /// them. Rank 0 alone reports what is saved. Throws `TrainingError` too where a rank begins with other
  /// images, settings or weights than rank 0.
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
    try begin(onEvent)
    while position.nextEpoch <= configuration.epochs {
      if hasReachedLimit { return .stepsReached }
      let line = try trainStep(nextBatch())
      let isAsked = try backend.onAnyRank {
        try log(line, onEvent)
        return shouldStop()
      }
      let stop: Outcome? = isAsked ? .interrupted : hasReachedLimit ? .stepsReached : nil
      guard position.isEndOfEpoch || stop != nil else { continue }
      let hasCollapsed = try save(mustCheckpoint: stop != nil, onEvent)
      if hasCollapsed && stop != .interrupted { return .collapsed }
      if let stop { return stop }
    }
    return .finished
  }

  /// Compares the ranks, and writes and says what comes before the first step.
  private func begin(_ onEvent: (Event) throws -> Void) throws {
    try compareRanks()
    try backend.together {
      guard let logs else { return }
      try writeRealImages()
      for notice in logs.notices { try onEvent(.warning(Message(notice))) }
    }
  }

  /// Whether the run has made as many steps as it was asked for.
  private var hasReachedLimit: Bool { configuration.steps.map { position.step >= $0 } ?? false }
}
