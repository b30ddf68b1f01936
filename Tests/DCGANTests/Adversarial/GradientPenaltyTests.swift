import Checkpoints
import DCGAN
import Tensor
import TestSupport
import Testing

/// Penalties on the discriminator's slope, against PyTorch's second backward pass.
@Suite struct GradientPenaltyTests {
  static let names = ["plain", "spectral", "minibatch", "classes"]

  /// A discriminator and a batch of `Fixtures/penalty`.
  private struct Case {
    let tensors: SafeTensors
    let model: AdversarialModel
    let images: Tensor::Tensor
    let labels: [Int]?

    init(_ name: String) throws {
      tensors = try SafeTensors(contentsOf: Fixtures.path("penalty/\(name).safetensors"))
      let metadata = tensors.metadata
      let classes = try #require(metadata["classes"].flatMap { Int($0) })
      model = AdversarialModel(
        ModelSettings(
          size: 32, channels: 1, nz: 1, ngf: 1, ndf: 4,
          classes: classes > 0 ? ModelClasses(unnamed: classes) : nil,
          hasMinibatchDeviation: metadata["minibatch_std"] == "true"),
        seed: 0, isSpectrallyNormalized: metadata["spectral_norm"] == "true")
      try model.discriminator.load(tensors, prefix: "init.discriminator.")
      try model.discriminator.loadSpectralNorms(
        tensors, prefix: "init.discriminator.", Backend(threads: 1))
      let batch = try #require(tensors["images"])
      images = Tensor(batch.values, shape: Shape(batch.shape[0], 32, 32, 1))
      labels = tensors["labels"]?.values.map { Int($0) }
    }

    /// Adds a penalty to gradients of zero, and returns it.
    func add(weight: Double, _ backend: Backend) -> Double {
      model.discriminator.arena.clearGradients()
      return model.add(GradientPenalty(weight: weight), on: images, labels: labels, backend)
    }
  }

  private func length(_ values: [Double]) -> Double {
    values.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  /// The difference of first derivatives is off by the square of its reach, and the rounding of `Float` in
  /// what is left of two nearly equal numbers: within 0.5 % of each tensor's gradient.
  @Test(arguments: names, Variant.supported)
  func theGradientIsThatOfASecondBackwardPass(_ name: String, variant: Variant) throws {
    let single = try Case(name)
    let found = single.add(weight: 2, Backend(variant: variant, threads: 2))
    let penalty = Double(try #require(single.tensors["penalty"]).values[0])
    #expect(abs(found / 2 - penalty) < 1e-4 * penalty)
    let parameters = single.model.discriminator.arena.parameters
    let whole = length(single.model.discriminator.arena.gradients.values.map(Double.init)) / 2
    for parameter in parameters {
      let entry = Network.entry(
        name: "grad.discriminator.\(parameter.name)", parameter.gradient)
      let expected = try #require(single.tensors[entry.name]).values.map(Double.init)
      let error = length(zip(entry.values, expected).map { Double($0) / 2 - $1 })
      // Of the shifts before the last layer next to nothing is left.
      #expect(error < 5e-3 * length(expected) + 1e-4 * whole, "\(entry.name): \(error)")
    }
  }

  @Test(arguments: names)
  func neitherStatisticsNorThreadsMatter(_ name: String) throws {
    let single = try Case(name)
    let network = single.model.discriminator
    let before = network.buffers.map(\.value.values)
    let gradients = [1, 3].map { threads in
      _ = single.add(weight: 1, Backend(threads: threads))
      return network.arena.gradients.values
    }
    #expect(gradients[0] == gradients[1])
    #expect(network.buffers.map(\.value.values) == before)
  }

  @Test func aFlatDiscriminatorHasNoPenalty() throws {
    let single = try Case("plain")
    let arena = single.model.discriminator.arena
    try #require(arena.parameters.last).value.assign(
      Tensor(repeating: 0, shape: Shape(2, 2, 32, 1)))
    #expect(single.add(weight: 1, Backend(threads: 1)) == 0)
    #expect(arena.gradients.values.allSatisfy { $0 == 0 })
  }

  @Test func everySixteenthStepHasSixteenTimesTheWeight() {
    let techniques = TrainingTechniques(realPenalty: 2, fakePenalty: 0.5)
    func penalties(atStep step: Int, _ techniques: TrainingTechniques) -> [Double?] {
      let conditions = StepConditions(
        techniques, seed: 1, position: TrainingPosition(step: step, stepsPerEpoch: 9), batch: 4)
      return [.real, .fake, .generatorsFake].map { conditions.penalty(on: $0)?.weight }
    }
    #expect(penalties(atStep: 0, techniques) == [32, 8, nil])
    #expect(penalties(atStep: 15, techniques) == [nil, nil, nil])
    #expect(penalties(atStep: 32, techniques) == [32, 8, nil])
    #expect(penalties(atStep: 32, TrainingTechniques(fakePenalty: 1)) == [nil, 16, nil])
  }

  /// The step adds the penalties to the gradients of the loss.
  @Test func theStepAddsThePenalties() throws {
    let latents = Tensor.random(Shape(5, 1, 1, 1), seed: 3)
    func gradients(_ techniques: TrainingTechniques) throws -> [Float] {
      let single = try Case("plain")
      let conditions = StepConditions(
        techniques, seed: 1, position: TrainingPosition(stepsPerEpoch: 9), batch: 5)
      _ = single.model.step(
        real: single.images, latents: latents, conditions: conditions, Backend(threads: 1))
      return single.model.discriminator.arena.gradients.values
    }
    let plain = try gradients(TrainingTechniques())
    let penalized = try gradients(TrainingTechniques(realPenalty: 1))
    let single = try Case("plain")
    _ = single.add(weight: 16, Backend(threads: 1))
    let added = single.model.discriminator.arena.gradients.values
    let largest = added.map(abs).max() ?? 0
    for (found, parts) in zip(penalized, zip(plain, added)) {
      #expect(abs(found - parts.0 - parts.1) <= 1e-5 * largest)
    }
  }
}
