import Foundation
import TestSupport
import Testing
import Training

/// The checkpoint that a run goes on from, and what is behind it.
@Suite(.slow) struct ResumeCheckpointTests {
  private let run: ResumableRun
  private var folder: TemporaryFolder { run.folder }

  init() throws { run = try ResumableRun() }

  @Test func `if the newest checkpoint is damaged, the one to resume from is named`() throws {
    try PracticeRun.copy(to: run.path)
    let newest = "run/\(PracticeRun.checkpoint(3))"
    var bytes = Data(try folder.read(newest))
    bytes[bytes.count / 2] ^= 1
    try folder.add(bytes, as: newest)
    let outcome = try run.resume()
    #expect(outcome.code == 1)
    #expect(outcome.error.hasPrefix("dcgan train: \(folder.file(newest)): tensor '"))
    #expect(
      outcome.error.hasSuffix(
        "; the file is damaged; continue from the previous one with --resume --epoch 2\n"),
      "\(outcome.error)")
    let sampling = try Executable.run(["sample", "--run", run.path, "--out", folder.file("out")])
    #expect(sampling.code == 1)
    #expect(
      sampling.error.hasSuffix("; use the previous one with --epoch 2\n"), "\(sampling.error)")

    let resumed = try run.resume(["--epoch", "2", "--quiet"])
    #expect(resumed.output == "finished after epoch 3, step 15, seed 7: \(run.path)\n")
    #expect(
      resumed.error
        == "warning: a later epoch's checkpoint was renamed to "
        + "\(folder.file(newest)).set-aside\n")
    #expect(Data(try folder.read("\(newest).set-aside")) == bytes)
    try run.expectTheUninterrupted()
  }

  /// Killed on the way, before there is a new checkpoint, it must not find the later ones again.
  @Test func goneBackItStaysThere() throws {
    try PracticeRun.copy(to: run.path)
    #expect(try run.resume(["--epoch", "1", "--steps", "6"]).code == 0)
    #expect(try RunFolder.open(at: run.path).checkpointEpochs() == [1, 2])
    #expect(try MetricsLog.read("\(run.path)/metrics.jsonl").map(\.step) == Array(1...6))
    #expect(try run.resume().code == 0)
    try run.expectTheUninterrupted()
  }

  @Test func anEpochWithoutCheckpointIsNamed() throws {
    try PracticeRun.copy(to: run.path)
    let outcome = try run.resume(["--epoch", "9"])
    #expect(outcome.code == 1)
    #expect(
      outcome.error
        == "dcgan train: \(run.path): has no checkpoint of epoch 9; choose another with --epoch: "
        + "1-3\n")
  }

  @Test func linesThatWereLostAreCounted() throws {
    try PracticeRun.copy(to: run.path)
    let text = String(decoding: try folder.read("run/metrics.jsonl"), as: UTF8.self)
    let lines = text.split(separator: "\n")
    try folder.write(
      (lines[..<4] + lines[6...] + lines[6...7]).joined(separator: "\n") + "\n",
      to: "run/metrics.jsonl")
    let outcome = try run.resume(["--quiet", "--epochs", "4"])
    #expect(outcome.code == 0)
    #expect(
      outcome.error
        == "warning: \(run.path)/metrics.jsonl lacks 2 of the 15 steps that the checkpoint "
        + "counts as done: its curves will have gaps\n")
    #expect(
      try MetricsLog.read("\(run.path)/metrics.jsonl").map(\.step) == Array(1...4) + Array(7...20))
  }
}
