import Checkpoints
import DCGAN
import Foundation
import Imaging
import Tensor
import TestSupport
import Testing
import Training
import TrainingTestSupport

@Suite(.slow) struct TrainerTests {
  @Test(arguments: [1, 3, 4, 5])
  func `a stopped and resumed run equals an uninterrupted one`(stop: Int) throws {
    let place = try TrainingPlace()
    let whole = try place.train("whole", epochs: 2)
    #expect(whole.position.step == 8)
    // Each trainer holds the run's lock for as long as it lives.
    #expect(try place.train("halted-\(stop)", epochs: 2, steps: stop).position.step == stop)
    #expect(try place.train("halted-\(stop)", epochs: 2, resumes: true).position.step == 8)
    for epoch in 1...2 {
      let names = ["checkpoints/epoch-000\(epoch).safetensors", "progress/epoch-000\(epoch).png"]
      for name in names {
        #expect(
          try place.bytes("whole/\(name)") == place.bytes("halted-\(stop)/\(name)"), "\(name)")
      }
    }
    let lines = try MetricsLog.read(place.path("halted-\(stop)/metrics.jsonl"))
    #expect(lines.map(\.step) == Array(1...8))
    #expect(lines.map(\.epoch) == [1, 1, 1, 1, 2, 2, 2, 2])
    let expected = try MetricsLog.read(place.path("whole/metrics.jsonl"))
    #expect(lines.map(\.lossD) == expected.map(\.lossD))
    #expect(lines.map(\.lossG) == expected.map(\.lossG))
    #expect(try place.bytes("whole/epochs.jsonl") == place.bytes("halted-\(stop)/epochs.jsonl"))
    let epochs = try EpochLog.read(place.path("whole/epochs.jsonl"))
    #expect(epochs.map(\.epoch) == [1, 2] && epochs.map(\.step) == [4, 8])
  }

  @Test func threadsDoNotChangeAByte() throws {
    let place = try TrainingPlace()
    let names = try [1, 2, 3].map { threads in
      _ = try place.train("threads-\(threads)", epochs: 1, threads: threads)
      return try place.bytes("threads-\(threads)/checkpoints/epoch-0001.safetensors")
    }
    #expect(names[0] == names[1])
    #expect(names[0] == names[2])
  }

  /// What only checkpoints hold is found out for them alone, and is the same.
  @Test func epochsWithoutACheckpointChangeNothing() throws {
    let place = try TrainingPlace()
    _ = try place.train("often", epochs: 2)
    _ = try place.train("seldom", epochs: 2, checkpointEvery: 2)
    #expect(try RunFolder.open(at: place.path("seldom")).checkpointEpochs() == [2])
    for name in [
      "checkpoints/epoch-0002.safetensors", "progress/epoch-0001.png", "progress/epoch-0002.png",
      "epochs.jsonl",
    ] { #expect(try place.bytes("often/\(name)") == place.bytes("seldom/\(name)"), "\(name)") }
  }

  @Test func oldCheckpointsGoAndSheetsStay() throws {
    let place = try TrainingPlace()
    _ = try place.train("kept", epochs: 5, keep: 1, keepEvery: 2)
    let folder = try RunFolder.open(at: place.path("kept"))
    #expect(try folder.checkpointEpochs() == [2, 4, 5])
    #expect(try folder.progressEpochs() == [1, 2, 3, 4, 5])
  }

  @Test func anInterruptedRunLeavesACheckpoint() throws {
    let place = try TrainingPlace()
    let trainer = try place.makeTrainer("interrupted", epochs: 3)
    var steps = 0
    let outcome = try trainer.run(
      shouldStop: { steps >= 3 },
      onEvent: { if case .step = $0 { steps += 1 } })
    #expect(outcome == .interrupted)
    #expect(trainer.position.step == 3)
    let checkpoint = try Checkpoint(
      contentsOf: place.path("interrupted/checkpoints/epoch-0001.safetensors"))
    #expect(checkpoint.metadata.step == 3)
    #expect(checkpoint.metadata.generatorOptimizerStep == 3)
  }

  @Test func aFinishedRunHasNothingLeftToDo() throws {
    let place = try TrainingPlace()
    #expect(try place.train("finished", epochs: 1).position.step == 4)
    let trainer = try place.train("finished", epochs: 1, resumes: true)
    #expect(trainer.position.step == 4)
  }

  @Test func `the sheets show the same latents and the real images`() throws {
    let place = try TrainingPlace()
    let trainer = try place.train("sheets", epochs: 1)
    let real = try PixelImage(contentsOf: place.path("sheets/real-samples.png"))
    let tiles = try ContactSheet(columns: 8).tiles(of: real, rows: 2, file: "real")
    for index in 0..<11 { #expect(try tiles[index].rgb() == place.images.image(at: index)) }
    let sheet = try PixelImage(contentsOf: place.path("sheets/progress/epoch-0001.png"))
    #expect(sheet.width == 8 * 32 + 7 * 2 && sheet.height == 8 * 32 + 7 * 2)
    let latents = Tensor(
      latents: 64, nz: 4, from: RandomUse.progressLatents.stream(seed: 77))
    let expected = trainer.model.generate(latents, Backend(threads: 1)).pixelImages
    let found = try ContactSheet(columns: 8).tiles(of: sheet, rows: 8, file: "sheet")
    #expect(found.map { $0.rgb() } == expected.map { $0.rgb() })
    let originals = try (0..<11).map { try place.images.image(at: $0) }
    #expect(
      try EpochLog.read(place.path("sheets/epochs.jsonl"))
        == [
          EpochMetrics(
            epoch: 1, step: 4, diversity: Diversity.ratio(of: expected, to: originals))
        ])
  }

  /// Of 70 images, in two folders, the first sheet shows every seventieth part of 64, the other the
  /// first 64.
  @Test func realImagesAreSpreadAndTheFirstOnesKept() throws {
    let place = try TrainingPlace(count: 70)
    _ = try place.train("sheets", epochs: 1, steps: 1)
    let sheets = try ["real-samples", "real-first"].map { name in
      try ContactSheet(columns: 8).tiles(
        of: PixelImage(contentsOf: place.path("sheets/\(name).png")), rows: 8, file: name)
    }
    for index in 0..<64 {
      #expect(try sheets[0][index].rgb() == place.images.image(at: index * 70 / 64))
      #expect(try sheets[1][index].rgb() == place.images.image(at: index))
    }
    #expect(sheets[0][63] != sheets[1][63])
  }

  /// Eleven images and twelve both make four batches of three, in different orders.
  @Test func `another number of images is refused even if the steps are the same`() throws {
    let place = try TrainingPlace()
    _ = try place.train("fewer", epochs: 2, steps: 1)
    let more = try TrainingPlace(count: 12)
    #expect {
      try place.makeTrainer("fewer", epochs: 2, resumes: true, images: more.images)
    } throws: {
      "\($0)"
        == place.path("fewer/checkpoints/epoch-0001.safetensors")
        + ": expected the 11 images that its run began with, found 12 readable ones "
        + "now; restore the images that the run began with"
    }
  }

  /// Four steps an epoch, a checkpoint every second one.
  @Test(arguments: [
    (2, [1], [2, 4]), (4, [1], [1, 2, 4]), (6, [2], [2, 4]), (10, [2, 3], [2, 4]),
  ])
  func theCheckpointOfAnUnfinishedEpochGoes(stop: Int, before: [Int], after: [Int]) throws {
    let place = try TrainingPlace()
    _ = try place.train("halted", epochs: 4, steps: stop, checkpointEvery: 2, keep: 9)
    let folder = try RunFolder.open(at: place.path("halted"))
    #expect(try folder.checkpointEpochs() == before)
    _ = try place.train("halted", epochs: 4, checkpointEvery: 2, keep: 9, resumes: true)
    #expect(try folder.checkpointEpochs() == after)
  }

  @Test func `the checkpoint of a run stopped twice in an epoch stays until the next`() throws {
    let place = try TrainingPlace()
    _ = try place.train("halted", epochs: 4, steps: 1, checkpointEvery: 2)
    let folder = try RunFolder.open(at: place.path("halted"))
    _ = try place.train("halted", epochs: 4, steps: 3, checkpointEvery: 2, resumes: true)
    #expect(try folder.checkpointEpochs() == [1])
    _ = try place.train("halted", epochs: 4, steps: 6, checkpointEvery: 2, resumes: true)
    #expect(try folder.checkpointEpochs() == [2])
  }

  @Test func oneImageIsNotEnough() throws {
    let place = try TrainingPlace(count: 1)
    #expect {
      try place.makeTrainer("single", epochs: 1)
    } throws: {
      "\($0)".contains("an epoch of 1 image has no batch")
    }
  }
}
