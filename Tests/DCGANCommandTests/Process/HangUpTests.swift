import Checkpoints
import Support
import TestSupport
import Training

#if os(Linux)
  import Checkpoints
  import Foundation
  import Support
  import TestSupport
  import Testing
  import Training

  /// Training on a terminal that goes away, as the end of a connection takes it.
  ///
  /// The program `script` makes the terminal and holds its other side: what ends it hangs up.
  @Suite(.slow, .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")))
  struct HangUpTests {
    private let folder: TemporaryFolder
    private let run: String

    init() throws {
      folder = try TemporaryFolder()
      run = folder.file("run")
    }

    /// Trains on a terminal, with a bar, behind what stands before the program's name, and returns
    /// once some steps are done.
    private func start(_ shell: String) throws -> Executable.Running {
      let script = "COMMAND=\"$0 $*\" exec script -qec '\(shell)' /dev/null"
      let running = try Executable.Running(
        Practice.phantoms.training(run: run, epochs: 100_000), script: script,
        environment: ["TERM": "xterm", "SHELL": "/bin/sh", "FOLDER": folder.path])
      try Executable.wait { try MetricsLog.read("\(run)/metrics.jsonl").count >= 3 }
      return running
    }

    /// Expects the run to have stopped behind its last step, with a checkpoint.
    private func expectACheckpoint() throws {
      try Executable.wait { (try? RunFolder.resume(at: run)) != nil }
      let folder = try RunFolder.open(at: run)
      let epoch = try #require(try folder.latestCheckpointEpoch())
      let metadata = try Checkpoint(contentsOf: folder.checkpointPath(epoch: epoch)).metadata
      #expect(metadata.step == (try MetricsLog.read(folder.metricsPath).count))
      #expect(metadata.step >= 3)
    }

    @Test func aLostTerminalEndsTheRunWithACheckpoint() throws {
      let terminal = try start("exec $COMMAND")
      terminal.send(SIGKILL)
      _ = try terminal.outcome(endedBy: SIGKILL)
      try expectACheckpoint()
    }

    /// The shell that outlives the terminal sees the code, although nothing can be written any more.
    @Test func `output that can no longer be written changes nothing`() throws {
      let terminal = try start(
        #"trap : HUP; sh -c "echo \$\$ >$FOLDER/pid; exec $COMMAND"; echo $? >$FOLDER/code"#)
      terminal.send(SIGKILL)
      let pid = try String(contentsOfFile: folder.file("pid"), encoding: .utf8)
        .trimmingCharacters(in: .newlines)
      // The terminal is gone, and the run goes on, as nobody told it to stop.
      let steps = try MetricsLog.read("\(run)/metrics.jsonl").count
      try Executable.wait { try MetricsLog.read("\(run)/metrics.jsonl").count >= steps + 3 }
      kill(try #require(Int32(pid)), SIGHUP)
      try Executable.wait { FileManager.default.fileExists(atPath: folder.file("code")) }
      try Executable.wait { try folder.read("code") == Array("129\n".utf8) }
      // Its end is only seen once what it started has ended, too.
      _ = try terminal.outcome(endedBy: SIGKILL)
      try expectACheckpoint()
    }
  }
#endif
