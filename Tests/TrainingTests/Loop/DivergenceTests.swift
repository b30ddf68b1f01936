import DCGAN
import Foundation
import Support
import Tensor
import TestSupport
import Testing
import Training
import TrainingTestSupport

/// Numbers that stop being finite, and what is said and kept then.
@Suite(.slow) struct DivergenceTests {
  /// Puts a number into a tensor of one of the networks.
  private func spoil(_ network: Network, _ name: String, with value: Float = .nan) {
    let parameter = network.arena.parameters.first { $0.name == name }?.value
    let tensor = parameter ?? network.buffers.first { $0.name == name }?.value
    #expect(tensor != nil, "\(name)")
    tensor?.withUnsafeMutablePointer { $0[$0.count - 1] = value }
  }

  /// Trains for two epochs of four steps, with something done to the model at the end of the first.
  private func train(
    _ place: TrainingPlace, _ run: String, checkpointEvery: Int = 1,
    spoiling: (AdversarialModel) -> Void
  ) throws -> String {
    let trainer = try place.makeTrainer(run, epochs: 2, checkpointEvery: checkpointEvery)
    return try #require(
      message {
        _ = try trainer.run(onEvent: {
          guard case .saved(let position, _, _) = $0, position.epoch == 1 else { return }
          spoiling(trainer.model)
        })
      })
  }

  @Test func aLossThatIsNotFiniteStopsTheRun() throws {
    let place = try TrainingPlace()
    let trainer = try place.makeTrainer("diverged", epochs: 1)
    trainer.model.generator.arena.values.withUnsafeMutablePointer { $0.update(repeating: .nan) }
    #expect {
      try trainer.run()
    } throws: {
      "\($0)".contains("no longer finite at step 1 of epoch 1")
        && "\($0)".hasSuffix("; start a new 'run' with a smaller 'learningRate'")
    }
    #expect(try RunFolder.open(at: place.path("diverged")).checkpointEpochs() == [])
  }

  @Test func `a diverging run names the checkpoint that is left`() throws {
    let place = try TrainingPlace()
    let trainer = try place.makeTrainer("diverged", epochs: 2)
    #expect {
      try trainer.run(onEvent: {
        guard case .saved = $0 else { return }
        trainer.model.generator.arena.values.withUnsafeMutablePointer { $0.update(repeating: .nan) }
      })
    } throws: {
      "\($0)".hasSuffix(
        "; start a new 'run' with a smaller 'learningRate'; this run's checkpoints are intact: draw samples with the "
          + "newest, 'epoch' 1")
    }
  }

  /// The weights are looked at as they were before the step, which spoils all that come after.
  @Test(arguments: [
    (false, "main.3.weight"), (false, "main.0.weight"), (false, "main.7.bias"),
    (false, "main.12.weight"), (true, "main.0.weight"), (true, "main.5.weight"),
    (true, "main.9.weight"), (true, "main.11.weight"),
  ])
  func theLayerWithTheNumberIsNamed(isDiscriminator: Bool, name: String) throws {
    let place = try TrainingPlace()
    let before = "\(isDiscriminator ? "discriminator" : "generator").\(name)"
    let shown = try train(place, "spoilt") {
      spoil(isDiscriminator ? $0.discriminator : $0.generator, name)
    }
    #expect(
      shown.hasPrefix(
        "the loss is no longer finite at step 5 of epoch 2 (loss_d nan, loss_g nan):"))
    #expect(shown.contains(": \(before) holds nan"), "\(shown)")
    // What was written before is as it was, and nothing was added to it.
    let whole = try place.train("whole", epochs: 1)
    #expect(whole.position.step == 4)
    for name in ["checkpoints/epoch-0001.safetensors", "progress/epoch-0001.png"] {
      #expect(try place.bytes("spoilt/\(name)") == place.bytes("whole/\(name)"))
    }
    #expect(try RunFolder.open(at: place.path("spoilt")).checkpointEpochs() == [1])
    #expect(try RunFolder.open(at: place.path("spoilt")).progressEpochs() == [1])
    #expect(try MetricsLog.read(place.path("spoilt/metrics.jsonl")).map(\.step) == [1, 2, 3, 4])
  }

  /// The generator's average is used when sampling only, so that the losses do not show it.
  @Test func `a bad number that no loss shows is found before the checkpoint`() throws {
    let place = try TrainingPlace(averageDecay: 0.5)
    let shown = try train(place, "spoilt") {
      if let average = $0.average { spoil(average.network, "main.12.weight", with: .infinity) }
    }
    #expect(
      shown == "a weight is no longer finite at step 8 of epoch 2 although the losses are: "
        + "generator.main.12.weight holds nan, and so do 6 more; start a new 'run' with a "
        + "smaller 'learningRate'; this run's checkpoints are intact: draw samples with the "
        + "newest, 'epoch' 1"
    )
    #expect(try RunFolder.open(at: place.path("spoilt")).checkpointEpochs() == [1])
    #expect(try RunFolder.open(at: place.path("spoilt")).progressEpochs() == [1])
  }

  @Test func momentsAreLookedAtToo() throws {
    let place = try TrainingPlace()
    let shown = try train(place, "spoilt") {
      $0.generatorOptimizer.secondMoment.withUnsafeMutablePointer { $0[0] = .infinity }
    }
    #expect(
      shown.contains("optimizer.generator.exp_avg_sq.main.0.weight holds inf"), "\(shown)")
  }

  @Test func aDivergedStepLeavesTheNetworksAlone() throws {
    let place = try TrainingPlace()
    let trainer = try place.makeTrainer("model", epochs: 1)
    let model = trainer.model
    spoil(model.generator, "main.12.weight")
    let weights = [model.generator, model.discriminator].map(\.arena.values.values)
    let backend = Backend(threads: 1)
    let result = model.step(
      real: try Tensor(images: place.images, at: 0..<3),
      latents: Tensor(
        latents: 3, nz: 4, from: RandomUse.trainingLatents.stream(seed: 1)), backend)
    #expect(result.discriminatorLossReal.isFinite)
    #expect(result.discriminatorLossFake.isNaN && result.generatorLoss.isNaN)
    let after = [model.generator, model.discriminator].map(\.arena.values.values)
    #expect(weights.map { $0.map(\.bitPattern) } == after.map { $0.map(\.bitPattern) })
    #expect(model.discriminatorOptimizer.step == 0 && model.generatorOptimizer.step == 0)
  }
}
