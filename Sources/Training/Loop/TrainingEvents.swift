import DCGAN
import Support

extension Trainer {
  /// What a trainer tells while it runs.
  public enum Event: Equatable, Sendable {
    /// A step is done.
    case step(StepMetrics, TrainingPosition)
    /// A sheet, and perhaps a checkpoint, is written; at an epoch's end with the sheet's diversity,
    /// where real images have one.
    case saved(TrainingPosition, hasCheckpoint: Bool, diversity: Double?)
    /// Training goes on, but somebody should know this, in words.
    case warning(Message)
  }

  /// How training ended.
  public enum Outcome: Equatable, Sendable {
    /// All epochs are done.
    case finished
    /// The number of steps that was asked for is reached.
    case stepsReached
    /// It was asked to stop.
    case interrupted
    /// The generator has collapsed, and the run was to stop then.
    case collapsed
  }
}

extension StepMetrics {
  /// Sums up a step that took `seconds`.
  init(_ result: AdversarialModel.StepResult, position: TrainingPosition, seconds: Double) {
    func mean(_ values: [Float]) -> Float {
      Float(values.reduce(0) { $0 + Double($1) } / Double(values.count))
    }
    self.init(
      step: position.step, epoch: position.epoch,
      lossD: result.discriminatorLossReal + result.discriminatorLossFake,
      lossG: result.generatorLoss, realScore: mean(result.realScores),
      fakeScore: mean(result.fakeScores),
      updatedFakeScore: mean(result.updatedFakeScores),
      imagesPerSecond: Float(Double(result.realScores.count) / max(seconds, 1e-9)))
  }
}
