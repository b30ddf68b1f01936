import Checkpoints
import DCGAN
import DataSets
import Foundation
import Phantoms
import Support
import Tensor
import TestSupport
import Testing
import TrainingTestSupport

/// The networks that images are made and judged with: the generator's average, and statistics that are
/// estimated afresh.
@Suite(.slow) struct EvaluationModelTests {
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
        real: try Tensor(images: place.images, at: 0..<4), latents: latents(4, seed: UInt64(step)),
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
        try model.estimateStatistics(real: place.images, seed: 9, backend)
        _ = model.step(
          real: try Tensor(images: place.images, at: 0..<4),
          latents: latents(4, seed: UInt64(step)),
          backend)
      }
    }
    for network in [\AdversarialModel.generator, \.discriminator] {
      #expect(
        models[0][keyPath: network].arena.values.values
          == models[1][keyPath: network].arena.values.values)
    }
  }

  /// Forty images make two batches of twenty: the first layer's statistics are the means of theirs,
  /// computed here from the definition.
  @Test func `the generator's statistics are means over batches`() throws {
    let place = try TrainingPlace(count: 40)
    let model = AdversarialModel(settings, seed: 3)
    try model.estimateStatistics(real: place.images, seed: 9, backend)
    let noise = Tensor::Tensor(
      latents: 40, nz: 5, from: RandomUse.statisticsLatents.stream(seed: 9)
    ).values.map(Double.init)
    let filter = try #require(
      model.generator.entries(prefix: "").first { $0.name == "main.0.weight" })
    // [nz, channels, 2, 2]: each output of the first layer is one product with the latent.
    let (channels, taps) = (filter.shape[1], 4)
    func outputs(_ channel: Int, _ batch: Range<Int>) -> [Double] {
      batch.flatMap { image in
        (0..<taps).map { tap in
          (0..<5).reduce(0) {
            $0 + noise[image * 5 + $1]
              * Double(filter.values[($1 * channels + channel) * taps + tap])
          }
        }
      }
    }
    let buffers = Dictionary(
      uniqueKeysWithValues: model.generator.buffers.map { ($0.name, $0.value.values) })
    for channel in 0..<channels {
      let batches = [outputs(channel, 0..<20), outputs(channel, 20..<40)]
      let means = batches.map { $0.reduce(0, +) / 80 }
      let variances = zip(batches, means).map { values, mean in
        values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 79
      }
      let found = try #require(buffers["main.1.running_mean"])[channel]
      #expect(abs(Double(found) - (means[0] + means[1]) / 2) < 1e-6)
      let variance = (variances[0] + variances[1]) / 2
      let foundVariance = try #require(buffers["main.1.running_var"])[channel]
      #expect(abs(Double(foundVariance) - variance) < 1e-5 * variance)
    }
  }

  /// Each batch holds as many fakes of the evaluated generator behind real images, evenly spread.
  @Test func `the discriminator's statistics are those of a balanced set`() throws {
    let place = try TrainingPlace(count: 40)
    let model = AdversarialModel(settings, seed: 3)
    let other = AdversarialModel(settings, seed: 3)
    try model.estimateStatistics(real: place.images, seed: 9, backend)
    for (batch, range) in [0..<20, 20..<40].enumerated() {
      let noise = Tensor::Tensor(
        latents: 20, nz: 5, from: RandomUse.statisticsLatents.stream(seed: 9),
        first: range.lowerBound)
      let values =
        try Tensor::Tensor(images: place.images, at: range).values
        + model.generate(noise, backend).values
      let pass = ForwardPass.estimation(backend, batch: batch)
      _ = other.discriminator(
        pass.tape.constant(Tensor::Tensor(values, shape: Shape(40, 32, 32, 3))), pass)
    }
    for (found, expected) in zip(model.discriminator.buffers, other.discriminator.buffers) {
      #expect(found.value.values == expected.value.values, "\(found.name)")
    }
  }

  @Test func calibrationIsThatOfTheHeldOutImages() throws {
    let place = try TrainingPlace(averageDecay: 0.5)
    let others = try TrainingPlace(count: 5)
    let trainer = try place.makeTrainer("held-out", epochs: 1, heldOut: others.images)
    _ = try trainer.run()
    let path = place.path("held-out/checkpoints/epoch-0001.safetensors")
    let state = try Checkpoint(contentsOf: path)
    let model = try AdversarialModel(state, path: path)
    let backend = Backend(threads: 1)
    let noise = Tensor::Tensor(
      latents: 5, nz: 4, from: RandomUse.calibrationLatents.stream(seed: 77))
    let expected = ScoreCalibration(
      real: try model.logits(Tensor::Tensor(images: others.images, at: 0..<5), backend).values,
      fakes: model.logits(model.generate(noise, backend), backend).values, isHeldOut: true)
    #expect(state.metadata.calibration == expected && expected != nil)
  }

  @Test func statisticsDependOnWeightsAndSeedAlone() throws {
    let place = try TrainingPlace()
    func estimate(after others: [UInt64], _ seed: UInt64, threads: Int) throws -> [[Float]] {
      let model = AdversarialModel(settings, seed: 3, averageDecay: 0.5)
      let backend = Backend(threads: threads)
      for seed in others + [seed] {
        try model.estimateStatistics(real: place.images, seed: seed, backend)
      }
      return [model.imageGenerator, model.discriminator].flatMap(\.buffers).map(\.value.values)
    }
    let once = try estimate(after: [], 9, threads: 1)
    #expect(try estimate(after: [8, 7], 9, threads: 3) == once)
    #expect(try estimate(after: [], 8, threads: 1) != once)
  }

  @Test func aCheckpointHoldsBothGenerators() throws {
    let place = try TrainingPlace()
    let model = AdversarialModel(settings, seed: 3, averageDecay: 0.5)
    for seed in [1, 2] as [UInt64] {
      _ = model.step(
        real: try Tensor(images: place.images, at: 0..<4), latents: latents(4, seed: seed), backend)
    }
    try model.estimateStatistics(real: place.images, seed: 9, backend)
    let calibration = try model.calibration(
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
