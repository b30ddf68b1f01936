/// The difference of two areas under the ROC curve on the same cases, and how sure it is.
public struct AUROCComparison: Sendable, Equatable {
  /// The first area less the second, ± z standard deviations, clipped to -1...1.
  ///
  /// It is all of -1...1 where one of the kinds has a single case.
  public let difference: Interval
  /// The difference over its standard deviation; nil where that is unknown or, of a difference other
  /// than 0, is 0: then the approximation says nothing.
  public let z: Double?
  /// The two-sided chance of such a difference if the areas were the same, above 0 and at most 1; nil
  /// as `z` is.
  public let pValue: Double?

  /// Tests a difference by its variance.
  init(difference: Double, variance: Double?, confidence: Double) {
    guard let variance else {
      self.difference = Interval(estimate: difference, lower: -1, upper: 1)
      (z, pValue) = (nil, nil)
      return
    }
    let standardError = variance.squareRoot()
    self.difference = Interval(
      estimate: difference, standardError: standardError, confidence: confidence,
      clippedTo: -1...1)
    if standardError > 0 {
      z = difference / standardError
    } else {
      z = difference == 0 ? 0 : nil
    }
    pValue = z.map(StandardNormal.twoSidedPValue)
  }
}
