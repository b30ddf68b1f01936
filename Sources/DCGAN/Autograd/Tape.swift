import Support
import Tensor

/// Records operations as they run, and runs them backwards to find gradients.
///
/// An operation is recorded only where something that it depends on wants a gradient, and computes
/// only the gradients that were asked for: frozen parameters and constants cost nothing on the way
/// back. A tape serves one backward pass, which frees each operation's memory as it goes.
public final class Tape {
  /// What runs the operations.
  public let backend: Backend
  /// Whether operations are recorded at all.
  public let isRecording: Bool
  private let identity = TapeIdentity()
  private var isSpent = false
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

  /// Enters a map that wants no gradient and is computed where it is read.
  public func constant(lazy map: LazyMap) -> Variable { Variable(map: map, source: .constant) }

  /// Enters a tensor whose gradient `gradient(of:)` gives after the backward pass; traps after it.
  public func input(_ value: Tensor) -> Variable {
    guard isRecording else { return constant(value) }
    inputs.insert(operations.count)
    return Variable(value: value, source: append { _ in })
  }

  /// Enters a parameter, whose gradient is added to its own unless it is frozen.
  public func parameter(_ parameter: Parameter, isTrainable: Bool = true) -> Variable {
    Variable(value: parameter.value, source: isTrainable ? .parameter(parameter) : .constant)
  }

  /// Records the result of an operation on variables, and returns it.
  ///
  /// The tape owns its operations, so that `backward` refers to the tape as `unowned`. Traps after the
  /// backward pass, and where an input is of another tape.
  ///
  /// - Parameters:
  ///   - value: the result.
  ///   - inputs: what it was computed from; where none of them wants a gradient, nothing is recorded.
  ///   - backward: is given the result's gradient, of its shape and the operation's own to change, and
  ///     adds to the inputs' with `add(_:to:)`. It must hold no tensor that it does not need: a
  ///     variable's `target` says where its gradient goes without its value.
  public func record(
    _ value: Tensor, of inputs: [Variable], backward: @escaping (Tensor) -> Void
  ) -> Variable {
    Variable(value: value, source: record(of: inputs, backward: backward))
  }

  /// Records the result of an operation that is cheap enough to be computed where it is read, and
  /// again on the way back, so that nobody need keep it; otherwise as `record(_:of:backward:)`.
  public func record(
    lazy map: LazyMap, of inputs: [Variable], backward: @escaping (Tensor) -> Void
  ) -> Variable {
    Variable(map: map, source: record(of: inputs, backward: backward))
  }

  private func record(
    of inputs: [Variable], backward: @escaping (Tensor) -> Void
  ) -> Variable.Source {
    guard isRecording else { return .constant }
    for input in inputs { requireOwn(input.source) }
    return inputs.contains(where: \.wantsGradient) ? append(backward) : .constant
  }

  private func append(_ backward: @escaping (Tensor) -> Void) -> Variable.Source {
    requireFresh()
    operations.append(backward)
    gradients.append(nil)
    return .operation(operations.count - 1, of: identity)
  }

  private func requireFresh() {
    require(!isSpent, "a tape serves one backward pass; the next one takes a new tape")
  }

  private func requireOwn(_ source: Variable.Source) {
    guard case .operation(_, let owner) = source else { return }
    require(owner === identity, "a variable of another tape has no gradient on this one")
  }

  /// Adds to a variable's gradient; does nothing for a constant.
  ///
  /// The tensor becomes the tape's own: the caller must not change it any more, nor add it to a
  /// second variable. Traps where the shapes differ or the variable is of another tape.
  public func add(_ gradient: Tensor, to target: GradientTarget) {
    requireEqual(gradient.shape, target.shape, "gradient")
    requireOwn(target.source)
    switch target.source {
    case .constant: break
    case .parameter(let parameter): backend.add(gradient, to: parameter.gradient)
    case .operation(let index, _):
      if let sum = gradients[index] {
        backend.add(gradient, to: sum)
      } else {
        gradients[index] = gradient
      }
    }
  }

  /// Runs the operations backwards from a variable, given the gradient of the loss there.
  ///
  /// Gradients of parameters are added to what they hold. The tape takes `gradient` over and may
  /// change it: the caller must not use it any more. Where ranks share the batch, gradients of filters
  /// may be whole only after `Backend.shareGradients`. Traps where the shapes differ, the variable is
  /// of another tape, or the tape has had its backward pass.
  public func backward(from variable: Variable, gradient: Tensor) {
    requireFresh()
    isSpent = true
    add(gradient, to: variable.target)
    while let operation = operations.popLast() {
      if let gradient = gradients[operations.count] { operation(gradient) }
      if !inputs.contains(operations.count) { gradients[operations.count] = nil }
    }
    backend.finishGradients()
  }

  /// Returns the gradient of an `input` after the backward pass; nil where nothing reached it.
  ///
  /// Traps where the variable is of another tape.
  public func gradient(of variable: Variable) -> Tensor? {
    requireOwn(variable.source)
    guard case .operation(let index, _) = variable.source else { return nil }
    return gradients[index]
  }
}
