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

  /// The specificities at which a curve tells its sensitivity.
  public static let specificities = [0.5, 0.7, 0.8, 0.9, 0.95]

  /// The share of the real training images.
  public let share: Double
  /// The arm and its ratio.
  public let mixture: StudyMixture
  /// The points from (0, 0) to (1, 1) between which straight lines are drawn; of more than 80 corners as
  /// many, evenly spaced in their row.
  public let points: [Point]
  /// The greatest sensitivity at each of `specificities` or more, of the whole curve.
  public let sensitivities: [Double]

  /// Points that a curve has at most.
  private static let mostPoints = 80
  /// More than rounding changes a rate, and less than one image does.
  private static let slack = 1e-9

  /// Draws the curve of predictions of the same test images.
  package init(share: Double, mixture: StudyMixture, outcomes: BinaryOutcomes) {
    self.share = share
    self.mixture = mixture
    let all = outcomes.rocPoints.map {
      Point(falsePositiveRate: $0.falsePositiveRate, truePositiveRate: $0.truePositiveRate)
    }
    sensitivities = Self.specificities.map { specificity in
      all.last { $0.falsePositiveRate <= 1 - specificity + Self.slack }?.truePositiveRate ?? 0
    }
    points = Self.thinned(Self.corners(all))
  }

  /// Leaves out the points on the way up or to the right.
  private static func corners(_ points: [Point]) -> [Point] {
    points.indices.filter { place in
      guard place > 0, place + 1 < points.count else { return true }
      let (before, here, after) = (points[place - 1], points[place], points[place + 1])
      let isOnWayUp =
        before.falsePositiveRate == here.falsePositiveRate
        && here.falsePositiveRate == after.falsePositiveRate
      let isOnWayRight =
        before.truePositiveRate == here.truePositiveRate
        && here.truePositiveRate == after.truePositiveRate
      return !isOnWayUp && !isOnWayRight
    }.map { points[$0] }
  }

  private static func thinned(_ points: [Point]) -> [Point] {
    guard points.count > mostPoints else { return points }
    let gaps = mostPoints - 1
    return (0...gaps).map { points[$0 * (points.count - 1) / gaps] }
  }
}
