import DCGAN
import Foundation
import TestSupport
import Testing
import Training

@Suite struct RunFolderTests {
  @Test func createsTheFoldersAndTheConfiguration() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a/b/run")
    let run = try RunFolder.create(at: path, configuration: runConfiguration)
    #expect(try folder.names("a/b/run") == ["checkpoints", "config.json", "progress"])
    #expect(try run.configuration() == runConfiguration)
    #expect(run.configurationPath == "\(path)/config.json")
    #expect(run.metricsPath == "\(path)/metrics.jsonl")
    #expect(run.epochsPath == "\(path)/epochs.jsonl")
    #expect(run.realSamplesPath == "\(path)/real-samples.png")
    #expect(run.realFirstPath == "\(path)/real-first.png")
    #expect(run.progressPath(epoch: 1) == "\(path)/progress/epoch-0001.png")
    #expect(run.checkpointPath(epoch: 123) == "\(path)/checkpoints/epoch-0123.safetensors")
    #expect(run.checkpointPath(epoch: 12345) == "\(path)/checkpoints/epoch-12345.safetensors")
  }

  @Test func aFolderWithOtherFilesWillDo() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "notes.txt")
    _ = try RunFolder.create(at: folder.path, configuration: runConfiguration)
    #expect(try folder.names() == ["checkpoints", "config.json", "notes.txt", "progress"])
  }

  @Test func refusesAFolderThatHoldsARun() throws {
    let folder = try TemporaryFolder()
    try create(folder)
    #expect(
      message { try create(folder) }
        == "\(folder.path): already holds a run; continue it with 'resume', or choose another "
        + "folder with 'run'")
  }

  @Test(arguments: [
    ("checkpoints/epoch-0002.safetensors", "checkpoints"), ("metrics.jsonl", "metrics.jsonl"),
  ])
  func refusesWhatIsLeftOfARun(_ file: String, _ found: String) throws {
    let folder = try TemporaryFolder()
    try create(folder)
    unlink(folder.file("config.json"))
    try folder.write("", to: file)
    #expect(
      message { try create(folder) }
        == "\(folder.path): holds \(found) of an earlier run, but not its config.json; put "
        + "config.json back and use 'resume', or choose another folder with 'run'")
    #expect(try !folder.names().contains("config.json"))
  }

  @Test func resumesAndOpensOnlyARun() throws {
    let folder = try TemporaryFolder()
    let advice = "name a run's folder with 'run', or train one first"
    for open in [RunFolder.open, RunFolder.resume] {
      #expect(
        message { _ = try open(folder.path) }
          == "\(folder.path): is not a run: it has no config.json; \(advice)")
      let missing = folder.file("missing")
      #expect(message { _ = try open(missing) } == "\(missing): does not exist; \(advice)")
      #expect(try folder.names() == [])
    }
    try create(folder)
    for open in [RunFolder.open, RunFolder.resume] {
      #expect(try open(folder.path).configuration() == runConfiguration)
    }
  }

  @Test func aFileInTheWayIsNamed() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "file")
    let path = folder.file("file/run")
    #expect(
      message { _ = try RunFolder.create(at: path, configuration: runConfiguration) }
        == "cannot create the folder \(path): part of the path is a file, not a folder")
  }

  @Test func oneProcessWritesAtATime() throws {
    let folder = try TemporaryFolder()
    let held = try RunFolder.create(at: folder.path, configuration: runConfiguration)
    defer { withExtendedLifetime(held) {} }
    let expected =
      "\(folder.path): is being written by another dcgan; wait for it to finish, stop it, or "
      + "choose another folder with 'run'"
    #expect(message { _ = try RunFolder.resume(at: folder.path) } == expected)
    #expect(message { try create(folder) } == expected)
    #expect(try RunFolder.open(at: folder.path).configuration() == runConfiguration)
  }

  @Test func theLockEndsWithItsHolder() throws {
    let folder = try TemporaryFolder()
    try create(folder)
    try resume(folder)
    try resume(folder)
  }

  #if os(Linux)
    /// A program that is started meanwhile has the lock's descriptor until it runs.
    @Test func `the lock ends with its holder even if a copy is open`() throws {
      let folder = try TemporaryFolder()
      var held: RunFolder? = try .create(at: folder.path, configuration: runConfiguration)
      let copies = (0..<256).filter { number in
        let link = try? FileManager.default.destinationOfSymbolicLink(
          atPath: "/proc/self/fd/\(number)")
        return link == folder.path
      }.map { dup(Int32($0)) }
      defer { for copy in copies { close(copy) } }
      #expect(copies.count == 1)
      withExtendedLifetime(held) {}
      held = nil
      try resume(folder)
    }
  #endif

  @Test func resumingRemovesHalfWrittenFiles() throws {
    let folder = try TemporaryFolder()
    try create(folder)
    for inner in ["", "progress/", "checkpoints/"] {
      try folder.write("", to: "\(inner).dcgan-partial-17-c0ffee")
    }
    _ = try RunFolder.open(at: folder.path)
    #expect(try folder.names("checkpoints") == [".dcgan-partial-17-c0ffee"])
    try resume(folder)
    #expect(try folder.names() == ["checkpoints", "config.json", "progress"])
    #expect(try folder.names("progress") == [])
    #expect(try folder.names("checkpoints") == [])
  }

  /// Creates a run and lets go of it.
  private func create(_ folder: TemporaryFolder) throws {
    _ = try RunFolder.create(at: folder.path, configuration: runConfiguration)
  }

  /// Resumes a run and lets go of it.
  private func resume(_ folder: TemporaryFolder) throws {
    _ = try RunFolder.resume(at: folder.path)
  }
}

/// A run's settings in which every value differs from its default.
let runConfiguration = RunConfiguration(
  data: RunData(
    dataPath: "./chest_xray/é", split: "all", classes: ["NORMAL", "PNEUMONIA"], limit: 17,
    strict: true, dataDigest: "abc", images: 23, skipped: 2),
  model: ModelSettings(size: 64, channels: 1, nz: 11, ngf: 13, ndf: 15),
  training: RunTraining(epochs: 7, steps: 19, batch: 9, learningRate: 1e-4, beta1: 0.4, seed: .max),
  checkpoints: RunCheckpoints(checkpointEvery: 3, keep: 4, keepEvery: 5),
  program: RunProgram(version: "1.2.3", variant: "avx2", threads: 2))
