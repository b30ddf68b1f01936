import DataSets
import Foundation
import TestSupport
import Testing
import Training
import TrainingTestSupport

/// Training on images that are read from a cache.
@Suite(.slow) struct CachedTrainingTests {
  private let place: TrainingPlace
  private let path: String

  init() throws {
    place = try TrainingPlace()
    path = place.folder.file("set.cache")
  }

  private func cached() throws -> ImageDataSet {
    try ImageDataSet(
      listing: ImageFolder(root: place.folder.path, excluding: ["runs"]),
      reading: place.images.reading, threads: 2, cache: ImageCache(path: path))
  }

  @Test func `a run on a cache makes the bytes of a run in memory`() throws {
    _ = try place.train("memory", epochs: 2)
    _ = try place.makeTrainer("cache", epochs: 2, images: cached(), heldOut: nil).run()
    for name in [
      "checkpoints/epoch-0001.safetensors", "checkpoints/epoch-0002.safetensors",
      "progress/epoch-0002.png", "real-samples.png", "real-first.png", "epochs.jsonl",
    ] {
      #expect(try place.bytes("cache/\(name)") == place.bytes("memory/\(name)"), "\(name)")
    }
  }

  @Test func `a cache that is damaged or cut off meanwhile stops training with what is saved`()
    throws
  {
    let trainer = try place.makeTrainer("run", epochs: 3, images: cached())
    var steps = 0
    let text = message {
      _ = try trainer.run(shouldStop: {
        steps += 1
        if steps == 6 { try? FileHandle(forWritingTo: URL(filePath: path)).truncate(atOffset: 0) }
        return false
      })
    }
    #expect(
      text == "cannot read \(path): it became shorter while being read; everything up to then is "
        + "saved: 'resume' continues at step 5")
    #expect(try RunFolder.open(at: place.path("run")).latestCheckpointEpoch() == 1)
  }
}
