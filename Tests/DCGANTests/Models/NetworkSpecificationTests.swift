import DCGAN
import Tensor
import Testing

/// What follows from a network's layers before it has numbers.
@Suite struct NetworkSpecificationTests {
  private let specification: NetworkSpecification = [
    (0, Convolution(.down, largeChannels: 2, smallChannels: 3, .whole(4))),
    (1, BatchNormalization(channels: 3, slope: 0.2)),
    (4, Tanh()),
    (5, Convolution(.up, largeChannels: 1, smallChannels: 3, .halving)),
  ]

  @Test func tensorsAreNamedByTheirLayersPlaces() {
    let tensors = specification.tensors
    #expect(
      tensors.map(\.name) == [
        "main.0.weight", "main.1.weight", "main.1.bias", "main.1.running_mean",
        "main.1.running_var", "main.5.weight",
      ])
    let vector = Shape(vector: 3)
    #expect(
      tensors.map(\.shape) == [
        Shape(4, 4, 2, 3), vector, vector, vector, vector, Shape(4, 4, 1, 3),
      ])
    #expect(specification.parameterCount == 4 * 4 * 2 * 3 + 3 + 3 + 4 * 4 * 3)
  }

  @Test func aNetworkHasTheTensorsOfItsSpecification() {
    let network = Network(specification)
    #expect(network.arena.parameters.map(\.name) == specification.parameters.map(\.name))
    #expect(network.arena.parameters.map(\.value.shape) == specification.parameters.map(\.shape))
    #expect(network.arena.values.values.allSatisfy { $0 == 0 })
    #expect(network.buffers.map(\.name) == ["main.1.running_mean", "main.1.running_var"])
    #expect(network.buffers.map(\.value.values) == [[0, 0, 0], [1, 1, 1]])
  }

  /// A 1x1 filter has the shape of a vector, and is drawn as a filter all the same.
  @Test func aLayerSaysWhatItsParametersAreAtFirst() {
    let network = Network([
      (0, Convolution(.down, largeChannels: 1, smallChannels: 5, .whole(1))),
      (1, BatchNormalization(channels: 5, slope: 1)),
    ])
    network.arena.values.assign(Tensor(repeating: 9, shape: network.arena.values.shape))
    network.initialize(from: RandomStream(seed: 1, stream: 0))
    let values = network.arena.parameters.map(\.value.values)
    #expect(values[0].allSatisfy { abs($0) < 0.12 && $0 != 0 })
    #expect(values[1].allSatisfy { abs($0 - 1) < 0.12 && $0 != 1 })
    #expect(values[2] == [0, 0, 0, 0, 0])
  }
}
