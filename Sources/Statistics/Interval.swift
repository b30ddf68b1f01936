import Support

/// An estimate and the bounds between which the truth is expected.
public struct Interval: Sendable, Equatable, Codable {
  /// The estimate itself.
  public let estimate: Double
  /// The lower bound.
  public let lower: Double
  /// The upper bound.
  public let upper: Double

  /// Creates an interval.
  ///
  /// - Precondition: `lower` ≤ `upper`. The estimate may lie outside, as one of a bootstrap's
  ///   percentiles can.
  public init(estimate: Double, lower: Double, upper: Double) {
    require(lower <= upper, "an interval from \(lower) to \(upper)")
    (self.estimate, self.lower, self.upper) = (estimate, lower, upper)
  }

  /// Creates the interval estimate ± z · `standardError` of a normal distribution, with z the
  /// standard normal quantile of (1 + `confidence`) / 2, clipped to `range`.
  ///
  /// - Precondition: 0 < `confidence` < 1, and `standardError` ≥ 0.
  init(
    estimate: Double, standardError: Double, confidence: Double,
    clippedTo range: ClosedRange<Double>
  ) {
    require(confidence > 0 && confidence < 1, "a confidence of \(confidence)")
    require(standardError >= 0, "a standard error of \(standardError)")
    let margin = StandardNormal.quantile((1 + confidence) / 2) * standardError
    self.init(
      estimate: estimate, lower: max(estimate - margin, range.lowerBound),
      upper: min(estimate + margin, range.upperBound))
  }
}
