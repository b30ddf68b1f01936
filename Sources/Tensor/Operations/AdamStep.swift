import KernelTable
import Support

/// The settings of Adam (Kingma & Ba 2015, arXiv 1412.6980).
public struct AdamSettings: Equatable, Sendable {
  /// The learning rate.
  public var learningRate: Double
  /// β₁, the decay of the first moment.
  public var beta1: Double
  /// β₂, the decay of the second moment.
  public var beta2: Double
  /// ε, added to the root of the corrected second moment.
  public var epsilon: Double

  /// Collects the settings; the defaults are the DCGAN's.
  public init(
    learningRate: Double = 2e-4, beta1: Double = 0.5, beta2: Double = 0.999, epsilon: Double = 1e-8
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
  }

  /// The numbers of step t, counted from one.
  func coefficients(step: Int) -> AdamCoefficients {
    let correction1 = 1 - power(beta1, step)
    let correction2 = 1 - power(beta2, step)
    return AdamCoefficients(
      beta1: beta1, beta2: beta2, rate: Float(learningRate / correction1),
      correction: Float(1 / correction2.squareRoot()), epsilon: Float(epsilon))
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, square, rest) = (1.0, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }
}

extension Backend {
  /// Makes one step of Adam, in place:
  /// `m = β₁m + (1−β₁)g`, `v = β₂v + (1−β₂)g²`, `p −= η/(1−β₁ᵗ) · m / (√(v/(1−β₂ᵗ)) + ε)`.
  ///
  /// - Parameters:
  ///   - parameters: p; the four tensors have the same shape, otherwise it traps.
  ///   - step: t, counted from one.
  public func adamStep(
    parameters: Tensor, firstMoment: Tensor, secondMoment: Tensor, gradient: Tensor, step: Int,
    settings: AdamSettings
  ) {
    let start = operationStart
    defer { report("Adam", since: start, [parameters.shape]) }
    requireEqual(firstMoment.shape, parameters.shape, "Adam's first moment")
    requireEqual(secondMoment.shape, parameters.shape, "Adam's second moment")
    requireEqual(gradient.shape, parameters.shape, "Adam's gradient")
    require(step > 0, "Adam counts steps from one, found \(step)")
    let coefficients = settings.coefficients(step: step)
    forEachPiece(of: parameters.count) {
      kernels.elementwise.adam(
        parameters.pointer + $0.lowerBound, firstMoment.pointer + $0.lowerBound,
        secondMoment.pointer + $0.lowerBound, gradient.pointer + $0.lowerBound, $0.count,
        coefficients)
    }
  }
}
