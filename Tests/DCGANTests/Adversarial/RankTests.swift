import DCGAN
import Tensor
import TestSupport
import Testing

/// Steps that ranks share, which make the bytes of one process's.
@Suite struct RankTests {
  /// Networks and what they are trained with.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let settings: ModelSettings
    let techniques: TrainingTechniques
    let batch: Int
    var precision = Precision.float32
  }

  /// What is left after some steps: the numbers of both networks, and what each step saw.
  private struct Outcome: Equatable, Sendable {
    let numbers: [[UInt32]]
    let results: [AdversarialModel.StepResult]
  }

  static let cases = [
    Case(
      testDescription: "plain", settings: ModelSettings(size: 32, ngf: 8, ndf: 8),
      techniques: TrainingTechniques(), batch: 16),
    Case(
      testDescription: "widths that end no vector",
      settings: ModelSettings(size: 64, channels: 1, nz: 7, ngf: 12, ndf: 20),
      techniques: TrainingTechniques(labelSmoothing: 0.1), batch: 8),
    Case(
      testDescription: "all techniques",
      settings: ModelSettings(
        size: 32, ngf: 8, ndf: 8, classes: ModelClasses(unnamed: 3), hasMinibatchDeviation: true),
      techniques: TrainingTechniques(
        labelSmoothing: 0.1, instanceNoise: 0.1, augmentations: Augmentation.allCases,
        spectralNormalization: true, realPenalty: 0.1, fakePenalty: 0.2), batch: 16),
    Case(
      testDescription: "bfloat16", settings: ModelSettings(size: 64, ngf: 16, ndf: 16),
      techniques: TrainingTechniques(instanceNoise: 0.1), batch: 8, precision: .bfloat16),
  ]

  /// Makes two steps on this rank's part of the same batches.
  private static func train(_ test: Case, _ backend: Backend) -> Outcome {
    let settings = test.settings
    let model = AdversarialModel(
      settings, seed: 5, averageDecay: 0.9,
      isSpectrallyNormalized: test.techniques.spectralNormalization, backend: backend)
    var position = TrainingPosition(stepsPerEpoch: 4)
    var results: [AdversarialModel.StepResult] = []
    for step in 0..<2 {
      let random = RandomStream(seed: 9, stream: UInt64(step))
      let real = Tensor(
        uninitialized: Shape(test.batch, settings.size, settings.size, settings.channels))
      real.withUnsafeMutablePointer { random.fillUniform($0, in: -1..<1) }
      let latents = Tensor(latents: test.batch, nz: settings.nz, from: random)
      let part = backend.ranks?.part(ofBatch: test.batch) ?? 0..<test.batch
      let labels = settings.classes.map { classes in part.map { $0 % classes.names.count } }
      results.append(
        model.step(
          real: real.batch(part), latents: latents.batch(part), labels: labels,
          conditions: StepConditions(
            test.techniques, seed: 5, position: position, batch: test.batch,
            augmentationProbability: 0.9),
          backend))
      position.advance()
    }
    return Outcome(numbers: numbers(of: model), results: results)
  }

  /// Returns the bits of every number that training changes.
  private static func numbers(of model: AdversarialModel) -> [[UInt32]] {
    let networks = [model.generator, model.discriminator, model.imageGenerator]
    let optimizers = [model.generatorOptimizer, model.discriminatorOptimizer]
    let tensors =
      networks.flatMap { [$0.arena.values] + $0.buffers.map(\.value) }
      + optimizers.flatMap { [$0.firstMoment, $0.secondMoment] }
    return tensors.map { $0.values.map(\.bitPattern) }
  }

  @Test(arguments: cases, [2, 4, 8])
  func ranksMakeTheBytesOfOneProcess(_ test: Case, count: Int) throws {
    let alone = Self.train(test, Backend(threads: 2, precision: test.precision))
    #expect(alone.results.allSatisfy { $0.generatorLoss.isFinite })
    let ranks = try LocalRanks.run(count) { rank, backend in
      Self.train(
        test, Backend(threads: 1, precision: test.precision, ranks: rank))
    }
    #expect(ranks.count == count)
    for (rank, outcome) in ranks.enumerated() {
      #expect(outcome.results == alone.results, "rank \(rank)")
      for (index, pair) in zip(outcome.numbers, alone.numbers).enumerated() {
        #expect(pair.0 == pair.1, "tensor \(index) of rank \(rank)")
      }
    }
  }

  @Test func aStepWithinWithoutRanksTakesTheWholeBatch() throws {
    let alone = Self.train(Self.cases[0], Backend(threads: 1))
    let ranks = try LocalRanks.run(2) { _, backend in
      backend.withoutRanks { Self.train(Self.cases[0], backend) }
    }
    #expect(ranks == [alone, alone])
  }

  @Test(arguments: [1, 2, 7])
  func ranksDrawAndScoreTheSameImages(_ count: Int) throws {
    let settings = ModelSettings(
      size: 32, nz: 5, ngf: 8, ndf: 8, classes: ModelClasses(unnamed: 2))
    let latents = Tensor(
      latents: count, nz: settings.nz, from: RandomStream(seed: 1, stream: 1))
    let labels = (0..<count).map { $0 % 2 }
    let draw = { @Sendable (backend: Backend) in
      let model = AdversarialModel(settings, seed: 3)
      let images = model.generate(latents, labels: labels, backend)
      return [images.values, model.logits(images, labels: labels, backend).values]
    }
    let alone = draw(Backend(threads: 1))
    #expect(alone[0].count == count * 32 * 32 * 3 && alone[1].count == count)
    let ranks = try LocalRanks.run(3) { _, backend in draw(backend) }
    #expect(ranks == [alone, alone, alone])
  }
}
