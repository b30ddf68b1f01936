import Checkpoints
import DCGAN
import DataSets
import Files
import Imaging
import Samples
import Support
import Tensor
import Training

/// The generator of a share, which sees that share alone: a conditional run in the study's folder.
struct ShareGenerator: SyntheticSource {
  private let model: AdversarialModel
  private let seed: UInt64
  private let backend: Backend

  /// It has seen nothing that the classifiers of the share do not see.
  let caveat: Message? = nil
  let hasScores = true

  /// Steps that an epoch of the run has at least, however few images there are: each is seen so often in
  /// an epoch.
  private static let leastStepsPerEpoch = 100
  private static let batch = 64
  /// Candidates that are tried for each image that a threshold lets pass.
  private static let triesPerImage = 40

  /// Trains the generator, or goes on from where it stopped, or reads it where it is done; nil where
  /// `shouldStop` says so.
  ///
  /// Throws what training throws.
  ///
  /// - Parameters:
  ///   - places: those of the share in the training images.
  ///   - progress: is told the steps done.
  init?(
    _ data: StudyData, places: [Int], share: Double, _ settings: StudySettings,
    _ folder: StudyFolder, _ backend: Backend, shouldStop: () -> Bool,
    progress: (_ step: Int) -> Void
  ) throws {
    let images = Self.images(data, places)
    let configuration = Self.configuration(data, images, share: share, settings, backend)
    let path = folder.generatorPath(share: share)
    guard
      let done = try Self.finished(at: path, settings)
        ?? Self.train(
          configuration, images, at: path, backend, shouldStop: shouldStop, progress: progress)
    else { return nil }
    model = try AdversarialModel(done.value, path: done.path)
    seed = settings.seed
    self.backend = backend
  }

  /// Reads the last checkpoint of the run at a path, which other processes may read too; nil where it has not
  /// all its steps.
  private static func finished(
    at path: String, _ settings: StudySettings
  ) throws -> (value: Checkpoint, path: String)? {
    guard RunFolder.exists(at: path) else { return nil }
    let run = try RunFolder.open(at: path)
    guard try run.latestCheckpointEpoch() != nil else { return nil }
    let found = try run.readCheckpoint(epoch: nil)
    return found.value.metadata.step >= settings.generatorSteps ? (found.value, found.path) : nil
  }

  /// Begins or continues the run, and reads its last checkpoint; nil where it was stopped.
  private static func train(
    _ configuration: RunConfiguration, _ images: ImageDataSet, at path: String, _ backend: Backend,
    shouldStop: () -> Bool, progress: (_ step: Int) -> Void
  ) throws -> (value: Checkpoint, path: String)? {
    let isBegun = RunFolder.exists(at: path)
    let run = try isBegun ? RunFolder.resume(at: path) : RunFolder.claim(at: path)
    if !isBegun { try run.write(configuration) }
    let hasCheckpoint = try run.latestCheckpointEpoch() != nil
    let found = hasCheckpoint ? try run.readCheckpoint(epoch: nil, isResumed: true) : nil
    let trainer = try Trainer(
      configuration: configuration, images: images, folder: run, backend: backend,
      resumingFrom: found.map { ($0.value, $0.path) })
    let outcome = try trainer.run(shouldStop: shouldStop) { event in
      if case .step(let line, _) = event { progress(line.step) }
    }
    if outcome == .interrupted { return nil }
    let last = try run.readCheckpoint(epoch: nil)
    return (last.value, last.path)
  }

  func images(
    ofClass label: Int, count: Int, seed number: Int, minimumScore: Double,
    shouldStop: () -> Bool
  ) throws -> [PixelImage] {
    // Each training and class has candidates of its own.
    let stream = RandomUse.studyLatents.stream(seed: seed, part: UInt32(number * 64 + label))
    let sampler = Sampler(
      model, latents: LatentSource(seed: UInt64(stream.bits(at: 0)), nz: model.settings.nz),
      backend: backend, classes: .inTurn([label]))
    var images: [PixelImage] = []
    _ = sampler.draw(
      count: count, minimumScore: Float(minimumScore),
      maximumTries: minimumScore > 0 ? count * Self.triesPerImage : count,
      shouldStop: shouldStop
    ) { images.append($0.image) }
    return images
  }

  /// Returns the images of a share, each so often that an epoch has enough steps.
  private static func images(_ data: StudyData, _ places: [Int]) -> ImageDataSet {
    let sorted = places.sorted()
    let repeats = max(1, (leastStepsPerEpoch * batch + sorted.count - 1) / sorted.count)
    return data.trainingSet.keeping(sorted.flatMap { Array(repeating: $0, count: repeats) })
  }

  private static func configuration(
    _ data: StudyData, _ images: ImageDataSet, share: Double, _ settings: StudySettings,
    _ backend: Backend
  ) -> RunConfiguration {
    var files = Fingerprint()
    for path in images.paths { files.add(Array(path.utf8) + [0]) }
    let steps = BatchSchedule.count(images: images.count, batchSize: batch)
    let recipe = Recipe.stable
    return RunConfiguration(
      data: RunData(
        dataPath: data.path, split: DataSplit.train.rawValue, dataDigest: files.digits,
        heldOutDigest: RunConfiguration.noHeldOutImages, images: images.count),
      model: settings.model(
        ModelClasses(names: data.classes, images: images.labelCounts(data.classes.count))),
      training: RunTraining(
        epochs: (settings.generatorSteps + steps - 1) / steps, steps: settings.generatorSteps,
        batch: batch, averageDecay: recipe.averageDecay, seed: settings.seed,
        techniques: recipe.techniques.isPlain ? nil : recipe.techniques),
      checkpoints: RunCheckpoints(checkpointEvery: 5, keep: 1, keepEvery: 0),
      program: RunProgram(variant: backend.variant.rawValue, threads: 1))
  }
}
