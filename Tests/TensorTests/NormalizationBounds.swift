import Tensor
import TestSupport

/// How far batch normalization in Float may be from exact arithmetic: its roundings, to first order.
///
/// With u the unit roundoff, a chain of n additions is off by at most n·u·Σ|terms| (Higham, "Accuracy
/// and Stability of Numerical Algorithms", §3.1 and §4.2). A channel is summed in chains of at most
/// 256 rows, which are merged in Double. An element so near the rectifier's edge that rounding may
/// carry it across counts with either slope.
struct NormalizationBounds {
  let mean: [Double]
  let variance: [Double]
  let output: [Double]
  let beta: [Double]
  let gamma: [Double]
  let input: [Double]

  /// Follows the roundings through the forward pass and back.
  init(
    x: [Double], dy: [Double], statistics: (mean: [Double], variance: [Double]), gamma: [Double],
    beta: [Double], slope: Double, gradient: (gamma: [Double], beta: [Double])
  ) {
    let channels = gamma.count
    let rows = x.count / channels
    var all = Array(repeating: Channel(), count: channels)
    var output = Array(repeating: 0.0, count: x.count)
    var input = output
    for c in 0..<channels {
      let places = (0..<rows).map { $0 * channels + c }
      all[c] = Channel(
        x: places.map { x[$0] }, mean: statistics.mean[c], variance: statistics.variance[c],
        gamma: gamma[c], beta: beta[c])
      for i in places { output[i] = all[c].output(x[i]) }
      for i in places { all[c].add(x: x[i], dy: dy[i], slope: slope) }
      all[c].finish(dGamma: gradient.gamma[c])
      for i in places {
        input[i] = all[c].input(
          x: x[i], dy: dy[i], slope: slope, dGamma: gradient.gamma[c], dBeta: gradient.beta[c])
      }
    }
    mean = all.map(\.meanError)
    variance = all.map(\.varianceError)
    self.beta = all.map(\.betaError)
    self.gamma = all.map(\.gammaError)
    (self.output, self.input) = (output, input)
  }
}

/// One channel's exact numbers, and the errors of the computed ones.
private struct Channel {
  private let u = unitRoundoff
  private var rows = 0.0
  private var chain = 0.0
  private var mean = 0.0
  private var inverse = 0.0
  private var scale = 0.0
  private var shift = 0.0
  /// The relative error of 1/σ.
  private var inverseError = 0.0
  var meanError = 0.0
  var varianceError = 0.0
  var betaError = 0.0
  var gammaError = 0.0

  init() {}

  init(x: [Double], mean: Double, variance: Double, gamma: Double, beta: Double) {
    rows = Double(x.count)
    chain = min(256, rows)
    self.mean = mean
    inverse = 1 / (variance + 1e-5).squareRoot()
    scale = gamma * inverse
    shift = beta - mean * scale
    // The chain, the division by the rows, the rounding of the merged mean.
    meanError = (chain + 2) * u * x.reduce(0) { $0 + abs($1) } / rows
    // Deviations from a piece's own mean, and the shift of the pieces' means (Cauchy-Schwarz).
    varianceError =
      (chain + 4) * u * variance + 2 * meanError * variance.squareRoot() + meanError * meanError
    inverseError = varianceError * inverse * inverse / 2 + u
  }

  /// The error of `z = x·scale + shift`, and so of its rectifier.
  func output(_ x: Double) -> Double {
    let z = x * scale + shift
    // scale = γ·(1/σ) and shift = β − mean·scale share the error of 1/σ and its rounding.
    let shared = abs(scale) * (abs(x - mean) * (inverseError + u) + meanError)
    return shared + u * (abs(scale * mean) + abs(shift) + abs(x * scale) + 2 * abs(z))
  }

  /// The gradient before the rectifier, and by how much the wrong side would change it.
  private func beforeRectifier(x: Double, dy: Double, slope: Double) -> (Double, Double) {
    let z = x * scale + shift
    return (z > 0 ? dy : slope * dy, abs(z) <= output(x) ? (1 - slope) * abs(dy) : 0)
  }

  /// Adds an element's share of the errors of dβ and of dγ·σ.
  mutating func add(x: Double, dy: Double, slope: Double) {
    let (dz, flip) = beforeRectifier(x: x, dy: dy, slope: slope)
    let distance = abs(x - mean)
    betaError += (chain + 2) * u * abs(dz) + flip
    gammaError += (chain + 4) * u * abs(dz) * distance + meanError * abs(dz) + flip * distance
  }

  /// Turns the sum's error into that of dγ, which is the sum times 1/σ.
  mutating func finish(dGamma: Double) {
    gammaError = gammaError * inverse + (inverseError + 2 * u) * abs(dGamma)
  }

  /// The error of `dx = scale·dz − scale/m·dβ − scale/m·dγ/σ·(x − mean)`.
  func input(x: Double, dy: Double, slope: Double, dGamma: Double, dBeta: Double) -> Double {
    let (dz, flip) = beforeRectifier(x: x, dy: dy, slope: slope)
    let distance = abs(x - mean) * inverse
    let inner = abs(dz) + (abs(dBeta) + abs(dGamma) * distance) / rows
    // Each term is rounded up to five times on its way; dγ/σ has the error of 1/σ once more.
    let rounding = inner * (2 * inverseError + 8 * u)
    let sums = (betaError + gammaError * distance + abs(dGamma) * inverse * meanError) / rows
    return abs(scale) * (rounding + sums + flip)
  }
}
