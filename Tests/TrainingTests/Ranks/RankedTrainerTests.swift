import Checkpoints
import DCGAN
import Foundation
import Imaging
import Support
import Tensor
import TestSupport
import Testing
import Training
import TrainingTestSupport

/// Training on several ranks: epochs of a batch of 8 images and of one of 3, which no number of ranks here
/// divides.
@Suite(.slow) struct RankedTrainerTests {
  private struct Failure: Error {}

  private let place: TrainingPlace

  init() throws { place = try TrainingPlace(averageDecay: 0.5) }

  /// Trains two epochs on some ranks, up to a step, and returns how each of them ended.
  @discardableResult
  private func train(
    _ name: String, ranks: Int, steps: Int? = nil, resumes: Bool = false,
    techniques: TrainingTechniques? = nil
  ) throws -> [Trainer.Outcome] {
    let place = place
    return try LocalRanks.run(ranks) { _, backend in
      try place.makeTrainer(
        name, epochs: 2, steps: steps, batch: 8, resumes: resumes, techniques: techniques,
        backend: backend
      ).run()
    }
  }

  /// Expects two runs to have the same files, but for the speed in their logs.
  private func expectSame(_ name: String, _ expected: String) throws {
    for file in [
      "checkpoints/epoch-0001.safetensors", "checkpoints/epoch-0002.safetensors",
      "progress/epoch-0001.png", "progress/epoch-0002.png", "epochs.jsonl", "real-samples.png",
      "real-first.png",
    ] {
      #expect(
        try place.bytes("\(name)/\(file)") == place.bytes("\(expected)/\(file)"), "\(name)/\(file)")
    }
    func lines(_ name: String) throws -> [String] {
      try MetricsLog.read(place.path("\(name)/metrics.jsonl")).map { line in
        var line = line
        line.imagesPerSecond = 0
        return line.line
      }
    }
    #expect(try lines(name) == lines(expected), "\(name)")
    #expect(try lines(name).count == 4)
  }

  private func texts<Value>(_ endings: [LocalRanks.Ending<Value>]) -> [String] {
    endings.map { ending in
      switch ending {
      case .success?: "done"
      case .failure(let error)?: "\(error)"
      case nil: "waiting"
      }
    }
  }

  @Test func `a run has the same bytes on any number of ranks`() throws {
    try train("one", ranks: 1)
    for ranks in [2, 4] {
      #expect(
        try train("\(ranks)", ranks: ranks) == Array(repeating: .finished, count: ranks))
      try expectSame("\(ranks)", "one")
    }
    let files = try place.folder.names("runs/4")
    #expect(try files == place.folder.names("runs/one"))
  }

  @Test func `so has one with techniques`() throws {
    let techniques = TrainingTechniques(
      labelSmoothing: 0.1, instanceNoise: 0.1, augmentations: [.translation, .colour],
      augmentationTarget: 0.1, spectralNormalization: true, realPenalty: 1)
    for ranks in [1, 2] { try train("\(ranks)", ranks: ranks, techniques: techniques) }
    try expectSame("2", "1")
  }

  @Test(arguments: [(2, 1), (1, 2), (4, 2)])
  func `a run goes on with another number of ranks`(before: Int, after: Int) throws {
    try train("whole", ranks: 1)
    #expect(
      try train("halted", ranks: before, steps: 3)
        == Array(repeating: .stepsReached, count: before))
    try train("halted", ranks: after, resumes: true)
    try expectSame("halted", "whole")
  }

  @Test func `a rank with other images is named`() throws {
    let (place, others) = (place, try TrainingPlace(count: 12))
    let endings = LocalRanks.endings(3) { group, backend in
      try place.makeTrainer(
        "other", epochs: 1, batch: 6, images: group.rank == 1 ? others.images : nil,
        backend: backend
      ).run()
    }
    let failed = "rank 1 of this training failed"
    #expect(
      texts(endings) == [
        failed,
        "\(place.folder.path): expected the 11 images that rank 0 trains on, found 12 on rank 1; let all "
          + "ranks read the same files: in a folder that all hosts share, or in whole copies of it, "
          + "decoded by the same build of the program", failed,
      ])
    #expect(try MetricsLog.read(place.path("other/metrics.jsonl")).isEmpty)
  }

  @Test func `a rank with other pixels, settings or weights is named`() throws {
    let place = place
    let changed = place.images.keeping([1, 0] + Array(2..<11))
    let pixels = LocalRanks.endings(2) { group, backend in
      try place.makeTrainer(
        "pixels", epochs: 1, batch: 8, images: group.rank == 1 ? changed : nil, backend: backend
      ).run()
    }
    #expect(texts(pixels)[1].contains("found 11 with other pixels on rank 1"))
    let settings = LocalRanks.endings(2) { group, backend in
      try place.makeTrainer(
        "settings", epochs: 1, batch: 8, seed: group.rank == 1 ? 78 : 77, backend: backend
      ).run()
    }
    #expect(
      texts(settings)[1]
        == "rank 1 was started with other settings than rank 0; give all ranks the same options")
    let weights = LocalRanks.endings(2) { group, backend in
      let trainer = try place.makeTrainer("weights", epochs: 1, batch: 8, backend: backend)
      if group.rank == 1 {
        trainer.model.generator.arena.values.withUnsafeMutablePointer { $0[5] = 1 }
      }
      return try trainer.run()
    }
    #expect(texts(weights)[1].hasPrefix("rank 1 has other weights than rank 0 at step 0; "))
  }

  @Test func `all stop after the same step where one is asked to`() throws {
    let place = place
    let found = try LocalRanks.run(2) { group, backend in
      let trainer = try place.makeTrainer("asked", epochs: 9, batch: 8, backend: backend)
      let outcome = try trainer.run(shouldStop: {
        group.rank == 1 && trainer.position.step == 3
      })
      return "\(outcome) \(trainer.position.step)"
    }
    #expect(found == ["interrupted 3", "interrupted 3"])
    let checkpoint = try Checkpoint(
      contentsOf: place.path("asked/checkpoints/epoch-0002.safetensors"))
    #expect(checkpoint.metadata.step == 3)
  }

  @Test func `all end where one fails between two steps`() throws {
    let place = place
    let endings = LocalRanks.endings(2) { group, backend in
      try place.makeTrainer("failed", epochs: 9, batch: 8, backend: backend).run(onEvent: {
        if case .step(let line, _) = $0, line.step == 3, group.rank == 1 { throw Failure() }
      })
    }
    #expect(texts(endings) == ["rank 1 of this training failed", "Failure()"])
    #expect(try RunFolder.open(at: place.path("failed")).checkpointEpochs() == [1])
  }

  @Test func `all end where rank 0 cannot write`() throws {
    let place = place
    let endings = LocalRanks.endings(2) { group, backend in
      let trainer = try place.makeTrainer("full", epochs: 2, batch: 8, backend: backend)
      return try trainer.run(onEvent: { _ in
        guard group.rank == 0, trainer.position.step == 3 else { return }
        try FileManager.default.removeItem(atPath: place.path("full/progress"))
        try Data().write(to: URL(filePath: place.path("full/progress")))
      })
    }
    let text = texts(endings)
    #expect(
      text[0].hasSuffix("everything up to then is saved: 'resume' continues at step 3"),
      "\(text[0])")
    #expect(text[1] == "rank 0 of this training failed")
  }

  @Test func `a loss that is not finite is said once`() throws {
    let place = place
    let endings = LocalRanks.endings(2) { group, backend in
      let trainer = try place.makeTrainer("diverged", epochs: 1, batch: 8, backend: backend)
      return try trainer.run(onEvent: { event in
        guard case .step = event else { return }
        trainer.model.generator.arena.values.withUnsafeMutablePointer { $0[0] = .nan }
      })
    }
    let text = texts(endings)
    #expect(text[0].hasPrefix("the loss is no longer finite at step 2 of epoch 1 "), "\(text[0])")
    #expect(text[1] == "rank 0 of this training failed")
  }
}
