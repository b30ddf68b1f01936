import Tensor

/// A tensor that training changes, and the gradient that says how: views of a network's arenas.
public final class Parameter {
  /// The name in PyTorch's state dictionary, as `main.0.weight`.
  public let name: String
  /// The values.
  public let value: Tensor
  /// The sum of the gradients since they were last cleared.
  public let gradient: Tensor

  init(name: String, value: Tensor, gradient: Tensor) {
    self.name = name
    self.value = value
    self.gradient = gradient
  }
}

/// The parameters of a network, one after the other in contiguous memory.
///
/// Values and gradients each lie in one block, so that an optimizer is one loop over each.
public final class ParameterArena {
  /// All values, as one vector.
  public let values: Tensor
  /// All gradients, as one vector.
  public let gradients: Tensor
  /// The parameters, in the order in which they were asked for.
  public let parameters: [Parameter]

  /// Lays out parameters of the given names and shapes, all zero.
  init(_ layout: [(name: String, shape: Shape)]) {
    let count = layout.reduce(0) { $0 + $1.shape.count }
    let values = Tensor(repeating: 0, shape: Shape(vector: count))
    let gradients = Tensor(repeating: 0, shape: Shape(vector: count))
    var offset = 0
    parameters = layout.map { name, shape in
      defer { offset += shape.count }
      return Parameter(
        name: name, value: values.view(shape, at: offset),
        gradient: gradients.view(shape, at: offset))
    }
    self.values = values
    self.gradients = gradients
  }

  /// Sets all gradients to zero.
  public func clearGradients() {
    gradients.withUnsafeMutablePointer { $0.update(repeating: 0) }
  }
}
