import Tensor

/// A tensor on a tape, and where its gradient goes.
public struct Variable {
  package let source: Source
  private let content: Content

  private enum Content {
    case tensor(Tensor)
    case lazy(LazyValue)
  }

  /// Makes a variable.
  init(value: Tensor, source: Source) {
    content = .tensor(value)
    self.source = source
  }

  /// Makes a variable that is computed where it is read.
  init(map: LazyMap, source: Source) {
    content = .lazy(LazyValue(map))
    self.source = source
  }

  /// The tensor; one that is computed where it is read is computed whole at the first use.
  public var value: Tensor {
    switch content {
    case .tensor(let tensor): tensor
    case .lazy(let value): value.tensor
    }
  }

  /// The shape of the tensor.
  public var shape: Shape {
    switch content {
    case .tensor(let tensor): tensor.shape
    case .lazy(let value): value.map.shape
    }
  }

  /// What an operation reads that runs now and can compute rows where it reads them: the tensor if
  /// somebody has asked for `value` already, otherwise the map, without computing it whole.
  public var map: LazyMap {
    switch content {
    case .tensor(let tensor): LazyMap(tensor)
    case .lazy(let value): value.whole.map { LazyMap($0) } ?? value.map
    }
  }

  /// What an operation keeps to read in the backward pass.
  ///
  /// A tensor that can be computed again at little cost is not kept, even if somebody has asked for
  /// `value`: nothing then holds its memory between the two passes.
  public var later: LazyMap {
    switch content {
    case .tensor(let tensor): LazyMap(tensor)
    case .lazy(let value): value.map
    }
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
  public var target: GradientTarget { GradientTarget(shape: shape, source: source) }
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

/// What tells a tape's variables from another's, for as long as either lives.
package final class TapeIdentity {}

/// What a variable computes where it is read, and the whole of it where somebody asked for that.
private final class LazyValue {
  /// The map that is computed where it is read.
  let map: LazyMap
  /// The whole map, once it was asked for.
  private(set) var whole: Tensor?

  /// Computes nothing yet.
  init(_ map: LazyMap) { self.map = map }

  /// The whole map, computed at the first use.
  var tensor: Tensor {
    let tensor = whole ?? map.computed()
    whole = tensor
    return tensor
  }
}
