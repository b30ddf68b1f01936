import Tensor

/// A convolution without bias, or its transpose.
///
/// The filter is `[k, k, I, O]` with I the channels of the large map and O those of the small one,
/// in either direction, so that both speak of PyTorch's weight `[O, I, k, k]`.
public final class Convolution: Layer {
  /// Which way the maps change size.
  public enum Direction: Sendable {
    /// Convolution: the large map to the small one.
    case down
    /// Transposed convolution: the small map to the large one.
    case up
  }

  let direction: Direction
  let geometry: ConvolutionGeometry
  let filterShape: Shape
  private var filter: Parameter?

  /// Makes a layer between a map of `largeChannels` and one of `smallChannels`.
  public init(
    _ direction: Direction, largeChannels: Int, smallChannels: Int, _ geometry: ConvolutionGeometry
  ) {
    self.direction = direction
    self.geometry = geometry
    filterShape = Shape(geometry.kernelSize, geometry.kernelSize, largeChannels, smallChannels)
  }

  /// Returns the large map's shape for an argument of the layer; traps where the channels do not fit.
  func largeShape(of argument: Shape) -> Shape {
    switch direction {
    case .down: argument
    case .up: geometry.largeShape(small: argument, filter: filterShape)
    }
  }

  /// One filter, `weight`.
  public var parameterShapes: [(name: String, shape: Shape)] { [("weight", filterShape)] }

  /// Takes the filter.
  public func take(_ parameters: [Parameter]) { filter = parameters.first }

  /// Applies the layer; traps where the channels do not fit.
  public func callAsFunction(_ x: Variable, _ pass: ForwardPass) -> Variable {
    let filter = pass.tape.parameter(taken(filter), isTrainable: pass.isTrainable)
    return switch direction {
    case .down: pass.tape.convolve(x, filter, geometry)
    case .up: pass.tape.convolveTransposed(x, filter, geometry)
    }
  }
}

/// Returns a parameter that a network has laid out; a layer outside a network has none and traps.
func taken(_ parameter: Parameter?) -> Parameter {
  requireValue(parameter, "a layer is used before a network laid it out")
}
