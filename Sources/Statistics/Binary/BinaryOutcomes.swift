import Support

/// Scores of cases of two kinds, and how well they tell the kinds apart.
///
/// A higher score speaks for the positive kind. Figures that count errors take a case for positive
/// when its score reaches a threshold.
public struct BinaryOutcomes: Sendable {
  /// The score of each case.
  public let scores: [Double]
  /// Whether each case is of the positive kind.
  public let isPositive: [Bool]
  /// The number of positive cases.
  public let positives: Int
  /// The number of negative cases.
  public let negatives: Int
  /// The cases by rising score.
  let ranking: Ranking

  /// Joins scores with what the cases are.
  ///
  /// - Precondition: There are as many scores as kinds, no score is NaN, and both kinds occur.
  /// - Complexity: O(n log n).
  public init(scores: [Double], isPositive: [Bool]) {
    require(
      scores.count == isPositive.count, "\(scores.count) scores of \(isPositive.count) cases")
    require(!scores.contains { $0.isNaN }, "a score is not a number")
    self.scores = scores
    self.isPositive = isPositive
    positives = isPositive.count { $0 }
    negatives = isPositive.count - positives
    require(positives > 0, "none of \(isPositive.count) cases is positive")
    require(negatives > 0, "none of \(isPositive.count) cases is negative")
    ranking = Ranking(scores: scores, isPositive: isPositive)
  }

  /// The Brier score: the mean of (p − y)², y being 1 for a positive case and 0 for another.
  ///
  /// G. Brier, "Verification of Forecasts Expressed in Terms of Probability" (1950), in the form for
  /// two kinds, which runs from 0 to 1.
  ///
  /// - Precondition: Every score is a probability in 0...1.
  public var brierScore: Double {
    var sum = 0.0
    for (score, isPositive) in zip(scores, isPositive) {
      require(score >= 0 && score <= 1, "a Brier score of \(score), which is no probability")
      let error = score - (isPositive ? 1 : 0)
      sum += error * error
    }
    return sum / Double(scores.count)
  }
}
