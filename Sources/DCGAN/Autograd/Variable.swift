import Tensor

/// A tensor on a tape, and where its gradient goes.
public struct Variable {
  /// The tensor.
  public let value: Tensor
  package let source: Source
  private let recomputation: (() -> Tensor)?

  /// Makes a variable; `recomputation` computes the same tensor once more, where that is cheap.
  init(value: Tensor, source: Source, recomputation: (() -> Tensor)? = nil) {
    self.value = value
    self.source = source
    self.recomputation = recomputation
  }

  /// Gives the tensor on the way back.
  ///
  /// Where it can be computed again at little cost, nothing holds its memory until then: what waits
  /// for the backward pass keeps this closure instead of the tensor.
  public var later: () -> Tensor {
    if let recomputation { return recomputation }
    return { [value] in value }
  }

  package enum Source {
    case constant
    case parameter(Parameter)
    case operation(Int, of: TapeIdentity)
  }

  /// Whether anything behind this variable asks for a gradient.
  public var wantsGradient: Bool {
    if case .constant = source { false } else { true }
  }

  /// Where the gradient goes, without the tensor itself.
  public var target: GradientTarget { GradientTarget(shape: value.shape, source: source) }
}

/// Where a variable's gradient goes.
///
/// What waits for the backward pass holds this instead of a variable whose tensor it does not need,
/// so that the tensor's memory is free in the meantime.
public struct GradientTarget {
  /// The gradient's shape.
  public let shape: Shape
  let source: Variable.Source

  /// Whether anything behind the variable asks for a gradient.
  public var wantsGradient: Bool {
    if case .constant = source { false } else { true }
  }
}

/// Tells a tape's variables from another's, for as long as either lives.
package final class TapeIdentity {}
