import Checkpoints
import Foundation
import TestSupport
import Testing
import Training

/// Training that is killed again and again, at instants that a seed draws.
@Suite(.slow, .serialized) struct KillTests {
  private static let kills = 40
  private let folder: TemporaryFolder
  private let run: String

  init() throws {
    folder = try TemporaryFolder()
    run = folder.file("run")
  }

  /// An epoch of five short steps and a checkpoint of 5 MB: about as long to write as to compute.
  private func training(_ run: String, epochs: Int) -> [String] {
    ["train", "--data", Practice.phantoms.data, "--run", run, "--epochs", "\(epochs)"]
      + Practice.words("--size 32 --ngf 16 --ndf 16 --batch 8 --seed 5 --quiet")
  }

  /// Starts the run, or goes on with it.
  private func start() throws -> Executable.Running {
    let exists = FileManager.default.fileExists(atPath: "\(run)/config.json")
    return try Executable.Running(
      exists
        ? ["train", "--run", run, "--resume", "--epochs", "100000", "--quiet"]
        : training(run, epochs: 100_000))
  }

  /// Tells whether a process is writing a checkpoint, or was when it was killed.
  private func isWriting(_ running: Executable.Running) -> Bool {
    folder.namesIfAny("run/checkpoints").contains {
      $0.hasPrefix(".dcgan-partial-\(running.process.processIdentifier)-")
    }
  }

  /// The epoch of the newest checkpoint, or 0.
  private func newestEpoch() throws -> Int {
    guard RunFolder.exists(at: run) else { return 0 }
    return try RunFolder.open(at: run).latestCheckpointEpoch() ?? 0
  }

  /// Checks what a killed process left: whole checkpoints, and the lines of the newest one's steps.
  private func expectWholeFiles() throws -> Int {
    guard FileManager.default.fileExists(atPath: "\(run)/config.json") else { return 0 }
    let folder = try RunFolder.open(at: run)
    let epochs = try folder.checkpointEpochs()
    for epoch in epochs { try SafeTensors.verify(contentsOf: folder.checkpointPath(epoch: epoch)) }
    let steps = try MetricsLog.read(folder.metricsPath).map(\.step)
    #expect(steps == Array(1...max(1, steps.count)).prefix(steps.count).map { $0 })
    guard let newest = epochs.last else { return 0 }
    let step = try Checkpoint(contentsOf: folder.checkpointPath(epoch: newest)).metadata.step
    #expect(step == newest * Practice.phantoms.stepsPerEpoch)
    #expect(steps.count >= step)
    return newest
  }

  /// Half of the instants are anywhere from the start of the process on, the others within the
  /// writing of a checkpoint.
  @Test func `a run killed dozens of times makes the same bytes`() throws {
    var random = SeededBits(state: 2026)
    var killedWhileWriting = 0
    var newest = 0
    for kill in 0..<Self.kills {
      let running = try start()
      if kill % 2 == 0 {
        usleep(UInt32.random(in: 0...250_000, using: &random))
      } else {
        // Some checkpoints further on, now and then at least one however slow the machine is, and a
        // moment into the writing of the next.
        usleep(UInt32.random(in: 80_000...250_000, using: &random))
        if kill % 4 == 1 {
          let last = newest
          try Executable.wait { try newestEpoch() > last }
        }
        try Executable.wait(checkingEvery: 20) { isWriting(running) }
        usleep(UInt32.random(in: 0...2000, using: &random))
      }
      running.send(SIGKILL)
      _ = try running.outcome(endedBy: SIGKILL)
      if isWriting(running) { killedWhileWriting += 1 }
      let epoch = try expectWholeFiles()
      #expect(epoch >= newest, "a checkpoint was lost")
      newest = epoch
    }
    #expect(killedWhileWriting >= Self.kills / 8)
    #expect(newest >= 3)
    try expectToGoOn(to: newest + 2)
  }

  /// Goes on to the end of an epoch and compares with a run that was never stopped.
  private func expectToGoOn(to epochs: Int) throws {
    let steps = epochs * Practice.phantoms.stepsPerEpoch
    let resumed = try Executable.run(["train", "--run", run, "--resume", "--epochs", "\(epochs)"])
    #expect(resumed.output == "finished after epoch \(epochs), step \(steps), seed 5: \(run)\n")

    let whole = folder.file("whole")
    #expect(try Executable.run(training(whole, epochs: epochs)).code == 0)
    for inner in ["checkpoints", "progress"] {
      #expect(try folder.names("run/\(inner)") == folder.names("whole/\(inner)"))
      for name in try folder.names("whole/\(inner)") {
        #expect(
          try folder.read("run/\(inner)/\(name)") == folder.read("whole/\(inner)/\(name)"),
          "\(inner)/\(name)")
      }
    }
    #expect(try folder.read("run/epochs.jsonl") == folder.read("whole/epochs.jsonl"))
    let metrics = try MetricsLog.read("\(run)/metrics.jsonl")
    let expected = try MetricsLog.read("\(whole)/metrics.jsonl")
    #expect(metrics.map(\.step) == Array(1...steps))
    #expect(metrics.map(\.lossD) == expected.map(\.lossD))
    #expect(metrics.map(\.lossG) == expected.map(\.lossG))
  }
}
