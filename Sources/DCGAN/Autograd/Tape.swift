import Tensor

/// Records operations as they run, and runs them backwards to find gradients.
///
/// An operation is recorded only where something that it depends on wants a gradient, and computes
/// only the gradients that were asked for: frozen parameters and constants cost nothing on the way
/// back. A tape is used for one backward pass, which frees each operation's memory as it goes.
public final class Tape {
  /// What runs the operations.
  public let backend: Backend
  /// Whether operations are recorded at all.
  public let isRecording: Bool
  private var operations: [(Tensor) -> Void] = []
  private var gradients: [Tensor?] = []
  private var inputs: Set<Int> = []

  /// Makes an empty tape; one that does not record serves for evaluation.
  public init(backend: Backend, isRecording: Bool = true) {
    self.backend = backend
    self.isRecording = isRecording
  }

  /// Enters a tensor that wants no gradient.
  public func constant(_ value: Tensor) -> Variable { Variable(value: value, source: .constant) }

  /// Enters a tensor whose gradient `gradient(of:)` gives after the backward pass.
  public func input(_ value: Tensor) -> Variable {
    inputs.insert(operations.count)
    return record(value, wanted: true) { _ in }
  }

  /// Enters a parameter, whose gradient is added to its own unless it is frozen.
  public func parameter(_ parameter: Parameter, isTrainable: Bool = true) -> Variable {
    Variable(value: parameter.value, source: isTrainable ? .parameter(parameter) : .constant)
  }

  /// Records the result of an operation on variables.
  ///
  /// `backward` is given the result's gradient, and adds to the inputs' with `add(_:to:)`.
  package func record(
    _ value: Tensor, of inputs: [Variable], backward: @escaping (Tensor) -> Void
  ) -> Variable {
    record(value, wanted: inputs.contains(where: \.wantsGradient), backward: backward)
  }

  private func record(
    _ value: Tensor, wanted: Bool, backward: @escaping (Tensor) -> Void
  ) -> Variable {
    guard isRecording && wanted else { return constant(value) }
    operations.append(backward)
    gradients.append(nil)
    return Variable(value: value, source: .operation(operations.count - 1))
  }

  /// Adds to a variable's gradient; does nothing for a constant. Traps where the shapes differ.
  ///
  /// The tensor becomes the tape's own: the caller must not change it any more.
  package func add(_ gradient: Tensor, to variable: Variable) {
    requireEqual(gradient.shape, variable.value.shape, "gradient")
    switch variable.source {
    case .constant: break
    case .parameter(let parameter): backend.add(gradient, to: parameter.gradient)
    case .operation(let index):
      if let sum = gradients[index] {
        backend.add(gradient, to: sum)
      } else {
        gradients[index] = gradient
      }
    }
  }

  /// Runs the operations backwards from a variable, given the gradient of the loss there.
  ///
  /// Gradients of parameters are added to what they hold. Traps where the shapes differ.
  public func backward(from variable: Variable, gradient: Tensor) {
    add(gradient, to: variable)
    while let operation = operations.popLast() {
      if let gradient = gradients[operations.count] { operation(gradient) }
      if !inputs.contains(operations.count) { gradients[operations.count] = nil }
    }
  }

  /// Returns the gradient of an `input` after the backward pass; nil where nothing reached it.
  public func gradient(of variable: Variable) -> Tensor? {
    guard case .operation(let index) = variable.source else { return nil }
    return gradients[index]
  }
}

/// A tensor on a tape, and where its gradient goes.
public struct Variable {
  /// The tensor.
  public let value: Tensor
  package let source: Source

  package enum Source {
    case constant
    case parameter(Parameter)
    case operation(Int)
  }

  /// Whether anything behind this variable asks for a gradient.
  public var wantsGradient: Bool {
    if case .constant = source { false } else { true }
  }
}
