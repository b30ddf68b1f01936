import Support

/// A learning rate that stays as it is for half of the steps, and then falls to another in a straight
/// line.
///
/// Zhu et al. 2017 (arXiv 1703.10593), §4, train so for 100 epochs and 100 more, to a rate of 0.
public struct LinearFall: Equatable, Sendable {
  /// The rate of the first half.
  public let first: Double
  /// The rate that is reached after the last step.
  public let last: Double
  /// The number of steps.
  public let steps: Int

  /// Plans so many steps; traps where there are none.
  ///
  /// - Parameter last: where the rate falls to. One above `first` has no effect: the rate never rises.
  public init(from first: Double, to last: Double, steps: Int) {
    require(steps >= 1, "a fall over \(steps) steps")
    (self.first, self.last, self.steps) = (first, min(first, last), steps)
  }

  /// Returns the rate of a step, counted from 0: with T steps,
  /// `first + (last − first)·max(0, 2·step/T − 1)`; `last` beyond them.
  public func rate(at step: Int) -> Double {
    let share = min(1, max(0, 2 * Double(step) / Double(steps) - 1))
    return first + (last - first) * share
  }
}
