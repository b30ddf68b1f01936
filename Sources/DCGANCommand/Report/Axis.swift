import Foundation

/// Divides a range of values into a few round steps, and writes them.
package struct Axis: Equatable {
  /// The largest value, which the last tick has; the least is 0.
  package let end: Double
  /// The distance between ticks: 1, 2 or 5 times a power of ten.
  package let step: Double

  /// Makes an axis from 0 to `largest` or a little above, with at most `ticks` steps; to 1 where
  /// `largest` is no positive number.
  package init(through largest: Double, ticks: Int) {
    let largest = largest.isFinite && largest > 0 ? largest : 1
    let raw = largest / Double(ticks)
    let power = pow(10, (log10(raw)).rounded(.down))
    let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= raw * (1 - 1e-9) } ?? 10 * power
    self.step = step
    end = (largest / step - 1e-9).rounded(.up) * step
  }

  /// Makes an axis from 0 to exactly `end`, whose ticks stand at round values up to it.
  package init(endingAt end: Double, ticks: Int) {
    let rounded = Axis(through: end, ticks: ticks)
    step = rounded.step
    self.end = end > 0 ? end : rounded.end
  }

  /// Lists the values of the ticks.
  package var ticks: [Double] {
    (0...Int((end / step + 1e-9).rounded(.down))).map { Double($0) * step }
  }

  /// Writes a value with as many decimals as the step has.
  package func text(_ value: Double) -> String {
    let decimals = max(0, Int(-log10(step).rounded(.down)))
    return decimals == 0
      ? Formatting.grouped(Int(value.rounded())) : Formatting.fixed(value, decimals: decimals)
  }
}
