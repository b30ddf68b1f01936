import DCGAN
import Foundation
import Tensor
import TestSupport
import Testing

/// The networks that images are made and judged with: the generator's average, and statistics that are
/// estimated afresh.
@Suite struct EvaluationModelTests {
  private let settings = ModelSettings(size: 32, channels: 3, nz: 5, ngf: 2, ndf: 3)
  private let backend = Backend(threads: 2)

  private func latents(_ count: Int, seed: UInt64) -> Tensor::Tensor {
    Tensor::Tensor(
      latents: count, nz: settings.nz, from: RandomUse.trainingLatents.stream(seed: seed))
  }

  @Test func theAverageFollowsTheWeights() throws {
    let place = try TrainingPlace()
    let model = AdversarialModel(settings, seed: 3, averageDecay: 0.25)
    let average = try #require(model.average)
    var expected = model.generator.arena.values.values.map(Double.init)
    #expect(average.network.arena.values.values.map(Double.init) == expected)
    for step in 1...3 {
      _ = model.step(
        real: Tensor(images: place.images, at: 0..<4), latents: latents(4, seed: UInt64(step)),
        backend)
      // (1 + t) / (10 + t) is 2/11 and 3/12, not above the decay, and then 4/13, which is.
      let decay = [2.0 / 11, 0.25, 0.25][step - 1]
      expected = zip(expected, model.generator.arena.values.values).map {
        decay * $0 + (1 - decay) * Double($1)
      }
      for (found, wanted) in zip(average.network.arena.values.values, expected) {
        #expect(abs(Double(found) - wanted) <= 1e-6 * max(1, abs(wanted)))
      }
    }
    #expect(expected != model.generator.arena.values.values.map(Double.init))
  }

  @Test func trainingDoesNotDependOnTheAverage() throws {
    let place = try TrainingPlace()
    let models = [nil, 0.9].map { AdversarialModel(settings, seed: 3, averageDecay: $0) }
    for model in models {
      for step in 1...2 {
        model.estimateStatistics(real: place.images, seed: 9, backend)
        _ = model.step(
          real: Tensor(images: place.images, at: 0..<4), latents: latents(4, seed: UInt64(step)),
          backend)
      }
    }
    for network in [\AdversarialModel.generator, \.discriminator] {
      #expect(
        models[0][keyPath: network].arena.values.values
          == models[1][keyPath: network].arena.values.values)
    }
  }

  /// Eleven images make one batch: its own statistics are those of evaluation, but for the unbiased
  /// variance.
  @Test func statisticsAreThoseOfTheBalancedSet() throws {
    let place = try TrainingPlace()
    let model = AdversarialModel(settings, seed: 3, averageDecay: 0.5)
    model.estimateStatistics(real: place.images, seed: 9, backend)
    let noise = Tensor::Tensor(
      latents: 11, nz: 5, from: RandomUse.statisticsLatents.stream(seed: 9))
    let tape = Tape(backend: backend, isRecording: false)
    let generator = try #require(model.average).network
    // Forget what estimating left, so that the comparison is with the batch alone.
    let evaluated = model.generate(noise, backend).values
    let trained = generator(tape.constant(noise), .training(tape)).value.values
    let difference = zip(evaluated, trained).map { abs($0 - $1) }.max() ?? 1
    let spread = (trained.max() ?? 0) - (trained.min() ?? 0)
    #expect(difference < 0.05 * spread, "\(difference) of \(spread)")
    #expect(difference > 0)
  }

  @Test func statisticsDependOnWeightsAndSeedAlone() throws {
    let place = try TrainingPlace()
    func estimate(after others: [UInt64], _ seed: UInt64, threads: Int) -> [[Float]] {
      let model = AdversarialModel(settings, seed: 3, averageDecay: 0.5)
      let backend = Backend(threads: threads)
      for seed in others + [seed] {
        model.estimateStatistics(real: place.images, seed: seed, backend)
      }
      return [model.imageGenerator, model.discriminator].flatMap(\.buffers).map(\.value.values)
    }
    let once = estimate(after: [], 9, threads: 1)
    #expect(estimate(after: [8, 7], 9, threads: 3) == once)
    #expect(estimate(after: [], 8, threads: 1) != once)
  }

  @Test func aCheckpointHoldsBothGenerators() throws {
    let place = try TrainingPlace()
    let model = AdversarialModel(settings, seed: 3, averageDecay: 0.5)
    for seed in [1, 2] as [UInt64] {
      _ = model.step(
        real: Tensor(images: place.images, at: 0..<4), latents: latents(4, seed: seed), backend)
    }
    model.estimateStatistics(real: place.images, seed: 9, backend)
    let calibration = model.calibration(
      on: place.images, isHeldOut: false, seed: 9, backend)
    #expect(calibration?.realImages == 11 && calibration?.fakes == 11)
    let state = model.checkpoint(
      at: TrainingPosition(step: 2, stepsPerEpoch: 2), seed: 3, images: 11,
      calibration: calibration)
    let path = place.folder.file("state.safetensors")
    try state.write(to: path)
    let read = try Checkpoint(contentsOf: path)
    #expect(read.metadata.calibration == calibration && read.metadata.averageDecay == 0.5)

    let resumed = try AdversarialModel(resuming: read, path: path)
    #expect(resumed.generator.arena.values.values == model.generator.arena.values.values)
    #expect(
      resumed.average?.network.arena.values.values == model.average?.network.arena.values.values)
    let drawn = try AdversarialModel(read, path: path)
    let noise = latents(3, seed: 5)
    #expect(drawn.average == nil)
    #expect(drawn.generate(noise, backend).values == model.generate(noise, backend).values)
  }

  @Test func heldOutImagesAreThoseOfValAndTest() throws {
    let folder = try TemporaryFolder()
    let image = Phantom.draw(seed: 5, index: 0, kind: .normal)
    let counts = ["train": 2, "val": 2, "test": 6]
    for (split, count) in counts {
      for index in 0..<count {
        try FileManager.default.createDirectory(
          atPath: folder.file("\(split)/A"), withIntermediateDirectories: true)
        try image.writePNG(to: folder.file("\(split)/A/\(index).png"))
      }
    }
    func paths(_ count: Int, _ classes: [String] = []) throws -> [String]? {
      try ImageFolder.heldOut(root: folder.path, classes: classes, count: count)?.files.map(\.path)
    }
    #expect(
      try paths(5) == [
        "val/A/0.png", "val/A/1.png", "test/A/0.png", "test/A/2.png", "test/A/4.png",
      ])
    #expect(try paths(1) == ["val/A/0.png"])
    #expect(try paths(100)?.count == 8)
    #expect(try paths(5, ["B"]) == nil)
  }
}
