import Checkpoints
import DCGAN
import Files
import Foundation
import Support
import TestSupport
import Testing
import Training

@Suite struct SummaryTests {
  private let configuration = RunConfiguration(
    data: RunData(dataPath: "d", split: "all", dataDigest: "0", images: 64),
    model: ModelSettings(size: 32, channels: 1, nz: 2, ngf: 1, ndf: 2),
    training: RunTraining(batch: 16, seed: 1), program: RunProgram(variant: "baseline", threads: 1))

  private func metrics(step: Int) -> StepMetrics {
    StepMetrics(
      step: step, epoch: 1, lossD: 1, lossG: 2, realScore: 0.5, fakeScore: 0.25,
      updatedFakeScore: 0.125,
      imagesPerSecond: 10)
  }

  private func checkpoint(epoch: Int) -> Checkpoint {
    let metadata = CheckpointMetadata(
      epoch: epoch, step: 9, seed: 1,
      settings: ModelSettings(size: 32, channels: 1, nz: 2, ngf: 1, ndf: 2),
      generatorOptimizerStep: 9, discriminatorOptimizerStep: 9)
    let entries = metadata.expectedShapes.map { name, shape in
      SafeTensors.Entry(
        name: name, shape: shape, values: Array(repeating: 0, count: shape.reduce(1, *)))
    }
    return Checkpoint(metadata: metadata, entries: entries)
  }

  @Test func parametersAreThoseOfTheNetworks() {
    for settings in [ModelSettings(), ModelSettings(size: 32, channels: 1, nz: 7, ngf: 3, ndf: 5)] {
      let counts = ParameterCounts(settings)
      #expect(counts.generator == Network.generator(settings).arena.values.count)
      #expect(counts.discriminator == Network.discriminator(settings).arena.values.count)
    }
  }

