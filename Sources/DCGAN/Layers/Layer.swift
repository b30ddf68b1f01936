import Tensor

/// A step of a network.
public protocol Layer: AnyObject {
  /// Applies the layer to `[n, h, w, c]`.
  func callAsFunction(_ x: Variable, _ pass: ForwardPass) -> Variable

  /// The names and shapes of the parameters, as they follow the layer's own name.
  var parameterShapes: [(name: String, shape: Shape)] { get }

  /// Takes the parameters that the arena laid out, in the order of `parameterShapes`.
  func take(_ parameters: [Parameter])

  /// The names and tensors of what training changes without a gradient.
  var buffers: [(name: String, value: Tensor)] { get }
}

extension Layer {
  /// No parameters.
  public var parameterShapes: [(name: String, shape: Shape)] { [] }
  /// Takes nothing.
  public func take(_ parameters: [Parameter]) {}
  /// No buffers.
  public var buffers: [(name: String, value: Tensor)] { [] }
}

/// How a network is run.
public struct ForwardPass {
  /// What records the operations.
  public let tape: Tape
  /// Whether batch normalization uses the batch's statistics, and updates the running ones.
  public let isTraining: Bool
  /// Whether the parameters want gradients.
  public let isTrainable: Bool

  /// Runs for training; the parameters may be frozen while gradients pass through.
  public static func training(_ tape: Tape, isTrainable: Bool = true) -> ForwardPass {
    ForwardPass(tape: tape, isTraining: true, isTrainable: isTrainable)
  }

  /// Runs for evaluation: running statistics, nothing recorded.
  public static func evaluation(_ backend: Backend) -> ForwardPass {
    ForwardPass(
      tape: Tape(backend: backend, isRecording: false), isTraining: false, isTrainable: false)
  }
}
