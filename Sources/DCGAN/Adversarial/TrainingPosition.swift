import Support
import Tensor

/// Where in a run training stands: after so many steps, each epoch having the same number of them from
/// some step on.
public struct TrainingPosition: Equatable, Sendable {
  /// A place between two epochs from which on epochs are counted in steps.
  public struct Start: Equatable, Sendable {
    /// The steps made before it.
    public let step: Int
    /// The epochs made before it.
    public let epoch: Int

    /// The beginning of a run.
    public static let beginning = Start(step: 0, epoch: 0)

    /// Joins the two; traps where one is below zero.
    public init(step: Int, epoch: Int) {
      require(step >= 0 && epoch >= 0, "epoch \(epoch) at step \(step)")
      (self.step, self.epoch) = (step, epoch)
    }
  }

  /// Steps of an epoch.
  public let stepsPerEpoch: Int
  /// Where epochs of that many steps began.
  public let start: Start
  /// Steps done since the run began.
  public private(set) var step: Int

  /// Stands after `step` steps; traps where an epoch has none or `step` lies before `start`.
  public init(step: Int = 0, stepsPerEpoch: Int, from start: Start = .beginning) {
    require(
      step >= start.step && stepsPerEpoch > 0,
      "step \(step) of epochs of \(stepsPerEpoch) steps from step \(start.step) on")
    self.step = step
    self.stepsPerEpoch = stepsPerEpoch
    self.start = start
  }

  private var counted: Int { step - start.step }

  /// The epoch, counted from 1, that the last step belonged to; 1 before the first step.
  public var epoch: Int {
    counted == 0 ? max(1, start.epoch) : start.epoch + (counted - 1) / stepsPerEpoch + 1
  }

  /// The whole epochs done.
  public var epochsDone: Int { start.epoch + counted / stepsPerEpoch }

  /// Whether the last step was the last of its epoch.
  public var isEndOfEpoch: Bool { step > 0 && counted % stepsPerEpoch == 0 }

  /// The epoch, counted from 1, that the next step belongs to.
  public var nextEpoch: Int { epochsDone + 1 }

  /// The place of the next step in its epoch, counted from 0.
  public var nextStepInEpoch: Int { counted % stepsPerEpoch }

  /// The place of the last step in its epoch, counted from 1.
  public var stepInEpoch: Int { counted == 0 ? 0 : (counted - 1) % stepsPerEpoch + 1 }

  /// How many epochs are done, as a fraction.
  public var exactEpochsDone: Double {
    Double(start.epoch) + Double(counted) / Double(stepsPerEpoch)
  }

  /// The steps done by the end of epoch `epochs`.
  public func steps(throughEpoch epochs: Int) -> Int {
    start.step + (epochs - start.epoch) * stepsPerEpoch
  }

  /// Moves on by one step.
  package mutating func advance() { step += 1 }
}
