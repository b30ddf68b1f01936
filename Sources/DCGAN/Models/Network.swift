import Tensor

/// Layers one after the other, and the arena that holds their parameters.
public final class Network {
  private let layers: [any Layer]
  /// The parameters, named as PyTorch's `nn.Sequential` in a module's `main` names them.
  public let arena: ParameterArena
  /// The running statistics, named likewise.
  public let buffers: [(name: String, value: Tensor)]
  /// The filters that are normalized by their spectral norms, in the order of the layers.
  public let spectralNorms: [SpectralNorm]

  /// Lays out the parameters of layers, each with its place in PyTorch's `nn.Sequential`.
  ///
  /// The places count activations too, which need not be layers of their own here.
  public init(_ layers: [(place: Int, layer: any Layer)]) {
    self.layers = layers.map(\.layer)
    arena = ParameterArena(
      layers.flatMap { place, layer in
        layer.parameterShapes.map { ("main.\(place).\($0.name)", $0.shape) }
      })
    var rest = arena.parameters[...]
    for layer in self.layers {
      let count = layer.parameterShapes.count
      layer.take(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    spectralNorms = self.layers.compactMap { ($0 as? Convolution)?.spectralNorm }
    buffers = layers.flatMap { place, layer in
      layer.buffers.map { ("main.\(place).\($0.name)", $0.value) }
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

  /// Draws the weights anew: convolutions from N(0, 0.02), γ from N(1, 0.02), β zero.
  ///
  /// Radford, Metz & Chintala 2015 (arXiv 1511.06434), §4, and PyTorch's DCGAN tutorial for γ.
  public func initialize(from random: RandomStream) {
    var index: UInt64 = 0
    for parameter in arena.parameters {
      let isConvolution = parameter.value.shape.rows > 1
      if parameter.name.hasSuffix(".bias") {
        parameter.value.withUnsafeMutablePointer { $0.update(repeating: 0) }
      } else {
        parameter.value.withUnsafeMutablePointer {
          random.fillNormal(
            $0, startingAt: index, mean: isConvolution ? 0 : 1, standardDeviation: 0.02)
        }
      }
      index += UInt64(parameter.value.count)
    }
  }
}
