import Statistics

/// The ROC curve of an arm at a share: that of the mean probability over its trainings.
public struct StudyCurve: Equatable, Sendable {
  /// A point of the curve.
  public struct Point: Equatable, Sendable {
    /// The share of negative test images that are called positive.
    public let falsePositiveRate: Double
    /// The share of positive test images that are called so.
    public let truePositiveRate: Double
  }

  /// The share of the real training images.
  public let share: Double
  /// The arm and its ratio.
  public let mixture: StudyMixture
  /// The points from (0, 0) to (1, 1), thinned.
  public let points: [Point]

  /// Points that a curve has at most.
  private static let mostPoints = 80

  /// Draws the curve of predictions of the same test images.
  init(
    share: Double, mixture: StudyMixture, records: [CellRecord], labels: [Int]
  ) {
    self.share = share
    self.mixture = mixture
    let means = labels.indices.map { image in
      records.reduce(0) { $0 + $1.test[image][1] } / Double(records.count)
    }
    let all = BinaryOutcomes(scores: means, isPositive: labels.map { $0 == 1 }).rocPoints
    let gaps = Self.mostPoints - 1
    let places =
      all.count <= Self.mostPoints
      ? Array(all.indices) : (0...gaps).map { $0 * (all.count - 1) / gaps }
    points = places.map {
      Point(
        falsePositiveRate: all[$0].falsePositiveRate, truePositiveRate: all[$0].truePositiveRate)
    }
  }
}
