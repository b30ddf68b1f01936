/// The distribution of scores, in a few numbers.
public struct ScoreSummary: Equatable, Sendable, Codable {
  /// How many scores there are.
  public let count: Int
  /// The least.
  public let minimum: Float
  /// The median.
  public let median: Float
  /// Nine tenths lie below it.
  public let percentile90: Float
  /// All but a hundredth lie below it.
  public let percentile99: Float
  /// The largest.
  public let maximum: Float
  /// Scores in ten equal parts of 0 … 1; 1 counts to the last.
  public let histogram: [Int]

  /// Sums up scores in 0 … 1, leaving out what is not a number; nil where nothing is left.
  public init?(_ scores: [Float]) {
    let scores = scores.filter { !$0.isNaN }
    guard !scores.isEmpty else { return nil }
    let sorted = scores.sorted()
    func quantile(_ fraction: Double) -> Float {
      sorted[Int((Double(sorted.count - 1) * fraction).rounded())]
    }
    count = sorted.count
    minimum = quantile(0)
    median = quantile(0.5)
    percentile90 = quantile(0.9)
    percentile99 = quantile(0.99)
    maximum = quantile(1)
    var bins = Array(repeating: 0, count: 10)
    for score in scores { bins[max(0, min(9, Int(score * 10)))] += 1 }
    histogram = bins
  }
}
