/// The loops over elements.
public struct ElementwiseKernels: Sendable {
  /// Computes `y = x > 0 ? x : slope·x`.
  public let leaky: @Sendable (_ x: Source, _ slope: Float, _ y: Destination, _ count: Int) -> Void
  /// Computes `dx = y > 0 ? dy : slope·dy` from the output y, whose sign is the input's.
  public let leakyGradient:
    @Sendable (_ y: Source, _ dy: Source, _ slope: Float, _ dx: Destination, _ count: Int) -> Void
  /// Computes `y = tanh(x)`.
  public let tanh: @Sendable (_ x: Source, _ y: Destination, _ count: Int) -> Void
  /// Computes `dx = dy·(1 − y²)` from tanh's output y.
  public let tanhGradient:
    @Sendable (_ y: Source, _ dy: Source, _ dx: Destination, _ count: Int) -> Void
  /// Computes `y = 1 / (1 + e⁻ˣ)`.
  public let sigmoid: @Sendable (_ x: Source, _ y: Destination, _ count: Int) -> Void
  /// Computes `y += x`.
  public let add: @Sendable (_ x: Source, _ y: Destination, _ count: Int) -> Void
  /// Makes one step of Adam.
  public let adam: AdamStep

  /// Makes the group.
  public init(
    leaky: @escaping @Sendable (Source, Float, Destination, Int) -> Void,
    leakyGradient: @escaping @Sendable (Source, Source, Float, Destination, Int) -> Void,
    tanh: @escaping @Sendable (Source, Destination, Int) -> Void,
    tanhGradient: @escaping @Sendable (Source, Source, Destination, Int) -> Void,
    sigmoid: @escaping @Sendable (Source, Destination, Int) -> Void,
    add: @escaping @Sendable (Source, Destination, Int) -> Void,
    adam: @escaping AdamStep
  ) {
    self.leaky = leaky
    self.leakyGradient = leakyGradient
    self.tanh = tanh
    self.tanhGradient = tanhGradient
    self.sigmoid = sigmoid
    self.add = add
    self.adam = adam
  }
}

/// Updates parameters p and moments m, v from the gradient g:
/// `m = β₁m + (1−β₁)g`, `v = β₂v + (1−β₂)g²`, `p −= rate · m / (√v · correction + ε)`.
public typealias AdamStep =
  @Sendable (
    _ p: Destination, _ m: Destination, _ v: Destination, _ g: Source, _ count: Int,
    _ coefficients: AdamCoefficients
  ) -> Void

/// The numbers of one Adam step, bias corrections folded in.
public struct AdamCoefficients: Sendable, Equatable {
  /// β₁.
  public var beta1: Float
  /// β₂.
  public var beta2: Float
  /// 1 − β₁, rounded once: the difference of floats would lose the digits that matter.
  public var complement1: Float
  /// 1 − β₂, rounded once.
  public var complement2: Float
  /// The learning rate over `1 − β₁ᵗ`.
  public var rate: Float
  /// `1 / √(1 − β₂ᵗ)`.
  public var correction: Float
  /// ε, added to the corrected root.
  public var epsilon: Float

  /// Collects the numbers.
  public init(beta1: Double, beta2: Double, rate: Float, correction: Float, epsilon: Float) {
    self.beta1 = Float(beta1)
    self.beta2 = Float(beta2)
    complement1 = Float(1 - beta1)
    complement2 = Float(1 - beta2)
    self.rate = rate
    self.correction = correction
    self.epsilon = epsilon
  }
}
