import Support
import Tensor

/// A convolution without bias, or its transpose.
///
/// The filter is `[k, k, I, O]` with I the channels of the large map and O those of the small one,
/// in either direction, so that both speak of PyTorch's weight `[O, I, k, k]`.
public struct Convolution: LayerSpecification {
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
  fileprivate let slope: Float
  private let isSpectrallyNormalized: Bool

  /// Describes a layer between a map of `largeChannels` and one of `smallChannels`.
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
  public var parameters: [ParameterSpecification] {
    [ParameterSpecification("weight", filterShape, .normal(mean: 0))]
  }

  /// Makes the layer of its filter.
  public func makeLayer(parameters: [Parameter], buffers: [Tensor]) -> any Layer {
    makeConvolution(filter: parameters[0])
  }

  /// Makes the layer of its filter.
  func makeConvolution(filter: Parameter) -> ConvolutionLayer {
    ConvolutionLayer(
      specification: self, filter: filter,
      spectralNorm: isSpectrallyNormalized ? SpectralNorm(of: filter) : nil)
  }
}

/// A convolution with its filter.
struct ConvolutionLayer: Layer {
  fileprivate let specification: Convolution
  fileprivate let filter: Parameter
  /// What the filter is divided by; nil where it is used as it is.
  let spectralNorm: SpectralNorm?

  /// Applies the layer; traps where the channels do not fit.
  func callAsFunction(_ x: Variable, _ pass: ForwardPass) -> Variable {
    let parameter = pass.tape.parameter(filter, isTrainable: pass.isTrainable)
    let filter = spectralNorm.map { pass.tape.normalize(parameter, by: $0) } ?? parameter
    let geometry = specification.geometry
    return switch specification.direction {
    case .down:
      pass.rectified(slope: specification.slope) {
        pass.tape.convolve(x, filter, geometry, slope: $0)
      }
    case .up: pass.tape.convolveTransposed(x, filter, geometry)
    }
  }
}
