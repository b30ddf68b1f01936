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
  public var start: TrainingPosition.Start {
    dataChanges?.last.map { TrainingPosition.Start(step: $0.step, epoch: $0.epoch) } ?? .beginning
  }

  /// Returns where the run stands after `step` steps, or where it began to be counted if that is later.
  public func position(after step: Int) -> TrainingPosition {
    TrainingPosition(
      step: max(step, start.step),
      stepsPerEpoch: max(1, BatchSchedule.count(images: images, batchSize: batch)), from: start)
  }
}

extension RunConfiguration {
  /// Returns the changes of a run that goes on after `step` steps with other images than those it made
  /// these steps with: the earlier changes, and this one. Changes after `step` are forgotten.
  package func dataChanges(acceptedAt step: Int) -> [DataChange] {
    let changes = dataChanges ?? []
    let kept = changes.filter { $0.step < step }
    // What a later change replaced is what these steps were made with.
    let next = changes.first { $0.step >= step }
    let before = (images: next?.images ?? images, digest: next?.digest ?? dataDigest)
    let steps = max(1, BatchSchedule.count(images: before.images, batchSize: batch))
    let start = kept.last.map { TrainingPosition.Start(step: $0.step, epoch: $0.epoch) }
    let position = TrainingPosition(step: step, stepsPerEpoch: steps, from: start ?? .beginning)
    return kept + [
      DataChange(
        step: step, epoch: position.epochsDone, images: before.images, digest: before.digest)
    ]
  }
}
