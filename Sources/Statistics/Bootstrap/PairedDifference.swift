/// The difference of a statistic between two classifiers on the same cases.
public struct PairedDifference: Sendable, Equatable, Codable {
  /// The first statistic less the second, with its percentile interval.
  public let interval: Interval
  /// The two-sided p-value against there being no difference, above 0 and at most 1.
  public let pValue: Double
}
