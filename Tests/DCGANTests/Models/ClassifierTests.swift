import Checkpoints
import DCGAN
import Tensor
import TestSupport
import Testing

@Suite struct ClassifierTests {
  private static let settings = ModelSettings(size: 32, channels: 1, ndf: 2)

  @Test(arguments: Variant.supported)
  func stepsOfAdamWAgreeWithPyTorch(variant: Variant) throws {
    let fixture = try ClassifierFixture()
    let file = try SafeTensors(contentsOf: Fixtures.path("classifier/steps.safetensors"))
    let network = Network.classifier(Self.settings, classes: fixture.weights.count)
    try network.load(file, prefix: "init.")
    let backend = Backend(variant: variant, threads: 2)
    let optimizer = Adam(network.arena, settings: AdamSettings(beta1: 0.9))
    let cycle = OneCycle(highest: fixture.highest, steps: fixture.steps)
    for step in 0..<fixture.steps {
      let images = try images("step\(step).images", of: file)
      let labels = try #require(file["step\(step).labels"]).values.map { Int($0) }
      network.arena.clearGradients()
      let tape = Tape(backend: backend)
      let logits = network(tape.constant(images), .training(tape))
      let loss = SoftmaxCrossEntropy(
        logits: logits.value, labels: labels, weights: fixture.weights)
      tape.backward(from: logits, gradient: loss.gradient)
      optimizer.settings.learningRate = cycle.rate(at: step)
      optimizer.update(backend, weightDecay: fixture.decay)
      let expected = try #require(file["step\(step).loss"]).values
      expectClose([loss.loss], expected.map(Double.init), within: { _ in 2e-6 }, "step \(step)")
    }
    let expected = Network.classifier(Self.settings, classes: fixture.weights.count)
    try expected.load(file, prefix: "final.")
    // Adam's step is as long for a gradient that rounding made as for any other.
    expectClose(
      network.arena.values.values, expected.arena.values.values.map(Double.init),
      within: { _ in 2e-5 })
    for (found, wanted) in zip(network.buffers, expected.buffers) {
      expectClose(
        found.value.values, wanted.value.values.map(Double.init), within: { _ in 1e-5 },
        found.name)
    }
    let pass = ForwardPass.evaluation(backend)
    let logits = network(pass.tape.constant(try images("step0.images", of: file)), pass)
    let wanted = try #require(file["eval.logits"]).values
    expectClose(logits.value.values, wanted.map(Double.init), within: { _ in 1e-4 })
  }

  /// Reads grey images, whose layout is the same in PyTorch.
  private func images(_ name: String, of file: SafeTensors) throws -> Tensor {
    let entry = try #require(file[name])
    return Tensor(entry.values, shape: Shape(entry.shape[0], 32, 32, 1))
  }

  @Test func itIsTheDiscriminatorButForTheLastFilter() {
    let discriminator = NetworkSpecification.discriminator(Self.settings)
    let classifier = NetworkSpecification.classifier(Self.settings, classes: 5)
    #expect(classifier.parameters.map(\.name) == discriminator.parameters.map(\.name))
    #expect(
      classifier.parameters.dropLast() == discriminator.parameters.dropLast())
    #expect(classifier.parameters.last?.shape == Shape(2, 2, 16, 5))
    #expect(classifier.parameters.last?.initialValues == .normal(mean: 0))
    #expect(classifier.buffers == discriminator.buffers)
  }

  @Test func withoutDecayAdamWIsAdam() {
    let backend = Backend(threads: 1)
    func updated(_ update: (Adam) -> Void) -> [Float] {
      let network = Network.classifier(Self.settings, classes: 2)
      network.initialize(from: RandomUse.classifierWeights.stream(seed: 1))
      network.arena.gradients.assign(network.arena.values)
      update(Adam(network.arena))
      return network.arena.values.values
    }
    #expect(
      updated { $0.update(backend) } == updated { $0.update(backend, weightDecay: 0) })
  }
}
