import DCGAN
import Foundation
import TestSupport
import Testing
import TrainingTestSupport

/// Whole runs with every technique.
@Suite(.slow) struct TechniquesRunTests {
  private static let techniques = TrainingTechniques(
    labelSmoothing: 0.1, discriminatorLearningRate: 1e-4, generatorLearningRate: 4e-4,
    instanceNoise: 0.2, instanceNoiseEpochs: 2, augmentations: Augmentation.allCases,
    augmentationTarget: 0.1,
    spectralNormalization: true, realPenalty: 1, fakePenalty: 0.5)
  private static let last = "checkpoints/epoch-0002.safetensors"

  /// Within the noise, at its end, with other threads.
  @Test(arguments: [(3, 1), (4, 3), (6, 2)])
  func `a stopped and resumed run equals an uninterrupted one`(stop: Int, threads: Int) throws {
    let place = try TrainingPlace()
    _ = try place.train("whole", epochs: 2, techniques: Self.techniques)
    _ = try place.train("halted", epochs: 2, steps: stop, techniques: Self.techniques)
    _ = try place.train(
      "halted", epochs: 2, threads: threads, resumes: true, techniques: Self.techniques)
    #expect(try place.bytes("whole/\(Self.last)") == place.bytes("halted/\(Self.last)"))
  }

  /// Before the rates fall, and while they do.
  @Test(arguments: [3, 5])
  func ratesFallOnWhereARunWasStopped(stop: Int) throws {
    let place = try TrainingPlace()
    let techniques = TrainingTechniques(finalLearningRate: 1e-5)
    _ = try place.train("whole", epochs: 2, techniques: techniques)
    _ = try place.train("halted", epochs: 2, steps: stop, techniques: techniques)
    _ = try place.train("halted", epochs: 2, resumes: true, techniques: techniques)
    #expect(try place.bytes("whole/\(Self.last)") == place.bytes("halted/\(Self.last)"))
  }

  @Test(arguments: [nil, 0.6] as [Double?])
  func aCheckpointWithoutTheProbabilityOfARunIsRefused(target: Double?) throws {
    let place = try TrainingPlace()
    func techniques(_ target: Double?) -> TrainingTechniques {
      TrainingTechniques(augmentations: [.translation], augmentationTarget: target)
    }
    _ = try place.train("run", epochs: 1, techniques: techniques(target))
    let shown = message {
      _ = try place.makeTrainer(
        "run", epochs: 2, resumes: true, techniques: techniques(target == nil ? 0.6 : nil))
    }
    let (expected, found) = target == nil ? ("with", "without") : ("without", "with")
    #expect(
      shown?.hasSuffix(
        ": expected a checkpoint \(expected) the probability of altered images, as the run has, found "
          + "one \(found); put the run's own checkpoint there") == true)
  }

  @Test func moreEpochsDoNotMoveTheNoise() throws {
    let place = try TrainingPlace()
    _ = try place.train("whole", epochs: 3, techniques: Self.techniques)
    _ = try place.train("longer", epochs: 2, techniques: Self.techniques)
    _ = try place.train("longer", epochs: 3, resumes: true, techniques: Self.techniques)
    let name = "checkpoints/epoch-0003.safetensors"
    #expect(try place.bytes("whole/\(name)") == place.bytes("longer/\(name)"))
  }

  @Test func `each technique changes the run, and none gives the plain one`() throws {
    let place = try TrainingPlace()
    let all = Self.techniques
    let one = [
      nil, TrainingTechniques(labelSmoothing: all.labelSmoothing),
      TrainingTechniques(discriminatorLearningRate: 1e-4),
      TrainingTechniques(generatorLearningRate: 4e-4), TrainingTechniques(finalLearningRate: 0),
      TrainingTechniques(instanceNoise: 0.2),
      TrainingTechniques(augmentations: [.translation]),
      TrainingTechniques(augmentations: [.cutout]), TrainingTechniques(augmentations: [.colour]),
      TrainingTechniques(spectralNormalization: true), TrainingTechniques(realPenalty: 1),
      TrainingTechniques(fakePenalty: 1),
      TrainingTechniques(augmentations: [.translation], augmentationTarget: 0.6),
    ]
    let runs = try one.enumerated().map { index, techniques in
      _ = try place.train("run-\(index)", epochs: 1, techniques: techniques)
      return try place.bytes("run-\(index)/checkpoints/epoch-0001.safetensors")
    }
    #expect(Set(runs).count == runs.count)
    _ = try place.train("plain", epochs: 1, techniques: TrainingTechniques())
    #expect(try place.bytes("plain/checkpoints/epoch-0001.safetensors") == runs[0])
  }
}
