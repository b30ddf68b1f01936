import DCGAN
import Tensor

extension AdversarialModel {
  /// Makes the networks of a checkpoint, with its weights and running statistics, to generate and
  /// to score.
  ///
  /// The model has no average and no spectral norms: its `generator` is the one that makes images, and
  /// the discriminator's filters are as they are applied. The optimizers are new ones.
  ///
  /// Throws `CheckpointError` where a tensor is missing, has another shape, or holds a number that
  /// no training makes.
  public convenience init(_ checkpoint: Checkpoint, path: String) throws {
    self.init(
      zero: checkpoint.metadata.settings, adam: AdamSettings(), averageDecay: nil,
      isSpectrallyNormalized: false)
    try inFile(path) { try loadWeights(checkpoint.tensors) }
  }

  /// Makes the networks and optimizers of a checkpoint, to continue training; throws as the other.
  public convenience init(
    resuming checkpoint: Checkpoint, path: String, adam: AdamSettings = AdamSettings(),
    backend: Backend = Backend(threads: 1)
  ) throws {
    let metadata = checkpoint.metadata
    self.init(
      zero: metadata.settings, adam: adam, averageDecay: metadata.averageDecay,
      isSpectrallyNormalized: metadata.isSpectrallyNormalized)
    try inFile(path) {
      try loadWeights(checkpoint.tensors)
      try loadTrainingState(checkpoint.tensors, backend)
    }
    generatorOptimizer.step = metadata.generatorOptimizerStep
    discriminatorOptimizer.step = metadata.discriminatorOptimizerStep
  }

  /// Copies what makes and scores images out of a checkpoint's tensors.
  private func loadWeights(_ tensors: SafeTensors) throws(CheckpointProblems) {
    for part in parts { try part.network.load(tensors, prefix: part.kind.prefix) }
  }

  /// Copies what training needs besides.
  private func loadTrainingState(
    _ tensors: SafeTensors, _ backend: Backend
  ) throws(CheckpointProblems) {
    try discriminator.loadSpectralNorms(
      tensors, prefix: CheckpointShapes.trainingDiscriminatorPrefix, backend)
    if average != nil {
      try generator.loadParameters(tensors, prefix: CheckpointShapes.trainingGeneratorPrefix)
    }
    for part in parts {
      let (first, second) = part.kind.momentPrefixes
      for moment in part.optimizer.moments {
        try Network.load(tensors, name: first + moment.name, into: moment.first)
        try Network.load(tensors, name: second + moment.name, into: moment.second)
      }
    }
  }

  /// Returns everything that training needs to go on, under the names that `CheckpointShapes`
  /// lists: `generator.` is the generator that makes images, `discriminator.` the one that scores them,
  /// its filters as they are applied.
  ///
  /// The number of `images` decides in which order an epoch shows them, so it is kept beside the
  /// number of steps.
  public func checkpoint(
    at position: TrainingPosition, seed: UInt64, images: Int,
    calibration: ScoreCalibration? = nil
  ) -> Checkpoint {
    var extra = [
      CheckpointMetadata.imagesKey: "\(images)",
      CheckpointMetadata.stepsPerEpochKey: "\(position.stepsPerEpoch)",
      "random": "philox4x32-10, reached by seed and step",
    ]
    if position.start != .beginning {
      extra[CheckpointMetadata.startStepKey] = "\(position.start.step)"
      extra[CheckpointMetadata.startEpochKey] = "\(position.start.epoch)"
    }
    let metadata = CheckpointMetadata(
      version: DCGANVersion.current, epoch: position.epoch, step: position.step, seed: seed,
      settings: settings, generatorOptimizerStep: generatorOptimizer.step,
      discriminatorOptimizerStep: discriminatorOptimizer.step, averageDecay: average?.decay,
      isSpectrallyNormalized: !discriminator.spectralNorms.isEmpty, calibration: calibration,
      extra: extra)
    let entries = parts.flatMap { part in
      let (first, second) = part.kind.momentPrefixes
      return part.network.entries(prefix: part.kind.prefix)
        + part.optimizer.moments.flatMap { moment in
          [
            Network.entry(name: first + moment.name, moment.first),
            Network.entry(name: second + moment.name, moment.second),
          ]
        }
    }
    let inTraining =
      average == nil
      ? [] : generator.parameterEntries(prefix: CheckpointShapes.trainingGeneratorPrefix)
    let normalized = discriminator.spectralEntries(
      prefix: CheckpointShapes.trainingDiscriminatorPrefix)
    return Checkpoint(metadata: metadata, entries: entries + inTraining + normalized)
  }

  private var parts: [(kind: NetworkKind, network: Network, optimizer: Adam)] {
    [
      (.generator, imageGenerator, generatorOptimizer),
      (.discriminator, discriminator, discriminatorOptimizer),
    ]
  }
}
