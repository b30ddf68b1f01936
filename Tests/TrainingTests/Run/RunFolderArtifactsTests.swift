import Files
import Foundation
import TestSupport
import Testing
import Training

@Suite struct RunFolderArtifactsTests {
  /// Makes a run with empty checkpoints, and contact sheets, of the given epochs.
  private func run(
    in folder: TemporaryFolder, checkpoints: [Int] = [], progress: [Int] = []
  ) throws -> RunFolder {
    let run = try RunFolder.create(at: folder.path, configuration: runConfiguration)
    for epoch in checkpoints { try AtomicFile.write([], to: run.checkpointPath(epoch: epoch)) }
    for epoch in progress { try AtomicFile.write([], to: run.progressPath(epoch: epoch)) }
    return run
  }

  @Test func listsEpochsInTheOrderOfNumbers() throws {
    let folder = try TemporaryFolder()
    let run = try run(in: folder, checkpoints: [10000, 9999, 1, 12], progress: [2, 1])
    let strangers = [
      "epoch-001.safetensors", "epoch-00001.safetensors", "epoch-0000.safetensors",
      "epoch-0003.png", "epoch-0003.safetensors.bak", "epoch--001.safetensors", "notes.txt",
      "epoch-+003.safetensors", ".dcgan-partial-1-2", "Epoch-0003.safetensors",
    ]
    for name in strangers { try folder.write("", to: "checkpoints/\(name)") }
    #expect(try run.checkpointEpochs() == [1, 12, 9999, 10000])
    #expect(try run.latestCheckpointEpoch() == 10000)
    #expect(try run.progressEpochs() == [1, 2])
  }

  @Test func findsTheNewestOrTheOneAskedFor() throws {
    let folder = try TemporaryFolder()
    let run = try run(in: folder, checkpoints: [1, 3, 4, 5, 9, 10], progress: [2, 3])
    #expect(try run.findCheckpoint().epoch == 10)
    #expect(try run.findCheckpoint(epoch: 4).path == run.checkpointPath(epoch: 4))
    #expect(try run.findProgress().path == run.progressPath(epoch: 3))
    #expect(
      message { _ = try run.findCheckpoint(epoch: 2) }
        == "\(folder.path): has no checkpoint of epoch 2; choose another with 'epoch': 1, "
        + "3-5, 9, 10")
    #expect(
      message { _ = try run.findProgress(epoch: 1) }
        == "\(folder.path): has no contact sheet of epoch 1; choose another with 'epoch': 2, "
        + "3")
  }

  @Test func saysThatThereIsNothingYet() throws {
    let folder = try TemporaryFolder()
    let run = try run(in: folder)
    #expect(try run.latestCheckpointEpoch() == nil)
    #expect(try run.prune(keep: 1, keepEvery: 0, after: 1) == [])
    let advice = "train it for at least one epoch, or choose another folder with 'run'"
    for epoch in [nil, 3] {
      #expect(
        message { _ = try run.findCheckpoint(epoch: epoch) }
          == "\(folder.path): has no checkpoint yet; \(advice)")
    }
    // A run whose inner folders were deleted has nothing either.
    rmdir(folder.file("checkpoints"))
    #expect(try run.checkpointEpochs() == [])
  }
}
