import Checkpoints
import DCGAN
import Foundation
import Support
import Tensor
import TestSupport
import Testing
import TrainingTestSupport

/// Discriminators whose filters are divided by their largest singular values.
@Suite struct SpectralNormalizationTests {
  private static let settings = ModelSettings(size: 32, channels: 3, nz: 5, ngf: 2, ndf: 3)
  private let backend = Backend(threads: 2)

  private func makeModel(averageDecay: Double? = nil) -> AdversarialModel {
    AdversarialModel(
      Self.settings, seed: 3, averageDecay: averageDecay, isSpectrallyNormalized: true)
  }

  private func images(_ seed: UInt64) -> Tensor::Tensor {
    backend.tanh(Tensor.random(Shape(4, 32, 32, 3), seed: seed))
  }

  private func step(_ model: AdversarialModel, _ seed: UInt64) {
    let latents = Tensor.random(Shape(4, 1, 1, 5), seed: 100 + seed)
    _ = model.step(real: images(seed), latents: latents, backend)
  }

  private func checkpoint(of model: AdversarialModel) -> Checkpoint {
    model.checkpoint(at: TrainingPosition(step: 2, stepsPerEpoch: 4), seed: 3, images: 11)
  }

  private func length(_ vector: [Double]) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  /// The largest singular value of a filter as PyTorch lays it out, by many power iterations in Double.
  private func largestSingularValue(_ filter: Tensor::Tensor) -> Double {
    let entry = Network.entry(name: "", filter)
    let columns = entry.values.count / entry.shape[0]
    let rows = (0..<entry.shape[0]).map { row in
      entry.values[row * columns..<(row + 1) * columns].map(Double.init)
    }
    var right = (0..<columns).map { 1 + Double($0 % 7) }
    var norm = 0.0
    for _ in 0..<500 {
      let size = length(right)
      right = right.map { $0 / size }
      let left = rows.map { row in zip(row, right).reduce(0) { $0 + $1.0 * $1.1 } }
      norm = length(left)
      right = (0..<columns).map { column in
        zip(rows, left).reduce(0) { $0 + $1.0[column] * $1.1 }
      }
    }
    return norm
  }

  /// Expects σ to be what a few power iterations find: nearly the largest singular value, from below.
  private func expectSpectralNorms(of model: AdversarialModel) {
    let norms = model.discriminator.spectralNorms
    #expect(norms.map(\.filter.name) == [0, 2, 5, 8, 11].map { "main.\($0).weight" })
    for norm in norms {
      let ratio = Double(norm.value) / largestSingularValue(norm.filter.value)
      #expect(ratio > 0.95 && ratio < 1 + 1e-6, "\(norm.filter.name): \(ratio)")
      #expect(norm.normalized.values == norm.filter.value.values.map { $0 / norm.value })
    }
  }

  @Test func `every filter is divided by its largest singular value`() {
    let model = makeModel()
    expectSpectralNorms(of: model)
    #expect(model.generator.spectralNorms.isEmpty)
    #expect(AdversarialModel(Self.settings, seed: 3).discriminator.spectralNorms.isEmpty)
  }

