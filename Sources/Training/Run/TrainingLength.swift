import DataSets
import Support
import Tensor

/// How long a training is, in steps, and whether shapes can form in so many.
///
/// It is the steps that count, not the epochs: with few images an epoch has few of them. The sheets of
/// real runs show blobs, all of them alike, after some 300 steps, and shapes after some 500 to 1,000.
public struct TrainingLength: Equatable, Sendable {
  /// The images that an epoch uses.
  public let images: Int
  /// The images of a step.
  public let batch: Int
  /// The epochs.
  public let epochs: Int

  /// The steps below which shapes have not formed.
  public static let stepsUntilShapes = 500
  /// The steps that a short training is advised to make, at least.
  public static let advisedSteps = 1000

  /// Measures a training of so many epochs; traps where `batch` is below 1.
  public init(images: Int, batch: Int, epochs: Int) {
    require(batch >= 1, "batches of \(batch) hold nothing")
    self.images = images
    self.batch = batch
    self.epochs = epochs
  }

  /// The steps of an epoch; 0 where the images do not make a batch.
  public var stepsPerEpoch: Int { BatchSchedule.count(images: images, batchSize: batch) }

  /// The steps in all.
  public var steps: Int { epochs * stepsPerEpoch }

  /// Whether the training ends before shapes have formed.
  public var isShort: Bool { Self.isShort(steps: steps) }

  /// The least number of epochs that makes `advisedSteps` steps.
  public var advisedEpochs: Int {
    let steps = max(1, stepsPerEpoch)
    return (Self.advisedSteps + steps - 1) / steps
  }

  /// Returns whether so many steps are too few for shapes to form.
  public static func isShort(steps: Int) -> Bool { steps < stepsUntilShapes }
}
