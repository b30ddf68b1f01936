import DCGAN
import Tensor

extension AdversarialModel {
  /// Makes the networks of a checkpoint, with its weights and running statistics, to generate and
  /// to score; the optimizers are new ones.
  ///
  /// Throws `CheckpointError` where a tensor is missing, has another shape, or holds a number that
  /// no training makes.
  public convenience init(_ checkpoint: Checkpoint, path: String) throws {
    try self.init(
      weightsOf: checkpoint, path: path, adam: AdamSettings(), averageDecay: nil,
      isSpectrallyNormalized: false)
  }

  /// Makes the networks and optimizers of a checkpoint, to go on training; throws as the other.
  public convenience init(
    resuming checkpoint: Checkpoint, path: String, adam: AdamSettings = AdamSettings(),
    backend: Backend = Backend(threads: 1)
  ) throws {
    try self.init(
      weightsOf: checkpoint, path: path, adam: adam,
      averageDecay: checkpoint.metadata.averageDecay,
      isSpectrallyNormalized: checkpoint.metadata.isSpectrallyNormalized)
    try discriminator.loadSpectralNorms(
      checkpoint.tensors, prefix: CheckpointShapes.trainedDiscriminatorPrefix, path: path,
      backend)
    if average != nil {
      try generator.loadParameters(
        checkpoint.tensors, prefix: CheckpointShapes.trainedGeneratorPrefix, path: path)
    }
    for part in parts {
      for moment in part.optimizer.moments {
        let prefix = "optimizer.\(part.name)"
        try Network.load(
          checkpoint.tensors, name: "\(prefix).exp_avg.\(moment.name)", into: moment.first,
          path: path)
        try Network.load(
          checkpoint.tensors, name: "\(prefix).exp_avg_sq.\(moment.name)", into: moment.second,
          path: path)
      }
    }
    generatorOptimizer.step = checkpoint.metadata.generatorOptimizerStep
    discriminatorOptimizer.step = checkpoint.metadata.discriminatorOptimizerStep
  }

  private convenience init(
    weightsOf checkpoint: Checkpoint, path: String, adam: AdamSettings, averageDecay: Double?,
    isSpectrallyNormalized: Bool
  ) throws {
    self.init(
      zero: checkpoint.metadata.settings, adam: adam, averageDecay: averageDecay,
      isSpectrallyNormalized: isSpectrallyNormalized)
    for part in parts {
      try part.network.load(checkpoint.tensors, prefix: "\(part.name).", path: path)
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
      "images": "\(images)",
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
      part.network.entries(prefix: "\(part.name).")
        + part.optimizer.moments.flatMap { moment in
          [
            Network.entry(name: "optimizer.\(part.name).exp_avg.\(moment.name)", moment.first),
            Network.entry(name: "optimizer.\(part.name).exp_avg_sq.\(moment.name)", moment.second),
          ]
        }
    }
    let trained =
      average == nil
      ? [] : generator.parameterEntries(prefix: CheckpointShapes.trainedGeneratorPrefix)
    let normalized = discriminator.spectralEntries(
      prefix: CheckpointShapes.trainedDiscriminatorPrefix)
    return Checkpoint(metadata: metadata, entries: entries + trained + normalized)
  }

  private var parts: [(name: String, network: Network, optimizer: Adam)] {
    [
      ("generator", imageGenerator, generatorOptimizer),
      ("discriminator", discriminator, discriminatorOptimizer),
    ]
  }
}
