import Foundation

extension Reference {
  /// Returns `x > 0 ? x : slope·x`.
  public static func leakyRectifier(_ x: Double, slope: Double) -> Double { x > 0 ? x : slope * x }

  /// Returns tanh x.
  public static func tanh(_ x: Double) -> Double { Foundation.tanh(x) }

  /// Returns `1 / (1 + e⁻ˣ)`.
  public static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  /// Makes step t of Adam on one parameter; see `Backend.adamStep`.
  public static func adamStep(
    _ parameter: inout Double, firstMoment m: inout Double, secondMoment v: inout Double,
    gradient g: Double, step: Int, settings: AdamSettings
  ) {
    m = settings.beta1 * m + (1 - settings.beta1) * g
    v = settings.beta2 * v + (1 - settings.beta2) * g * g
    let first = m / (1 - pow(settings.beta1, Double(step)))
    let second = v / (1 - pow(settings.beta2, Double(step)))
    parameter -= settings.learningRate * first / (second.squareRoot() + settings.epsilon)
  }
}
