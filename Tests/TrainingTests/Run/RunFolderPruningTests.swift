import Files
import Foundation
import Support
import TestSupport
import Testing
import Training
import TrainingTestSupport

/// Which checkpoints go and stay, and that a whole one is always among those that stay.
@Suite struct RunFolderPruningTests {
  private let folder: TemporaryFolder
  private let run: RunFolder

  init() throws {
    folder = try TemporaryFolder()
    run = try RunFolder.create(at: folder.file("run"), configuration: runConfiguration)
  }

  private func write(_ epochs: some Sequence<Int>) throws {
    for epoch in epochs {
      try tinyCheckpoint(epoch: epoch).write(to: run.checkpointPath(epoch: epoch))
    }
  }

  /// Cuts off the end of a checkpoint, or changes its last byte.
  private func damage(_ epoch: Int, cut: Bool = false) throws {
    let path = run.checkpointPath(epoch: epoch)
    var bytes = try Data(contentsOf: URL(filePath: path))
    if cut { bytes.removeLast() } else { bytes[bytes.count - 1] ^= 1 }
    try bytes.write(to: URL(filePath: path))
  }

  @Test(
    arguments: [
      (Array(1...12), 3, 10, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
      (Array(1...23), 3, 10, [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19]),
      (Array(1...14), 3, 10, [1, 2, 3, 4, 5, 6, 7, 8, 9, 11]),
      ([1, 2, 3], 3, 10, []),
      ([1, 2, 3, 4], 3, 10, [1]),
      ([1, 2, 3, 4], 1, 0, [1, 2, 3]),
      ([1, 2, 3, 4], 0, 0, [1, 2, 3]),
      ([1, 2, 3, 4], -5, -1, [1, 2, 3]),
      ([1, 2, 3, 4], 1, 1, []),
      ([1, 2, 3, 4], 1, 2, [1, 3]),
      ([4, 8, 12, 16, 20], 2, 10, [4, 8, 12]),
      ([1], 0, 0, []),
      ([], 3, 10, []),
      ([5, 1, 3], 1, 0, [1, 3]),
      (Array(1...5), 100, 0, []),
    ] as [([Int], Int, Int, [Int])])
  func choosesWhatGoes(_ epochs: [Int], _ keep: Int, _ keepEvery: Int, _ removed: [Int]) {
    #expect(
      RunFolder.epochsToRemove(from: epochs, keep: keep, keepEvery: keepEvery) == removed)
  }

  @Test func prunesCheckpointsAlone() throws {
    try write(1...6)
    for epoch in 1...6 { try AtomicFile.write([], to: run.progressPath(epoch: epoch)) }
    #expect(try run.prune(keep: 2, keepEvery: 3, after: 6) == [1, 2, 4])
    #expect(
      try folder.names("run/checkpoints") == [
        "epoch-0003.safetensors", "epoch-0005.safetensors", "epoch-0006.safetensors",
      ])
    #expect(try run.progressEpochs() == Array(1...6))
    #expect(try run.prune(keep: 2, keepEvery: 3, after: 6) == [])
  }

  @Test(arguments: [true, false])
  func `nothing is pruned if the new checkpoint cannot be read back`(cut: Bool) throws {
    try write(1...3)
    try damage(3, cut: cut)
    let shown = try #require(message { try run.prune(keep: 1, keepEvery: 0, after: 3) })
    #expect(shown.hasPrefix("\(run.checkpointPath(epoch: 3)): "))
    #expect(
      shown.hasSuffix(
        "; it was written a moment ago, so check the disk and the memory; the older checkpoints "
          + "were kept: continue with 'resume' 'epoch' 2"))
    #expect(try run.checkpointEpochs() == [1, 2, 3])
    try write([3])
    #expect(try run.prune(keep: 1, keepEvery: 0, after: 3) == [1, 2])
  }

  /// A run that went back to epoch 4 must not take the later ones, one of them damaged, for its newest.
  @Test func laterCheckpointsNeitherCountNorGo() throws {
    try write([2, 3, 4, 8, 9])
    try damage(9)
    #expect(try run.prune(keep: 1, keepEvery: 0, after: 4) == [2, 3])
    #expect(try run.checkpointEpochs() == [4, 8, 9])
  }

  @Test func laterCheckpointsAreSetAside() throws {
    try write([2, 3, 4])
    let bytes = try folder.read("run/checkpoints/epoch-0004.safetensors")
    #expect(try run.setAside(after: 4) == [])
    #expect(
      try run.setAside(after: 2)
        == [3, 4].map { run.checkpointPath(epoch: $0) + ".set-aside" })
    #expect(try run.checkpointEpochs() == [2])
    #expect(try folder.read("run/checkpoints/epoch-0004.safetensors.set-aside") == bytes)
    // Another time they take the place of the earlier ones.
    try write([3])
    #expect(try run.setAside(after: 2).count == 1)
    #expect(try folder.names("run/checkpoints").count == 3)
  }

  @Test func theAdviceNamesAWholeCheckpoint() throws {
    try write(1...4)
    try damage(4)
    try damage(3, cut: true)
    func advice(isResumed: Bool) throws -> String {
      let error = #expect(throws: DamagedCheckpointError.self) {
        try run.readCheckpoint(isResumed: isResumed)
      }
      return try #require(error).advice.description
    }
    #expect(
      try advice(isResumed: true) == "continue from the previous one with 'resume' 'epoch' 2")
    #expect(try advice(isResumed: false) == "use the previous one with 'epoch' 2")
    try damage(2)
    try damage(1)
    #expect(
      try advice(isResumed: true)
        == "no other checkpoint is intact: delete them all, and 'resume' starts the run over")
    #expect(
      try advice(isResumed: false)
        == "delete that file and continue training with 'resume'")
  }
}
