import Tensor

/// What a layer is, before it has numbers: the tensors that it works with, and how it is made of them.
///
/// A `Network` lays the tensors out and makes the layers; files name them after their places.
public protocol LayerSpecification: Sendable {
  /// What training changes by gradients.
  var parameters: [ParameterSpecification] { get }

  /// What training changes without a gradient.
  var buffers: [BufferSpecification] { get }

  /// Makes the layer of tensors that are laid out as `parameters` and `buffers` say, in their order.
  func makeLayer(parameters: [Parameter], buffers: [Tensor]) -> any Layer
}

extension LayerSpecification {
  /// No parameters.
  public var parameters: [ParameterSpecification] { [] }
  /// No buffers.
  public var buffers: [BufferSpecification] { [] }
}

extension LayerSpecification where Self: Layer {
  /// Returns the specification itself: a layer without tensors is all there is to say of it.
  public func makeLayer(parameters: [Parameter], buffers: [Tensor]) -> any Layer { self }
}

/// A parameter that a layer asks for.
public struct ParameterSpecification: Equatable, Sendable {
  /// The name, as it follows the layer's own.
  public let name: String
  /// The shape.
  public let shape: Shape
  /// What `Network.initialize` sets it to.
  public let initialValues: InitialValues

  /// Describes a parameter.
  public init(_ name: String, _ shape: Shape, _ initialValues: InitialValues) {
    self.name = name
    self.shape = shape
    self.initialValues = initialValues
  }
}

/// What a parameter holds before training.
public enum InitialValues: Equatable, Sendable {
  /// Zero everywhere.
  case zero
  /// Random numbers around a mean, with the standard deviation 0.02 of Radford, Metz & Chintala 2015
  /// (arXiv 1511.06434), §4.
  case normal(mean: Float)

  /// The standard deviation.
  static let deviation: Float = 0.02
}

/// A buffer that a layer asks for.
public struct BufferSpecification: Equatable, Sendable {
  /// The name, as it follows the layer's own.
  public let name: String
  /// The shape.
  public let shape: Shape
  /// What each element is at first.
  public let initialValue: Float

  /// Describes a buffer.
  public init(_ name: String, _ shape: Shape, initialValue: Float) {
    self.name = name
    self.shape = shape
    self.initialValue = initialValue
  }
}
