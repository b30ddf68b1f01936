import Checkpoints
import DCGAN
import Tensor
import TestSupport
import Testing

@Suite struct NetworkTests {
  @Test(arguments: [32, 64, 128, 256], [1, 3])
  func mapsHaveTheModelsShapes(size: Int, channels: Int) {
    let settings = ModelSettings(size: size, channels: channels, nz: 6, ngf: 2, ndf: 3)
    let backend = Backend(threads: 2)
    let model = AdversarialModel(settings, seed: 1)
    let latents = Tensor.random(Shape(2, 1, 1, 6), seed: 2)
    let images = model.generate(latents, backend)
    #expect(images.shape == Shape(2, size, size, channels))
    #expect(images.values.allSatisfy { abs($0) <= 1 })
    let scores = model.score(images, backend)
    #expect(scores.count == 2)
    #expect(scores.allSatisfy { $0 > 0 && $0 < 1 })
  }

  @Test func parametersHavePyTorchsNamesAndShapes() {
    let settings = ModelSettings(size: 64, channels: 3, nz: 10, ngf: 8, ndf: 4)
    let model = AdversarialModel(settings, seed: 1)
    let position = TrainingPosition(stepsPerEpoch: 1)
    let found = model.checkpoint(at: position, seed: 1, images: 2).tensors.entries
    let expected = CheckpointShapes.all(settings)
    #expect(Set(found.map(\.name)) == Set(expected.map(\.name)))
    for (name, shape) in expected {
      #expect(found.first { $0.name == name }?.shape == shape, "\(name)")
    }
  }

  @Test func weightsAreDrawnAsTheModelSays() {
    let network = Network.generator(ModelSettings(size: 64, nz: 100, ngf: 16))
    network.initialize(from: RandomStream(seed: 9, stream: 1))
    for parameter in network.arena.parameters {
      let values = parameter.value.values.map(Double.init)
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      if parameter.name.hasSuffix("bias") {
        #expect(values.allSatisfy { $0 == 0 })
      } else {
        // Five standard errors of the mean; the deviation's is 0.02 / √2n.
        let error = 0.02 / Double(values.count).squareRoot()
        let expected = parameter.value.shape.rows == 1 ? 1.0 : 0.0
        #expect(abs(mean - expected) < 5 * error, "\(parameter.name)")
        #expect(abs(variance.squareRoot() - 0.02) < 5 * error, "\(parameter.name)")
      }
    }
  }

  @Test func `a seed always gives the same weights, another seed others`() {
    let settings = ModelSettings(size: 32, nz: 4, ngf: 2, ndf: 2)
    let weights = [1, 1, 2].map {
      AdversarialModel(settings, seed: $0).generator.arena.values.values
    }
    #expect(weights[0] == weights[1])
    #expect(weights[0] != weights[2])
    let model = AdversarialModel(settings, seed: 1)
    let shared = min(model.generator.arena.values.count, model.discriminator.arena.values.count)
    #expect(
      model.generator.arena.values.values.prefix(shared)
        != model.discriminator.arena.values.values.prefix(shared))
  }

  /// r = 0.9·r + 0.1·batch from r = 0 and 1, the variance of n values unbiased by n / (n − 1).
  @Test func runningStatisticsFollowTheBatches() throws {
    let network = Network([(0, BatchNormalization(channels: 1, slope: 1))])
    #expect(network.buffers.map(\.name) == ["main.0.running_mean", "main.0.running_var"])
    let (mean, variance) = (network.buffers[0].value, network.buffers[1].value)
    network.initialize(from: RandomStream(seed: 1, stream: 1))
    let tape = Tape(backend: Backend(threads: 1))
    let x = tape.constant(Tensor([1, 2, 3, 6], shape: Shape(1, 2, 2, 1)))
    _ = network(x, .training(tape))
    expectClose(mean.values, [0.3], within: { _ in 1e-7 })
    expectClose(variance.values, [0.9 + 0.1 * 14 / 3], within: { _ in 1e-6 })
    _ = network(x, .evaluation(Backend(threads: 1)))
    expectClose(mean.values, [0.3], within: { _ in 1e-7 })
  }
}
