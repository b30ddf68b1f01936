import Support

/// A statistic of a test set, and of every test set drawn from it.
public struct ResampledStatistic: Sendable {
  /// The statistic of the test set itself.
  public let estimate: Double
  /// The statistic of each draw.
  public let draws: [Double]
  private let plan: PairedBootstrap.Plan

  /// Joins the statistics of a bootstrap's draws.
  init(estimate: Double, draws: [Double], plan: PairedBootstrap.Plan) {
    require(
      estimate.isFinite && draws.allSatisfy(\.isFinite), "a statistic of a draw is not finite")
    (self.estimate, self.draws, self.plan) = (estimate, draws, plan)
  }

  /// The estimate with the percentile interval of the draws (Efron & Tibshirani 1993, §13.3),
  /// interpolated linearly.
  public var interval: Interval {
    let rising = draws.sorted()
    let tail = (1 - plan.confidence) / 2
    return Interval(
      estimate: estimate, lower: Self.quantile(tail, rising),
      upper: Self.quantile(1 - tail, rising))
  }

  /// Returns how far this statistic lies above another of the same draws.
  ///
  /// With d* the difference in a draw and B draws, the p-value is twice the smaller of
  /// (1 + #{d* ≤ 0}) / (B + 1) and (1 + #{d* ≥ 0}) / (B + 1), and at most 1. The test set itself
  /// counts as a draw on either side, so no number of draws makes it 0 (A. Davison, D. Hinkley,
  /// "Bootstrap Methods and their Application", 1997, §4.2).
  ///
  /// - Precondition: Both come from equal bootstraps.
  public func difference(from other: ResampledStatistic) -> PairedDifference {
    require(plan == other.plan, "statistics of different draws are compared")
    let differences = ResampledStatistic(
      estimate: estimate - other.estimate, draws: zip(draws, other.draws).map { $0 - $1 },
      plan: plan)
    let below = differences.draws.count { $0 <= 0 }
    let above = differences.draws.count { $0 >= 0 }
    let share = Double(1 + min(below, above)) / Double(1 + draws.count)
    return PairedDifference(interval: differences.interval, pValue: min(2 * share, 1))
  }

  /// Returns a quantile of rising numbers: that of place `share` · (n − 1), counted from 0,
  /// interpolated linearly between neighbours.
  private static func quantile(_ share: Double, _ rising: [Double]) -> Double {
    let place = share * Double(rising.count - 1)
    let below = Int(place)
    guard below + 1 < rising.count else { return rising[below] }
    return rising[below] + (place - Double(below)) * (rising[below + 1] - rising[below])
  }
}
