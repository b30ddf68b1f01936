import Checkpoints
import DCGAN
import Tensor
import TestSupport
import Testing

/// Discriminators that see how much the images of a batch differ.
@Suite struct MinibatchDeviationTests {
  private static let settings = ModelSettings(
    size: 32, channels: 3, nz: 5, ngf: 2, ndf: 3, hasMinibatchDeviation: true)
  private let backend = Backend(threads: 2)
  private let images = Tensor.random(Shape(6, 32, 32, 3), seed: 7)

  private func network(_ settings: ModelSettings = Self.settings) -> Network {
    let network = Network.discriminator(settings)
    network.initialize(from: RandomStream(seed: 1, stream: 0))
    return network
  }

  private func running(_ network: Network) throws -> Float {
    try #require(network.buffers.first { $0.name == "main.10.running_deviation" }).value.values[0]
  }

  @Test func theLastFilterHasOneMoreChannel() {
    let tensors = NetworkSpecification.discriminator(Self.settings).tensors
    #expect(tensors.suffix(2).map(\.name) == ["main.10.running_deviation", "main.11.weight"])
    #expect(tensors.suffix(2).map(\.shape) == [Shape(vector: 1), Shape(2, 2, 25, 1)])
  }

  /// The channel holds the deviation of what precedes it: the logit changes by its filter's sum times that.
  @Test func theLogitsGetTheDeviationTimesItsFilter() throws {
    let settings = Self.settings
    let (with, without) = (
      network(),
      network(ModelSettings(size: 32, channels: 3, nz: settings.nz, ngf: settings.ngf, ndf: 3))
    )
    let last = try #require(with.arena.parameters.last).value
    // All parameters but the last are drawn alike; the last differ by the added channel.
    let filter = last.values.enumerated().filter { $0.offset % 25 < 24 }.map(\.element)
    let plain = try #require(without.arena.parameters.last).value
    plain.assign(Tensor(filter, shape: plain.shape))
    let added = last.values.enumerated().filter { $0.offset % 25 == 24 }.map { Double($0.element) }
    let tapes = [Tape(backend: backend), Tape(backend: backend)]
    let logits = zip([with, without], tapes).map { network, tape in
      network(tape.constant(images), .training(tape)).value.values.map(Double.init)
    }
    // The average has moved from 1 by a tenth of the way.
    let deviation = 1 + (Double(try running(with)) - 1) * 10
    #expect(deviation > 0.1 && deviation < 2)
    for (found, expected) in zip(logits[0], logits[1]) {
      #expect(abs(found - expected - added.reduce(0, +) * deviation) < 1e-5)
    }
  }

  @Test func inEvaluationAnImageDoesNotDependOnItsBatch() throws {
    let network = network()
    let tape = Tape(backend: backend)
    _ = network(tape.constant(images), .training(tape))
    let before = try running(network)
    func logits(_ images: Tensor) -> [Float] {
      let pass = ForwardPass.evaluation(backend)
      return network(pass.tape.constant(images), pass).value.values
    }
    let together = logits(images)
    #expect(Set(together).count == 6)
    for index in 0..<6 {
      #expect(logits(images.batch(index..<index + 1)) == [together[index]])
    }
    #expect(try running(network) == before)
  }

  /// The mean of the batches' deviations, whatever the average was.
  @Test func theAverageIsEstimatedAfresh() throws {
    let network = network()
    func estimate(_ image: Range<Int>, at index: Int) throws -> Float {
      let pass = ForwardPass.estimation(backend, batch: index)
      _ = network(pass.tape.constant(images.batch(image)), pass)
      return try running(network)
    }
    let (first, second) = (try estimate(0..<3, at: 0), try estimate(3..<6, at: 0))
    #expect(first != second)
    _ = try estimate(0..<3, at: 0)
    #expect(abs(try estimate(3..<6, at: 1) - (first + second) / 2) < 1e-6)
  }

  /// Two constant halves: neither deviates from itself, and both together by half of their distance.
  @Test func groupsAreBatchesOfTheirOwn() {
    func estimate(groups: Int) -> Float {
      let running = Tensor(repeating: 1, shape: Shape(vector: 1))
      let layer = MinibatchDeviation().makeLayer(parameters: [], buffers: [running])
      let pass = ForwardPass.estimation(backend, batch: 0, groups: groups)
      let values = [Float](repeating: 1, count: 24) + [Float](repeating: 5, count: 24)
      _ = layer(pass.tape.constant(Tensor(values, shape: Shape(6, 2, 2, 2))), pass)
      return running.values[0]
    }
    #expect(estimate(groups: 2) < 1e-3)
    #expect(abs(estimate(groups: 1) - 2) < 1e-3)
  }

  @Test func aCheckpointSaysSoAndComesBack() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("checkpoint.safetensors")
    let model = AdversarialModel(Self.settings, seed: 3, averageDecay: 0.9)
    for seed in [1, 2] as [UInt64] {
      let latents = Tensor.random(Shape(6, 1, 1, 5), seed: seed)
      _ = model.step(real: images, latents: latents, backend)
    }
    let position = TrainingPosition(step: 2, stepsPerEpoch: 4)
    try model.checkpoint(at: position, seed: 3, images: 11).write(to: path)
    let read = try Checkpoint(contentsOf: path)
    #expect(read.metadata.settings == Self.settings)
    #expect(read.metadata.strings["discriminator.minibatch_std"] == "true")
    #expect(read.tensors["discriminator.main.11.weight"]?.shape == [1, 25, 2, 2])
    let resumed = try AdversarialModel(resuming: read, path: path)
    let latents = Tensor.random(Shape(6, 1, 1, 5), seed: 9)
    #expect(
      resumed.step(real: images, latents: latents, backend)
        == model.step(real: images, latents: latents, backend))
    #expect(try running(resumed.discriminator) == running(model.discriminator))
  }

  @Test func anExportedDiscriminatorTellsItsShape() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("d.safetensors")
    let model = AdversarialModel(Self.settings, seed: 3)
    let checkpoint = model.checkpoint(
      at: TrainingPosition(step: 2, stepsPerEpoch: 4), seed: 3, images: 11)
    let file = NetworkFile(.discriminator, of: checkpoint)
    #expect(file.tensors.metadata["minibatch_std"] == "true")
    try file.write(to: path)
    let pair = try NetworkPair(generator: nil, discriminator: path)
    #expect(pair.settings.hasMinibatchDeviation && pair.settings.ndf == 3)
    #expect(try pair.model().score(images, backend) == model.score(images, backend))

    let plain = ModelSettings(size: 32, channels: 3, nz: 5, ngf: 2, ndf: 3)
    let refusal = #expect(throws: NetworkFileError.self) {
      try NetworkFile(.discriminator, contentsOf: path, settings: plain)
    }
    #expect(
      "\(try #require(refusal))".hasSuffix(
        "; train with 'minibatchDeviation', or name another file"))
  }
}
