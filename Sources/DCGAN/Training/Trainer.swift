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
  private let folder: RunFolder
  private let backend: Backend
  private let metrics: MetricsLog
  private let clock = ContinuousClock()
  /// The epoch within which the run stopped, whose checkpoint is of use until the next is written.
  private var unfinishedEpoch: Int?

  /// The folder of the run.
  public var runPath: String { folder.path }

  /// Images of a contact sheet at most.
  public static let sheetImages = 64

  /// Makes a trainer of a new run, or of one that goes on from a checkpoint.
  ///
  /// Throws `TrainingError` where an epoch would have no step or the checkpoint belongs to other
  /// settings, and what reading and writing the folder throw.
  public init(
    configuration: RunConfiguration, images: ImageDataSet, folder: RunFolder, backend: Backend,
    resumingFrom checkpoint: (value: Checkpoint, path: String)? = nil
  ) throws {
    let steps = try Self.checkEpoch(of: images, configuration)
    self.configuration = configuration
    self.images = images
    self.folder = folder
    self.backend = backend
    let adam = AdamSettings(
      learningRate: configuration.learningRate, beta1: configuration.beta1)
    if let checkpoint {
      try Self.check(
        checkpoint.value, path: checkpoint.path, against: configuration, images: images.count,
        steps: steps)
      model = try AdversarialModel(
        resuming: checkpoint.value, path: checkpoint.path, adam: adam)
      position = TrainingPosition(
        step: checkpoint.value.metadata.step, stepsPerEpoch: steps)
      unfinishedEpoch = position.isEndOfEpoch ? nil : position.epoch
    } else {
      model = AdversarialModel(configuration.model, adam: adam, seed: configuration.seed)
      position = TrainingPosition(stepsPerEpoch: steps)
    }
    metrics = try MetricsLog(path: folder.metricsPath, afterStep: position.step)
  }

  /// Returns the steps of an epoch; throws `TrainingError` where it would have none.
  @discardableResult
  public static func checkEpoch(
    of images: ImageDataSet, _ configuration: RunConfiguration
  ) throws -> Int {
    let steps = BatchSchedule.count(images: images.count, batchSize: configuration.batch)
    guard steps > 0 else {
      throw TrainingError(
        "an epoch of \(images.count) image has no batch: batch normalization needs at least 2;"
          + " add images to \(configuration.dataPath)")
    }
    return steps
  }

  private static func check(
    _ checkpoint: Checkpoint, path: String, against configuration: RunConfiguration, images: Int,
    steps: Int
  ) throws {
    let metadata = checkpoint.metadata
    let found = [
      metadata.size, metadata.channels, metadata.nz, metadata.ngf, metadata.ndf,
    ]
    let expected = [
      configuration.size, configuration.channels, configuration.nz, configuration.ngf,
      configuration.ndf,
    ]
    guard found == expected && metadata.seed == configuration.seed else {
      throw TrainingError(
        "\(path): size, channels, nz, ngf, ndf \(found) and seed \(metadata.seed) are not the run's"
          + " \(expected) and \(configuration.seed); put the run's own checkpoint there")
    }
    try check(metadata.extra, path: path, images: images, steps: steps)
  }

  /// Compares what decides the order in which an epoch shows the images.
  private static func check(
    _ recorded: [String: String], path: String, images: Int, steps: Int
  ) throws {
    let remedy = "bring back the images that the run began with"
    let count = recorded["images"]
    guard count == "\(images)" else {
      throw TrainingError(
        "\(path): expected the \(count ?? "unknown number of") images that its run began with,"
          + " found \(images) that can be read now; \(remedy)")
    }
    let epoch = recorded[CheckpointMetadata.stepsPerEpochKey]
    guard epoch == "\(steps)" else {
      throw TrainingError(
        "\(path): expected epochs of \(epoch ?? "an unknown number of") steps, found \(steps);"
          + " \(remedy)")
    }
  }

  /// Trains until all epochs are done, the configuration's number of steps is reached, or
  /// `shouldStop` says so between two steps; returns how it ended.
  ///
  /// A checkpoint and a sheet of the same latents are written at the end of epochs, and wherever
  /// training stops. Throws `TrainingError` where a loss is not finite, before anything is
  /// overwritten.
  public func run(
    shouldStop: () -> Bool = { false }, onEvent: (Event) throws -> Void = { _ in }
  ) throws -> Outcome {
    try writeRealSamples()
    while position.nextEpoch <= configuration.epochs {
      if let limit = configuration.steps, position.step >= limit { return .stepsReached }
      let schedule = schedule(epoch: position.nextEpoch)
      while position.nextStepInEpoch < schedule.count {
        let line = try trainStep(schedule.batch(at: position.nextStepInEpoch))
        try onEvent(.step(line, position))
        let isLimit = configuration.steps.map { position.step >= $0 } ?? false
        let isInterrupted = shouldStop()
        guard position.isEndOfEpoch || isLimit || isInterrupted else { continue }
        try save(mustCheckpoint: isLimit || isInterrupted, onEvent)
        if isInterrupted { return .interrupted }
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
    let result = model.step(
      real: Tensor(images: images, at: indices), latents: latents, backend)
    position.advance()
    let line = Metrics(
      result, position: position, seconds: (clock.now - start) / .seconds(1))
    guard line.lossD.isFinite && line.lossG.isFinite else {
      throw TrainingError(
        "the loss is not finite any more at step \(position.step) of epoch \(position.epoch)"
          + " (loss_d \(line.lossD), loss_g \(line.lossG)); start another --run with a smaller --lr"
          + adviceToSample)
    }
    try metrics.append(line)
    return line
  }

  /// Names the newest checkpoint that was written before the numbers went wrong; none where there is
  /// none, or the folder cannot be read, which must not hide what happened.
  private var adviceToSample: String {
    guard let epoch = (try? folder.latestCheckpointEpoch()) ?? nil else { return "" }
    return "; the checkpoints of this one are intact, the newest for dcgan sample --epoch \(epoch)"
  }

  /// Writes the sheet, and the checkpoint where it is due.
  private func save(mustCheckpoint: Bool, _ onEvent: (Event) throws -> Void) throws {
    let epoch = position.epoch
    let isDue =
      position.isEndOfEpoch
      && (epoch % configuration.checkpointEvery == 0 || epoch == configuration.epochs)
    let sheet = progressSheet()
    try sheet.writePNG(to: folder.progressPath(epoch: epoch))
    if isDue || mustCheckpoint {
      try metrics.synchronize()
      try model.checkpoint(at: position, seed: configuration.seed, images: images.count)
        .write(to: folder.checkpointPath(epoch: epoch))
      try removeUnfinished(before: epoch)
      try folder.prune(keep: configuration.keep, keepEvery: configuration.keepEvery)
    }
    try onEvent(.saved(position, hasCheckpoint: isDue || mustCheckpoint))
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

  /// Generates the same latents at every epoch and lays them out, eight in a row.
  private func progressSheet() -> PixelImage {
    let random = RandomUse.progressLatents.stream(seed: configuration.seed)
    let latents = Tensor(latents: Self.sheetImages, nz: configuration.nz, from: random)
    return ProgressGrid.sheet.image(of: model.generate(latents, backend).pixelImages)
  }

  /// Lays out the first images of the data set as the networks see them, eight in a row.
  private func writeRealSamples() throws {
    let first = (0..<min(Self.sheetImages, images.count)).map { images.image(at: $0) }
    try ProgressGrid.sheet.image(of: first).writePNG(to: folder.realSamplesPath)
  }
}