  @Test func aCheckpointIsDescribedByItsHeader() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.safetensors")
    let original = checkpoint(epoch: 3)
    try original.write(to: path)
    let summary = try CheckpointSummary(contentsOf: path)
    #expect(summary.metadata == original.metadata)
    #expect(summary.metadata.version == DCGANVersion.current)
    #expect(summary.tensorCount == original.tensors.entries.count)
    #expect(summary.bytes == (try folder.read("a.safetensors").count))
  }

  @Test func aHeaderThatLacksATensorIsRefused() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.safetensors")
    let whole = checkpoint(epoch: 3)
    let entries = whole.tensors.entries.filter { $0.name != "generator.main.12.weight" }
    try SafeTensors(metadata: whole.metadata.strings, entries: entries).write(to: path)
    #expect(
      message { _ = try CheckpointSummary(contentsOf: path) }
        == "\(path): not a usable checkpoint: generator.main.12.weight: expected the shape [1, "
        + "1, 4, 4], found no such tensor")
  }

  @Test func aRunIsDescribedByItsFiles() throws {
    let folder = try TemporaryFolder()
    let run = try RunFolder.create(at: folder.file("run"), configuration: configuration)
    let empty = try RunSummary(contentsOf: run.path)
    #expect(empty.stepsDone == 0 && empty.epochsDone == 0 && empty.lastMetrics == nil)
    #expect(empty.checkpoints.isEmpty)

    let log = try MetricsLog(path: run.metricsPath, afterStep: 0)
    for step in 1...9 { try log.append(metrics(step: step)) }
    try checkpoint(epoch: 2).write(to: run.checkpointPath(epoch: 2))
    try folder.write("", to: "run/progress/epoch-0001.png")
    try folder.write("", to: "run/progress/epoch-0002.png")
    let summary = try RunSummary(contentsOf: run.path)
    #expect(summary.configuration == configuration)
    #expect(summary.lastMetrics == metrics(step: 9))
    #expect(summary.stepsDone == 9 && summary.epochsDone == 2)
    #expect(summary.checkpoints.map(\.epoch) == [2])
    let size = try folder.read("run/checkpoints/epoch-0002.safetensors").count
    #expect(summary.checkpoints.map(\.bytes) == [size])
    #expect(summary.progressEpochs == [1, 2])
  }

  /// What a run removes while it is looked at leaves a name behind, here for good.
  @Test func aCheckpointThatIsGoneIsNotCounted() throws {
    let folder = try TemporaryFolder()
    let run = try RunFolder.create(at: folder.file("run"), configuration: configuration)
    try checkpoint(epoch: 2).write(to: run.checkpointPath(epoch: 2))
    try folder.link("run/checkpoints/epoch-0001.safetensors", to: "gone")
    #expect(try RunSummary(contentsOf: run.path).checkpoints.map(\.epoch) == [2])
  }

  @Test func `a checkpoint that vanishes while it is opened is looked for again`() throws {
    let folder = try TemporaryFolder()
    let run = try RunFolder.create(at: folder.file("run"), configuration: configuration)
    try folder.write("old", to: "run/checkpoints/epoch-0001.safetensors")
    var tried: [Int] = []
    let text = try run.withCheckpoint(epoch: nil) { epoch, path in
      tried.append(epoch)
      if epoch == 1 {
        try folder.write("new", to: "run/checkpoints/epoch-0002.safetensors")
        unlink(path)
      }
      return try FileReader(path: path).readAll()
    }
    #expect(tried == [1, 2])
    #expect(text == Array("new".utf8))
    #expect(throws: FileError.self) {
      try run.withCheckpoint(epoch: 2) { _, _ in
        throw FileError(path: "x", action: "read", code: ENOENT)
      }
    }
  }

  @Test func `a damaged checkpoint names the one to use instead`() throws {
    let folder = try TemporaryFolder()
    let run = try RunFolder.create(at: folder.file("run"), configuration: configuration)
    let path = run.checkpointPath(epoch: 3)
    try folder.write("damaged", to: "run/checkpoints/epoch-0003.safetensors")
    func shown(isResumed: Bool) throws -> Substring {
      let shown = try #require(message { _ = try run.readCheckpoint(isResumed: isResumed) })
      let problem =
        "\(path): header: expected 8 bytes with the header's length, "
        + "found a file of 7 bytes; "
      #expect(shown.hasPrefix(problem))
      return shown.dropFirst(problem.count)
    }
    #expect(
      try shown(isResumed: true)
        == "no other checkpoint is intact: delete them all, and 'resume' starts the run over")
    #expect(
      try shown(isResumed: false) == "delete that file and continue training with 'resume'")
    try checkpoint(epoch: 2).write(to: run.checkpointPath(epoch: 2))
    #expect(
      try shown(isResumed: true) == "continue from the previous one with 'resume' 'epoch' "
        + "2")
    #expect(try shown(isResumed: false) == "use the previous one with 'epoch' 2")
    #expect(try run.readCheckpoint(epoch: 2).value == checkpoint(epoch: 2))
  }

  @Test func theLastWholeLineCounts() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("metrics.jsonl")
    #expect(try MetricsLog.last(in: path) == nil)
    try folder.write("{\"step\":", to: "metrics.jsonl")
    #expect(try MetricsLog.last(in: path) == nil)
    // Longer than what is read from the end.
    let lines = (1...1000).map { metrics(step: $0).line }.joined()
    try folder.write(lines + "{\"step\":1001", to: "metrics.jsonl")
    #expect(try MetricsLog.last(in: path) == metrics(step: 1000))
    try folder.write("{}\n", to: "metrics.jsonl")
    #expect(
      message { _ = try MetricsLog.last(in: path) }
        == "\(path): the last complete line: step: expected a whole number; remove that line, or "
        + "start a new run in another 'run' folder")
  }

  @Test func aFolderWithoutARunIsNamed() throws {
    let folder = try TemporaryFolder()
    #expect(
      message { _ = try RunSummary(contentsOf: folder.path) }
        == "\(folder.path): is not a run: it has no config.json; name a run's folder or a "
        + "checkpoint")
  }
}
