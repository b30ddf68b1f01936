import Support
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
  private let slope: Float
  private let isSpectrallyNormalized: Bool
  /// What the filter is divided by; nil where it is used as it is, or not laid out yet.
  private(set) var spectralNorm: SpectralNorm?

  /// Makes a layer between a map of `largeChannels` and one of `smallChannels`.
  ///
  /// - Parameter slope: that of a leaky rectifier that follows a convolution without batch
  ///   normalization between them; 1 for none. Traps for any other where the direction is up.
  public init(
    _ direction: Direction, largeChannels: Int, smallChannels: Int, _ geometry: ConvolutionGeometry,
    slope: Float = 1, isSpectrallyNormalized: Bool = false
  ) {
    require(slope == 1 || direction == .down, "a rectifier of slope \(slope) on the way up")
    self.direction = direction
    self.slope = slope
    self.isSpectrallyNormalized = isSpectrallyNormalized
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
  public func take(_ parameters: [Parameter]) {
    filter = parameters.first
    spectralNorm = isSpectrallyNormalized ? SpectralNorm(of: taken(filter)) : nil
  }

  /// Applies the layer; traps where the channels do not fit.
  public func callAsFunction(_ x: Variable, _ pass: ForwardPass) -> Variable {
    let parameter = pass.tape.parameter(taken(filter), isTrainable: pass.isTrainable)
    let filter = spectralNorm.map { pass.tape.normalize(parameter, by: $0) } ?? parameter
    return switch direction {
    case .down: pass.tape.convolve(x, filter, geometry, slope: slope)
    case .up: pass.tape.convolveTransposed(x, filter, geometry)
    }
  }
}

/// Returns a parameter that a network has laid out; a layer outside a network has none and traps.
func taken(_ parameter: Parameter?) -> Parameter {
  requireValue(parameter, "a layer is used before a network laid it out")
}
