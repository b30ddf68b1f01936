import Tensor

/// `x > 0 ? x : slope·x`, where no batch normalization precedes it.
public struct LeakyRectifier: LayerSpecification, Layer {
  private let slope: Float

  /// Describes a layer.
  public init(slope: Float) { self.slope = slope }

  /// Applies the rectifier, element by element.
  public func callAsFunction(_ x: Variable, _ pass: ForwardPass) -> Variable {
    pass.rectified(slope: slope) { $0 == 1 ? x : pass.tape.leakyRectifier(x, slope: $0) }
  }
}

/// tanh, which brings an image into −1 … 1.
public struct Tanh: LayerSpecification, Layer {
  private let inPlace: Bool

  /// Describes a layer; see `Tape.leakyRectifier` for when it may work in place.
  public init(inPlace: Bool = false) { self.inPlace = inPlace }

  /// Applies tanh, element by element.
  public func callAsFunction(_ x: Variable, _ pass: ForwardPass) -> Variable {
    pass.tape.tanh(x, inPlace: inPlace)
  }
}
