import Tensor

/// Where in a run training stands: after so many steps, each epoch having the same number of them.
public struct TrainingPosition: Equatable, Sendable {
  /// Steps of an epoch.
  public let stepsPerEpoch: Int
  /// Steps done since the run began.
  public private(set) var step: Int

  /// Stands after `step` steps; traps where an epoch has none or `step` is below zero.
  public init(step: Int = 0, stepsPerEpoch: Int) {
    require(
      step >= 0 && stepsPerEpoch > 0, "step \(step) of epochs of \(stepsPerEpoch) steps")
    self.step = step
    self.stepsPerEpoch = stepsPerEpoch
  }

  /// The epoch, counted from 1, that the last step belonged to; 1 before the first step.
  public var epoch: Int { max(0, step - 1) / stepsPerEpoch + 1 }

  /// Whether the last step was the last of its epoch.
  public var isEndOfEpoch: Bool { step > 0 && step % stepsPerEpoch == 0 }

  /// The epoch, counted from 1, that the next step belongs to.
  public var nextEpoch: Int { step / stepsPerEpoch + 1 }

  /// The place of the next step in its epoch, counted from 0.
  public var nextStepInEpoch: Int { step % stepsPerEpoch }

  /// The place of the last step in its epoch, counted from 1.
  public var stepInEpoch: Int { step == 0 ? 0 : (step - 1) % stepsPerEpoch + 1 }

  /// Moves on by one step.
  mutating func advance() { step += 1 }
}