  @Test func filtersThatAreReadAreNormalizedToo() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("d.safetensors")
    let other = AdversarialModel(Self.settings, seed: 8)
    try NetworkFile(.discriminator, of: checkpoint(of: other)).write(to: path)
    let model = makeModel()
    try InitialNetworks(generator: nil, discriminator: path, settings: Self.settings)
      .apply(to: model)
    #expect(
      model.discriminator.arena.values.values == other.discriminator.arena.values.values)
    expectSpectralNorms(of: model)
  }

  /// One power iteration for each update of the filters, however often the network runs.
  @Test func aStepFollowsTheUpdateOnce() {
    let model = makeModel()
    for seed in [1, 2] as [UInt64] {
      let before = model.discriminator.spectralNorms.map {
        (filter: $0.filter.value.values, left: $0.left.values)
      }
      step(model, seed)
      for (norm, before) in zip(model.discriminator.spectralNorms, before) {
        let filter = norm.filter.value
        #expect(filter.values != before.filter)
        let left = Tensor(before.left, shape: norm.left.shape)
        let right = Tensor(repeating: 0, shape: norm.right.shape)
        backend.iteratePower(filter, left: left, right: right)
        #expect(norm.left.values == left.values && norm.right.values == right.values)
        let value = backend.spectralNorm(filter, left: left, right: right)
        #expect(norm.value == value)
        #expect(norm.normalized.values == filter.values.map { $0 / value })
      }
      let (left, right) = model.discriminator.spectralNorms.reduce(into: ([Float](), [Float]())) {
        $0.0 += $1.left.values
        $0.1 += $1.right.values
      }
      _ = model.score(images(9), backend)
      let latents = Tensor.random(Shape(2, 1, 1, 5), seed: 5)
      _ = model.score(model.generate(latents, backend), backend)
      #expect(model.discriminator.spectralNorms.flatMap(\.left.values) == left)
      #expect(model.discriminator.spectralNorms.flatMap(\.right.values) == right)
    }
    expectSpectralNorms(of: model)
  }

  /// Batch normalization undoes the scale of the layer before it, and of the first layer, whose
  /// rectifier keeps a scale: scores and gradients are those of the plain network with a last filter of
  /// length 1.
  @Test func onlyTheLastFiltersScaleCounts() throws {
    let (model, plain) = (makeModel(), AdversarialModel(Self.settings, seed: 3))
    for network in [model.discriminator, plain.discriminator] {
      // Outputs so large that the ε beside batch normalization's variance is nothing.
      for parameter in network.arena.parameters where parameter.value.shape.rows > 1 {
        backend.divide(parameter.value, by: 1 / 32, into: parameter.value)
      }
    }
    model.discriminator.findSpectralNorms(backend)
    let results = [model, plain].map { model in
      let tape = Tape(backend: backend)
      let logits = model.discriminator(tape.constant(images(7)), .training(tape))
      let values = logits.value.values
      tape.backward(
        from: logits, gradient: Tensor([1, -2, 3, 0.5], shape: logits.value.shape))
      let gradients = model.discriminator.arena.parameters.map(\.gradient.values)
      return (logits: values, gradients: gradients)
    }
    let last = try #require(plain.discriminator.arena.parameters.last).value.values
    let size = length(last.map(Double.init))
    #expect(size > 2)
    func expectScaled(_ found: [Float], _ expected: [Float], _ name: String) {
      let scaled = expected.map { Double($0) / size }
      let largest = scaled.map(abs).max() ?? 0
      #expect(largest > 0, "\(name)")
      expectClose(found, scaled, within: { _ in 1e-3 * largest }, name)
    }
    expectScaled(results[0].logits, results[1].logits, "logits")
    let names = plain.discriminator.arena.parameters.map(\.name)
    for (index, name) in names.enumerated().dropLast() {
      expectScaled(results[0].gradients[index], results[1].gradients[index], name)
    }
    let radial = zip(try #require(results[0].gradients.last), last).reduce(0.0) {
      $0 + Double($1.0) * Double($1.1)
    }
    let gradient = length(try #require(results[0].gradients.last).map(Double.init))
    #expect(gradient > 0 && abs(radial) < 1e-5 * gradient * size)
  }

  @Test func `a checkpoint has the filters both as applied and as trained`() throws {
    let folder = try TemporaryFolder()
    let model = makeModel(averageDecay: 0.5)
    for seed in [1, 2] as [UInt64] { step(model, seed) }
    let path = folder.file("state.safetensors")
    try checkpoint(of: model).write(to: path)
    let read = try Checkpoint(contentsOf: path)
    #expect(read.metadata.strings["discriminator.spectral_norm"] == "true")
    let trained = read.tensors.entries.filter { $0.name.hasPrefix("training.discriminator.") }
    #expect(trained.count == 3 * 5)
    let file = NetworkFile(.discriminator, of: read)
    for norm in model.discriminator.spectralNorms {
      let name = norm.filter.name
      let applied = Network.entry(name: name, norm.normalized).values
      #expect(read.tensors["discriminator.\(name)"]?.values == applied)
      #expect(file.tensors[name]?.values == applied)
      #expect(
        read.tensors["training.discriminator.\(name)"]
          == Network.entry(name: "training.discriminator.\(name)", norm.filter.value))
    }
    #expect(read.tensors["training.discriminator.main.2.weight_u"]?.shape == [6])
    #expect(read.tensors["training.discriminator.main.2.weight_v"]?.shape == [1, 3, 4, 4])

    let scoring = try AdversarialModel(read, path: path)
    #expect(scoring.discriminator.spectralNorms.isEmpty)
    #expect(scoring.score(images(4), backend) == model.score(images(4), backend))
    let resumed = try AdversarialModel(resuming: read, path: path)
    for model in [model, resumed] { step(model, 6) }
    #expect(checkpoint(of: resumed) == checkpoint(of: model))
  }

  @Test func aCheckpointWithoutAVectorIsRefused() throws {
    var state = checkpoint(of: makeModel())
    state.tensors.entries.removeAll { $0.name == "training.discriminator.main.5.weight_u" }
    let folder = try TemporaryFolder()
    let path = folder.file("state.safetensors")
    #expect(
      message { try state.write(to: path) }
        == "\(path): not a usable checkpoint: training.discriminator.main.5.weight_u: expected "
        + "the shape [12], found no such tensor")
    var strings = state.metadata.strings
    strings["discriminator.spectral_norm"] = "yes"
    #expect(
      message { _ = try CheckpointMetadata(parsing: strings) }
        == "not a usable checkpoint: metadata discriminator.spectral_norm: expected 'true' "
        + "or nothing, found 'yes'")
  }

  /// Vectors that have nothing to do with the filter give no norm to divide by.
  @Test func vectorsThatGiveNoNormAreRefused() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("state.safetensors")
    var state = checkpoint(of: makeModel())
    let name = "training.discriminator.main.5.weight_u"
    let index = try #require(state.tensors.entries.firstIndex { $0.name == name })
    let vector = state.tensors.entries[index]
    state.tensors.entries[index] = SafeTensors.Entry(
      name: name, shape: vector.shape, values: vector.values.map { -$0 })
    try state.write(to: path)
    let read = try Checkpoint(contentsOf: path)
    #expect(
      message { _ = try AdversarialModel(resuming: read, path: path) }
        == "\(path): not a usable checkpoint: training.discriminator.main.5.weight: expected a "
        + "filter with a spectral norm above 1e-06, found 1e-12")
  }

  @Test func aFilterOfZerosThatIsReadIsRefused() throws {
    let model = makeModel()
    let filter = try #require(model.discriminator.arena.parameters.first).value
    filter.withUnsafeMutablePointer { $0.update(repeating: 0) }
    model.discriminator.findSpectralNorms(backend)
    #expect(
      message { try model.discriminator.checkSpectralNorms() }
        == "not a usable checkpoint: main.0.weight: expected a filter with a spectral norm "
        + "above 1e-06, found 1e-12")
  }

  @Test(.slow, arguments: [true, false])
  func `a checkpoint of another kind of run is refused`(isNormalized: Bool) throws {
    let place = try TrainingPlace()
    _ = try place.train(
      "run", epochs: 2, steps: 1,
      techniques: TrainingTechniques(spectralNormalization: !isNormalized))
    let (expected, found) = isNormalized ? ("with", "without") : ("without", "with")
    #expect(
      message {
        _ = try place.makeTrainer(
          "run", epochs: 2, resumes: true,
          techniques: TrainingTechniques(spectralNormalization: isNormalized))
      } == place.path("run/checkpoints/epoch-0001.safetensors")
        + ": expected a discriminator \(expected) spectral normalization, as the run has, found one "
        + "\(found); put the run's own checkpoint there")
  }
}
