import Support
import Tensor

/// The layers of a network, from which the names and shapes of its tensors follow.
public struct NetworkSpecification: Sendable {
  /// A layer, and its place in PyTorch's `nn.Sequential`.
  public typealias PlacedLayer = (place: Int, layer: any LayerSpecification)

  /// The layers in order.
  ///
  /// The places count activations too, which need not be layers of their own here.
  public let layers: [PlacedLayer]

  /// Describes a network; traps where two layers have one place.
  public init(_ layers: [PlacedLayer]) {
    require(Set(layers.map(\.place)).count == layers.count, "two layers have one place")
    self.layers = layers
  }

  /// The parameters, named as PyTorch's `nn.Sequential` in a module's `main` names them.
  public var parameters: [ParameterSpecification] {
    layers.flatMap { place, layer in
      layer.parameters.map {
        ParameterSpecification(Self.name($0.name, at: place), $0.shape, $0.initialValues)
      }
    }
  }

  /// The buffers, named likewise.
  public var buffers: [BufferSpecification] {
    layers.flatMap { place, layer in
      layer.buffers.map {
        BufferSpecification(
          Self.name($0.name, at: place), $0.shape, initialValue: $0.initialValue)
      }
    }
  }

  /// The names and shapes of all tensors in the order of a PyTorch state dict: of each layer the
  /// parameters, then the buffers.
  public var tensors: [(name: String, shape: Shape)] {
    layers.flatMap { place, layer in
      layer.parameters.map { (Self.name($0.name, at: place), $0.shape) }
        + layer.buffers.map { (Self.name($0.name, at: place), $0.shape) }
    }
  }

  /// The number of weights that training changes.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.shape.count } }

  /// Returns the name in the network of what a layer calls `name`.
  package static func name(_ name: String, at place: Int) -> String { "main.\(place).\(name)" }
}

extension NetworkSpecification: ExpressibleByArrayLiteral {
  /// Describes a network, layer by layer.
  public init(arrayLiteral elements: PlacedLayer...) { self.init(elements) }
}
