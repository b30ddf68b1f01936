import Imaging
import Support

/// Where the synthetic images of a share come from.
protocol SyntheticSource {
  /// Returns so many images of a class, the first ones of a row that the seed decides, so that fewer
  /// are a part of more; fewer where there are no more.
  ///
  /// - Parameters:
  ///   - minimumScore: the least score that the discriminator gives; 0 for any.
  ///   - shouldStop: whether to stop short.
  func images(
    ofClass label: Int, count: Int, seed: Int, minimumScore: Double, shouldStop: () -> Bool
  ) throws -> [PixelImage]

  /// What is to be said beside each figure that comes of them; nil for nothing.
  var caveat: Message? { get }

  /// Whether it knows the scores of its images.
  var hasScores: Bool { get }
}
