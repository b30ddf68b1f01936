import Foundation

/// Turns the discriminator's logits into probabilities that agree with how often it is right: Platt
/// scaling, `p = 1 / (1 + exp(−(slope · logit + intercept)))`.
///
/// Slope and intercept are the most likely ones on real images that training has not seen and as many
/// fresh fakes, with Platt's targets `(n + 1) / (n + 2)` and `1 / (n + 2)` in place of 1 and 0. Platt
/// 1999, "Probabilistic Outputs for Support Vector Machines"; the algorithm is Newton's with
/// backtracking, after Lin, Lin & Weng 2007, "A note on Platt's probabilistic outputs for support vector
/// machines". The probability is that of an image from a heap of as many real as generated ones.
public struct ScoreCalibration: Equatable, Sendable {
  /// The factor of the logit.
  public let slope: Double
  /// The logit's calibrated value where it is 0.
  public let intercept: Double
  /// How many real images it was fitted to.
  public let realImages: Int
  /// How many fakes it was fitted to.
  public let fakes: Int
  /// Whether training has not seen these real images.
  public let isHeldOut: Bool
  /// The Brier score, the mean of `(p − y)²` with y 1 for real and 0 for fake, of D's own probability.
  public let brierScoreBefore: Double
  /// The Brier score of the calibrated probability, on the same images.
  public let brierScore: Double
  /// How far both probabilities can be believed, on the same images; nil where that was not kept.
  public let reliability: Reliability?

  /// Sets D's own probability beside the calibrated one.
  public struct Reliability: Equatable, Sendable {
    /// The curve of D's own probability.
    public let before: ReliabilityCurve
    /// The curve of the calibrated probability.
    public let after: ReliabilityCurve

    /// Joins the two.
    public init(before: ReliabilityCurve, after: ReliabilityCurve) {
      (self.before, self.after) = (before, after)
    }
  }

  /// Makes a calibration of its parts.
  public init(
    slope: Double, intercept: Double, realImages: Int, fakes: Int, isHeldOut: Bool,
    brierScoreBefore: Double, brierScore: Double, reliability: Reliability? = nil
  ) {
    self.slope = slope
    self.intercept = intercept
    self.realImages = realImages
    self.fakes = fakes
    self.isHeldOut = isHeldOut
    self.brierScoreBefore = brierScoreBefore
    self.brierScore = brierScore
    self.reliability = reliability
  }

  /// Fits a calibration to the logits of real images and of fakes; nil where there are none of a kind,
  /// or one is not finite.
  public init?(real: [Float], fakes: [Float], isHeldOut: Bool) {
    guard !real.isEmpty, !fakes.isEmpty, (real + fakes).allSatisfy(\.isFinite) else { return nil }
    let fit = PlattFit(positive: real.map(Double.init), negative: fakes.map(Double.init))
    let before = Predictions(real: real, fakes: fakes) { sigmoid($0) }
    let after = Predictions(real: real, fakes: fakes) {
      sigmoid(fit.slope * $0 + fit.intercept)
    }
    self.init(
      slope: fit.slope, intercept: fit.intercept, realImages: real.count, fakes: fakes.count,
      isHeldOut: isHeldOut, brierScoreBefore: before.brierScore, brierScore: after.brierScore,
      reliability: Reliability(before: before.curve, after: after.curve))
  }

  /// Returns the calibrated probability of a logit.
  public func callAsFunction(_ logit: Float) -> Float {
    Float(sigmoid(slope * Double(logit) + intercept))
  }
}

/// The probabilities that images of both kinds are real.
private struct Predictions {
  let real: [Double]
  let fakes: [Double]

  init(real: [Float], fakes: [Float], _ probability: (Double) -> Double) {
    self.real = real.map { probability(Double($0)) }
    self.fakes = fakes.map { probability(Double($0)) }
  }

  var brierScore: Double {
    let errors = real.map { 1 - $0 } + fakes
    return errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)
  }

  var curve: ReliabilityCurve { ReliabilityCurve(real: real, fakes: fakes) }
}

/// The logistic regression behind `ScoreCalibration`.
private struct PlattFit {
  private(set) var slope = 0.0
  private(set) var intercept: Double
  private let points: [(logit: Double, target: Double)]

  private static let iterations = 100
  /// Added to the second derivatives, which may vanish.
  private static let ridge = 1e-12
  private static let smallestStep = 1e-10
  private static let smallestGradient = 1e-7

  init(positive: [Double], negative: [Double]) {
    let (p, n) = (Double(positive.count), Double(negative.count))
    intercept = log((p + 1) / (n + 1))
    points =
      positive.map { ($0, (p + 1) / (p + 2)) } + negative.map { ($0, 1 / (n + 2)) }
    for _ in 0..<Self.iterations where !improve() { return }
  }

  /// Makes a step of Newton's method; false where none leads further down.
  private mutating func improve() -> Bool {
    var (h11, h22, h21, g1, g2) = (Self.ridge, Self.ridge, 0.0, 0.0, 0.0)
    for point in points {
      let p = sigmoid(slope * point.logit + intercept)
      let weight = p * (1 - p)
      h11 += point.logit * point.logit * weight
      h22 += weight
      h21 += point.logit * weight
      g1 += point.logit * (p - point.target)
      g2 += p - point.target
    }
    guard max(abs(g1), abs(g2)) >= Self.smallestGradient else { return false }
    let determinant = h11 * h22 - h21 * h21
    let direction = (
      slope: -(h22 * g1 - h21 * g2) / determinant, intercept: -(h11 * g2 - h21 * g1) / determinant
    )
    let descent = g1 * direction.slope + g2 * direction.intercept
    let now = loss(slope, intercept)
    var step = 1.0
    while step >= Self.smallestStep {
      let next = (slope + step * direction.slope, intercept + step * direction.intercept)
      if loss(next.0, next.1) < now + 1e-4 * step * descent {
        (slope, intercept) = next
        return true
      }
      step /= 2
    }
    return false
  }

  /// The negative logarithm of the likelihood.
  private func loss(_ slope: Double, _ intercept: Double) -> Double {
    points.reduce(0) { sum, point in
      let x = slope * point.logit + intercept
      return sum + max(x, 0) - x * point.target + log1p(exp(-abs(x)))
    }
  }
}

private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
