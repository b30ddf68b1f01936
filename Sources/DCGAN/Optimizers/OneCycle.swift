import Foundation
import Support

/// A learning rate that rises and falls once: along half a cosine from a low rate to the highest, then
/// along another to next to nothing.
///
/// Smith & Topin 2018 (arXiv 1708.07120), with the numbers of `torch.optim.lr_scheduler.OneCycleLR`:
/// it rises for 0.3 of the steps, begins with a 25th of the highest rate and ends with a 10,000th of
/// that. Momentum stays as it is.
public struct OneCycle: Equatable, Sendable {
  /// The highest rate.
  public let highest: Double
  /// The number of steps.
  public let steps: Int

  /// The share of the steps in which the rate rises.
  private static let risingShare = 0.3
  /// By what the highest rate is divided at first.
  private static let firstDivisor = 25.0
  /// By what the first rate is divided at last.
  private static let lastDivisor = 1e4

  /// Plans so many steps; traps where there are none.
  public init(highest: Double, steps: Int) {
    require(steps >= 1, "a cycle of \(steps) steps")
    (self.highest, self.steps) = (highest, steps)
  }

  /// Returns the rate of a step, counted from 0; traps beyond the last.
  public func rate(at step: Int) -> Double {
    require((0..<steps).contains(step), "step \(step) of a cycle of \(steps)")
    let first = highest / Self.firstDivisor
    let (peak, end) = (Self.risingShare * Double(steps) - 1, Double(steps - 1))
    return Double(step) <= peak
      ? Self.cosine(from: first, to: highest, share: Double(step) / peak)
      : Self.cosine(
        from: highest, to: first / Self.lastDivisor,
        share: (Double(step) - peak) / (end - peak))
  }

  /// Returns the point of half a cosine.
  private static func cosine(from start: Double, to end: Double, share: Double) -> Double {
    end + (start - end) / 2 * (cos(.pi * share) + 1)
  }
}
