import DCGAN
import DataSets

/// A place at which a run went on with other images than before, because its user accepted them.
public struct DataChange: Codable, Equatable, Sendable {
  /// The steps made with the earlier images.
  public let step: Int
  /// The whole epochs made with them; one that was under way begins anew.
  public let epoch: Int
  /// The number of the earlier images.
  public let images: Int
  /// The digest of the list of their files.
  public let digest: String

  private enum CodingKeys: String, CodingKey {
    case step, epoch
    case images = "earlier_images"
    case digest = "earlier_digest"
  }

  /// Collects what was before the change.
  public init(step: Int, epoch: Int, images: Int, digest: String) {
    (self.step, self.epoch, self.images, self.digest) = (step, epoch, images, digest)
  }
}

extension RunConfiguration {
  /// Where epochs of the present number of steps began.
  public var start: TrainingPosition.Start { Self.start(after: data.dataChanges?.last) }

  /// The steps of the run in all, as far as its epochs say.
  public var totalSteps: Int {
    TrainingPosition(step: start.step, stepsPerEpoch: stepsPerEpoch(of: data.images), from: start)
      .steps(throughEpoch: training.epochs)
  }

  /// Returns where the run stood after `step` steps, with the images that it made these steps with.
  public func position(after step: Int) -> TrainingPosition {
    let changes = data.dataChanges ?? []
    // What a later change replaced is what these steps were made with.
    let images = changes.first { $0.step >= step }?.images ?? data.images
    return TrainingPosition(
      step: step, stepsPerEpoch: stepsPerEpoch(of: images),
      from: Self.start(after: changes.last { $0.step < step }))
  }

  /// Returns the changes of a run that goes on after `step` steps with other images than those it made
  /// these steps with: the earlier changes, and this one. Changes after `step` are forgotten.
  package func dataChanges(acceptedAt step: Int) -> [DataChange] {
    let changes = data.dataChanges ?? []
    let next = changes.first { $0.step >= step }
    return changes.filter { $0.step < step } + [
      DataChange(
        step: step, epoch: position(after: step).epochsDone, images: next?.images ?? data.images,
        digest: next?.digest ?? data.dataDigest)
    ]
  }

  private static func start(after change: DataChange?) -> TrainingPosition.Start {
    change.map { TrainingPosition.Start(step: $0.step, epoch: $0.epoch) } ?? .beginning
  }

  private func stepsPerEpoch(of images: Int) -> Int {
    max(1, BatchSchedule.count(images: images, batchSize: training.batch))
  }
}
