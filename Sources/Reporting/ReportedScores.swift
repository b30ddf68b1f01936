import DCGAN
import Imaging
import Samples
import Tensor

/// How a checkpoint's discriminator scores real and generated images.
public struct ReportedScores: Equatable, Sendable {
  /// Scores of one kind of image.
  public struct Group: Equatable, Sendable {
    /// The scores' distribution.
    public let summary: ScoreSummary
    /// How many reach the threshold.
    public let passing: Int

    /// Sums up scores; nil where none is a number.
    public init?(_ scores: [Float], threshold: Float) {
      guard let summary = ScoreSummary(scores) else { return nil }
      self.summary = summary
      passing = scores.count { $0 >= threshold }
    }

    /// The share that reaches the threshold, 0 to 1.
    public var share: Double { Double(passing) / Double(summary.count) }
  }

  /// Where the real images came from.
  public enum RealSource: Equatable, Sendable {
    /// From the data set's folder, evenly spread over it.
    case dataSet
    /// From `real-samples.png`, evenly spread over the data, because the data set is not at hand.
    case realSamples
    /// Likewise, from that of an earlier version, which holds the first images of the data.
    case firstImages
  }

  /// The epoch of the checkpoint.
  public let epoch: Int
  /// The score from which an image passes.
  public let threshold: Float
  /// The seed of the generated images: those of `dcgan sample`, from candidate 0 on.
  public let seed: UInt64
  /// The scores of real images, or nil where there are no images.
  public let real: Group?
  /// Where the real images came from.
  public let realSource: RealSource
  /// The scores of generated images, or nil where none is a number.
  public let generated: Group?

  /// Puts the scores together.
  public init(
    epoch: Int, threshold: Float, seed: UInt64, real: [Float], realSource: RealSource,
    generated: [Float]
  ) {
    self.epoch = epoch
    self.threshold = threshold
    self.seed = seed
    self.real = Group(real, threshold: threshold)
    self.realSource = realSource
    self.generated = Group(generated, threshold: threshold)
  }
}

extension AdversarialModel {
  /// Scores images of any number, some at a time.
  ///
  /// - Parameter labels: their classes; nil where the networks know none.
  func score(_ images: [PixelImage], labels: [Int]?, _ backend: Backend) -> [Float] {
    stride(from: 0, to: images.count, by: 64).flatMap { first in
      let part = first..<min(images.count, first + 64)
      return score(
        Tensor(
          networkImages: Array(images[part]), size: settings.size, channels: settings.channels),
        labels: labels.map { Array($0[part]) }, backend)
    }
  }
}
