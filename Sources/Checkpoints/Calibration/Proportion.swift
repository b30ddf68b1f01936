import Support
import Tensor

/// How many of a number of trials succeeded.
public struct Proportion: Equatable, Sendable {
  /// The trials that succeeded.
  public let successes: Int
  /// All trials.
  public let count: Int

  /// Makes a proportion; traps unless 0 ≤ `successes` ≤ `count`.
  public init(_ successes: Int, of count: Int) {
    require(
      0 <= successes && successes <= count, "\(successes) of \(count) trials cannot have succeeded")
    (self.successes, self.count) = (successes, count)
  }

  /// The share p = successes / count; nil where nothing was tried.
  public var share: Double? { count == 0 ? nil : Double(successes) / Double(count) }

  /// The interval that holds the true share in 95 of 100 repetitions; nil where nothing was tried.
  ///
  /// Wilson's score interval, E. B. Wilson, "Probable Inference, the Law of Succession, and
  /// Statistical Inference" (1927), which stays within 0 … 1 and holds for few trials and for shares
  /// near the ends: with n trials and z = 1.96,
  ///
  ///     (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n)
  public var interval: ClosedRange<Double>? {
    guard let share else { return nil }
    let n = Double(count)
    let z = 1.959963984540054
    let centre = share + z * z / (2 * n)
    let half = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    return max(0, (centre - half) / scale)...min(1, (centre + half) / scale)
  }
}
