import Support

/// The probability with which an image is altered before the discriminator sees it, which follows how
/// much the discriminator has learned the training images by heart.
///
/// Karras et al. 2020 (arXiv 2006.06676), §3: the share of training images that it takes for real less
/// the share that it takes for fake, r, goes towards 1 as it overfits. Where r is above a target the
/// probability rises by a fixed amount for each image, else it falls by as much. That takes no more
/// than the scores that a step has anyway. They let it rise from 0 to 1 in 500,000 images, for runs of
/// many millions; here it takes 100,000.
public struct AugmentationControl: Equatable, Sendable {
  /// The r that is held.
  public let target: Double
  /// The probability for the next step, from 0 to 1.
  public private(set) var probability: Double

  /// Images from a probability of 0 to one of 1, at least.
  package static let images = 100_000.0

  /// Begins with a probability; traps where it is none.
  public init(target: Double, probability: Double = 0) {
    require((0...1).contains(probability), "a probability of \(probability)")
    (self.target, self.probability) = (target, probability)
  }

  /// Follows a step.
  ///
  /// - Parameter realScores: D(x) of each real image, as it was shown.
  public mutating func follow(realScores: [Float]) {
    let real = realScores.count { $0 > 0.5 }
    let certainty = Double(2 * real - realScores.count) / Double(max(1, realScores.count))
    let amount = Double(realScores.count) / Self.images
    probability = min(1, max(0, probability + (certainty > target ? amount : -amount)))
  }
}
