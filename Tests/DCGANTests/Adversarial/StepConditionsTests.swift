import DCGAN
import Foundation
import Tensor
import TestSupport
import Testing

/// What a step tells and shows the discriminator.
@Suite struct StepConditionsTests {
  private static let settings = ModelSettings(size: 32, channels: 1, nz: 4, ngf: 2, ndf: 3)
  private static let all = TrainingTechniques(
    labelSmoothing: 0.1, instanceNoise: 0.3, instanceNoiseEpochs: 2,
    augmentations: Augmentation.allCases)
  private let backend = Backend(threads: 2)
  private let real = Tensor.random(Shape(3, 32, 32, 1), seed: 51)
  private let latents = Tensor.random(Shape(3, 1, 1, 4), seed: 52)

  private func conditions(
    _ techniques: TrainingTechniques, step: Int = 5
  ) -> StepConditions {
    StepConditions(
      techniques, seed: 8, position: TrainingPosition(step: step, stepsPerEpoch: 4), batch: 3)
  }

  private func shown(
    _ images: Tensor, _ kind: StepConditions.Kind, _ conditions: StepConditions
  ) -> Tensor {
    let tape = Tape(backend: backend)
    return conditions.show(tape.constant(images), as: kind, on: tape).value
  }

  @Test func onlyTheTargetOfRealImagesIsSmoothed() {
    let model = AdversarialModel(Self.settings, seed: 1)
    let result = model.step(
      real: real, latents: latents, conditions: conditions(.init(labelSmoothing: 0.2)), backend)
    func mean(_ scores: [Float], _ loss: (Double) -> Double) -> Double {
      scores.reduce(0) { $0 + loss(Double($1)) } / Double(scores.count)
    }
    let onReal = mean(result.realScores) { -0.8 * log($0) - 0.2 * log(1 - $0) }
    #expect(abs(Double(result.discriminatorLossReal) - onReal) < 1e-6)
    let onFake = mean(result.fakeScores) { -log(1 - $0) }
    #expect(abs(Double(result.discriminatorLossFake) - onFake) < 1e-6)
    let onGenerators = mean(result.updatedFakeScores) { -log($0) }
    #expect(abs(Double(result.generatorLoss) - onGenerators) < 1e-6)
  }

  /// −0.9·ln 0.9 − 0.1·ln 0.1 is the entropy of a coin that falls on one side nine times of ten.
  @Test func smoothedLabelsLeaveTheirEntropyAsLoss() {
    #expect(abs(Self.all.leastDiscriminatorLoss - 0.325_082_973_4) < 1e-9)
    #expect(abs(TrainingTechniques(labelSmoothing: 0.5).leastDiscriminatorLoss - log(2)) < 1e-15)
    #expect(TrainingTechniques().leastDiscriminatorLoss == 0)
  }

  @Test func noiseFallsInAStraightLine() {
    let steps = [0, 2, 4, 7, 8, 100]
    let found = steps.map { conditions(Self.all, step: $0).noiseDeviation }
    let expected: [Float] = [0.3, 0.225, 0.15, 0.0375, 0, 0]
    for (found, expected) in zip(found, expected) { #expect(abs(found - expected) < 1e-7) }
  }

  @Test func noiseIsWhatTheStreamHoldsForTheStep() {
    let techniques = TrainingTechniques(instanceNoise: 0.4, instanceNoiseEpochs: 5)
    let result = shown(real, .fake, conditions(techniques)).values
    let stream = RandomUse.instanceNoise.stream(seed: 8, part: 1)
    // Five steps of three images went before, and a quarter of the noise.
    let expected = real.values.enumerated().map { index, value in
      value + Float(Double(Float(0.3)) * stream.normal(at: UInt64(5 * real.count + index)))
    }
    #expect(result == expected)
  }

  @Test func plainConditionsShowTheImagesThemselves() {
    #expect(shown(real, .real, .plain).storage === real.storage)
    #expect(shown(real, .real, conditions(TrainingTechniques())).storage === real.storage)
  }

  /// Everything that a step reports follows from images that are changed beforehand.
  @Test func `real and generated images are augmented in the steps of both networks`() {
    let conditions = conditions(Self.all)
    let (model, twin) = (
      AdversarialModel(Self.settings, seed: 2), AdversarialModel(Self.settings, seed: 2)
    )
    let result = model.step(real: real, latents: latents, conditions: conditions, backend)
    func scores(_ network: Network, _ images: Tensor) -> [Float] {
      let tape = Tape(backend: backend)
      return backend.sigmoid(network(tape.constant(images), .training(tape)).value).values
    }
    let tape = Tape(backend: backend)
    let fakes = twin.generator(tape.constant(latents), .training(tape)).value
    for (found, network, images) in [
      (result.realScores, twin.discriminator, shown(real, .real, conditions)),
      (result.fakeScores, twin.discriminator, shown(fakes, .fake, conditions)),
      (result.updatedFakeScores, model.discriminator, shown(fakes, .generatorsFake, conditions)),
    ] {
      expectClose(found, scores(network, images).map(Double.init), within: { _ in 1e-6 })
    }
    let plain = scores(twin.discriminator, real)
    #expect(zip(plain, result.realScores).contains { abs($0 - $1) > 1e-4 })
  }

  @Test func kindsAndStepsAreChangedDifferently() {
    let views = [
      shown(real, .real, conditions(Self.all)), shown(real, .fake, conditions(Self.all)),
      shown(real, .generatorsFake, conditions(Self.all)),
      shown(real, .real, conditions(Self.all, step: 6)),
    ].map(\.values)
    for (index, view) in views.enumerated() { #expect(!views[..<index].contains(view)) }
    #expect(shown(real, .real, conditions(Self.all)).values == views[0])
  }

  /// The first step of Adam moves a parameter by its rate, whatever the gradient's size.
  @Test func eachNetworkHasItsLearningRate() {
    let model = AdversarialModel(Self.settings, seed: 3)
    model.setLearningRates(
      of: TrainingTechniques(discriminatorLearningRate: 1e-3, generatorLearningRate: 3e-3),
      else: 2e-4, at: TrainingPosition(stepsPerEpoch: 1), epochs: 1)
    let before = [model.discriminator, model.generator].map(\.arena.values.values)
    _ = model.step(real: real, latents: latents, backend)
    let after = [model.discriminator, model.generator].map(\.arena.values.values)
    for (index, rate) in [Float(1e-3), 3e-3].enumerated() {
      let largest = zip(before[index], after[index]).map { abs($0 - $1) }.max() ?? 0
      #expect(abs(largest - rate) < 0.001 * rate)
    }
  }
}
