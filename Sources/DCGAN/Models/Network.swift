import Tensor

/// Layers one after the other, and the arena that holds their parameters.
public final class Network {
  /// What the network was made of.
  public let specification: NetworkSpecification
  private let layers: [any Layer]
  /// The parameters, under the names that the specification gives them.
  public let arena: ParameterArena
  /// The running statistics, likewise.
  public let buffers: [(name: String, value: Tensor)]
  /// The filters that are normalized by their spectral norms, in the order of the layers.
  public let spectralNorms: [SpectralNorm]

  /// Lays out the tensors that the layers ask for, and makes the layers of them.
  ///
  /// The parameters are zero until `initialize` draws them or a file is read.
  public init(_ specification: NetworkSpecification) {
    self.specification = specification
    arena = ParameterArena(specification.parameters.map { ($0.name, $0.shape) })
    buffers = specification.buffers.map {
      ($0.name, Tensor(repeating: $0.initialValue, shape: $0.shape))
    }
    var parameters = arena.parameters[...]
    var tensors = buffers.map(\.value)[...]
    layers = specification.layers.map { _, layer in
      layer.makeLayer(
        parameters: parameters.take(layer.parameters.count),
        buffers: tensors.take(layer.buffers.count))
    }
    spectralNorms = layers.compactMap { layer in
      (layer as? ConvolutionLayer ?? (layer as? ProjectionScoreLayer)?.score)?.spectralNorm
    }
  }

  /// Applies the layers in order.
  public func callAsFunction(_ x: Variable, _ pass: ForwardPass) -> Variable {
    layers.reduce(x) { $1($0, pass) }
  }

  /// Copies the parameters and running statistics of a network with the same layers; traps where the
  /// shapes differ.
  public func copy(_ other: Network) {
    arena.values.assign(other.arena.values)
    for (own, others) in zip(buffers, other.buffers) { own.value.assign(others.value) }
  }

  /// Draws the parameters anew, as the layers say.
  ///
  /// Each is drawn from its own part of the stream: that of its place in the arena.
  public func initialize(from random: RandomStream) {
    var index: UInt64 = 0
    for (parameter, described) in zip(arena.parameters, specification.parameters) {
      parameter.value.withUnsafeMutablePointer { values in
        switch described.initialValues {
        case .zero: values.update(repeating: 0)
        case .normal(let mean):
          random.fillNormal(
            values, startingAt: index, mean: mean, standardDeviation: InitialValues.deviation)
        }
      }
      index += UInt64(parameter.value.count)
    }
  }
}

extension ArraySlice {
  /// Takes the first `count` elements off.
  fileprivate mutating func take(_ count: Int) -> [Element] {
    defer { self = dropFirst(count) }
    return Array(prefix(count))
  }
}
