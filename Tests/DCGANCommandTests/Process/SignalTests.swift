import Checkpoints
import Foundation
import Support
import TestSupport
import Testing
import Training

/// Training that is stopped from outside, at moments that no test chooses.
///
/// The runs have more epochs than anyone waits for. Where one has come to is found out afterwards,
/// and a run of so many epochs shows what must be there when the stopped one has gone on.
@Suite(.slow, .serialized) struct SignalTests {
  private static let stepsPerEpoch = 19
  private let folder: TemporaryFolder
  private let run: String

  init() throws {
    folder = try TemporaryFolder()
    run = folder.file("run")
  }

  private func training(_ run: String, epochs: Int) -> [String] {
    ["train", "--data", Practice.phantoms.data, "--run", run, "--epochs", "\(epochs)"]
      + Practice.words("--size 32 --ngf 4 --ndf 4 --batch 2 --seed 3 --quiet")
  }

  /// Starts to train and returns once so many steps are done.
  private func start(
    steps: Int, output: FileHandle? = nil, script: String? = nil
  ) throws -> Executable.Running {
    let running = try Executable.Running(
      training(run, epochs: 100_000), output: output, script: script)
    try Executable.wait { try lines() >= steps }
    return running
  }

  private func lines() throws -> Int {
    try MetricsLog.read("\(run)/metrics.jsonl").count
  }

  /// Goes on to the end of the epoch after the one that the run stopped in, and compares.
  private func expectToGoOn() throws {
    let epochs = try #require(try MetricsLog.read("\(run)/metrics.jsonl").last).epoch + 1
    let steps = epochs * Self.stepsPerEpoch
    let resumed = try Executable.run(["train", "--run", run, "--resume", "--epochs", "\(epochs)"])
    #expect(resumed.output == "finished after epoch \(epochs), step \(steps), seed 3: \(run)\n")

    let whole = folder.file("whole")
    #expect(try Executable.run(training(whole, epochs: epochs)).code == 0)
    let name = PracticeRun.checkpoint(epochs)
    #expect(try folder.read("run/\(name)") == folder.read("whole/\(name)"))
    for name in try folder.names("whole/progress") {
      #expect(try folder.read("run/progress/\(name)") == folder.read("whole/progress/\(name)"))
    }
    #expect(try folder.read("run/epochs.jsonl") == folder.read("whole/epochs.jsonl"))
    let metrics = try MetricsLog.read("\(run)/metrics.jsonl")
    #expect(metrics.map(\.step) == Array(1...steps))
    #expect(
      metrics.map(\.lossG) == (try MetricsLog.read("\(whole)/metrics.jsonl").map(\.lossG)))
    #expect(!(try everything(in: run)).contains { $0.contains("partial") })
  }

  private func everything(in path: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path)
  }

  @Test(arguments: [(SIGINT, 130, 3), (SIGTERM, 143, 30), (SIGHUP, 129, 7)])
  func `a signal stops the run with a checkpoint to resume from`(
    signal: Int32, code: Int32, steps: Int
  ) throws {
    let running = try start(steps: steps)
    running.send(signal)
    let outcome = try running.outcome()
    #expect(outcome.code == code)
    #expect(outcome.error.isEmpty)

    let folder = try RunFolder.open(at: run)
    let epoch = try #require(try folder.latestCheckpointEpoch())
    let metadata = try Checkpoint(contentsOf: folder.checkpointPath(epoch: epoch)).metadata
    #expect(metadata.step == (try lines()))
    #expect(metadata.step >= steps)
    #expect(metadata.epoch == (metadata.step - 1) / Self.stepsPerEpoch + 1)
    let place = metadata.step % Self.stepsPerEpoch == 0 ? "after" : "in"
    #expect(
      outcome.output
        == "interrupted \(place) epoch \(metadata.epoch), step \(metadata.step), seed 3: \(run); "
        + "continue with dcgan train --run \(run) --resume\n")
    try expectToGoOn()
  }

  /// Trains wide networks, whose first step takes as long as a test needs for its signals, on a
  /// terminal, which the program answers on; returns once the step is under way.
  private func startWide(
    _ networks: String, on terminal: PseudoTerminal
  ) throws -> Executable.Running {
    let running = try Executable.Running(
      ["train", "--data", Practice.phantoms.data, "--run", run]
        + Practice.words("\(networks) --batch 39 --threads 1 --quiet"),
      error: terminal.device)
    // The settings are written when the signals are listened to, just before the first step.
    try Executable.wait { FileManager.default.fileExists(atPath: "\(run)/config.json") }
    return running
  }

  private static let firstAnswer =
    "\r\nstopping after this step; press Ctrl-C again to quit now without saving\r\n"

  @Test(arguments: [SIGINT, SIGTERM])
  func `asked twice, it stops at once`(signal: Int32) throws {
    let terminal = try PseudoTerminal()
    let running = try startWide("--size 128 --ngf 64 --ndf 64", on: terminal)
    running.send(signal)
    try Executable.wait { terminal.text() == Self.firstAnswer }
    #expect(running.process.isRunning)
    running.send(signal)
    let outcome = try running.outcome()
    #expect(outcome.code == 128 + signal)
    #expect(outcome.output.isEmpty)
    #expect(terminal.text() == Self.firstAnswer + "\r\nquit without saving\r\n")
    #expect(try lines() == 0)
    #expect(try RunFolder.open(at: run).checkpointEpochs() == [])
  }

  /// Shell and system both send a hang-up, and whoever ends the session SIGTERM; none of it is a user
  /// who asks once more. Which of two signals that come together is the first, the system decides.
  @Test(arguments: [([SIGTERM], [143]), ([SIGHUP, SIGTERM], [129, 143])] as [([Int32], [Int32])])
  func `hang-ups never ask a second time, however many there are`(signals: [Int32], codes: [Int32])
    throws
  {
    let terminal = try PseudoTerminal()
    let running = try startWide("--size 64 --ngf 48 --ndf 48", on: terminal)
    for signal in signals { running.send(signal) }
    // The answer is SIGTERM's, so that the next hang-up is one more.
    try Executable.wait { terminal.text() == Self.firstAnswer }
    for _ in 1...3 { running.send(SIGHUP) }
    let outcome = try running.outcome()
    #expect(codes.contains(outcome.code))
    #expect(outcome.output.hasPrefix("interrupted after epoch 1, step 1, "))
    #expect(terminal.text() == Self.firstAnswer)
    #expect(try RunFolder.open(at: run).checkpointEpochs() == [1])
  }

  @Test func nohupTrainsOnThroughAHangUp() throws {
    let running = try start(steps: 3, script: "exec nohup \"$0\" \"$@\"")
    running.send(SIGHUP)
    // More than an epoch further: where training ends, so does this wait, as a failure.
    let steps = try lines() + Self.stepsPerEpoch + 1
    try Executable.wait { try lines() >= steps }
    #expect(running.process.isRunning)
    #expect(try RunFolder.open(at: run).latestCheckpointEpoch() != nil)
    running.send(SIGTERM)
    let outcome = try running.outcome()
    #expect(outcome.code == 143)
    #expect(!outcome.output.contains("in epoch 1,"))
    try expectToGoOn()
  }

  @Test func `a closed pipe does not hide the interruption`() throws {
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let running = try start(steps: 2, output: pipe.fileHandleForWriting)
    running.send(SIGINT)
    let outcome = try running.outcome()
    #expect(outcome.code == 130)
    #expect(outcome.error.isEmpty)
  }

  /// Kills within the first epoch, about the first checkpoint, and about and between later ones.
  @Test(arguments: [
    2, stepsPerEpoch - 1, stepsPerEpoch, stepsPerEpoch + 1, 2 * stepsPerEpoch,
    3 * stepsPerEpoch + 7,
  ])
  func killedAtAnyMomentItGoesOn(steps: Int) throws {
    let running = try start(steps: steps)
    running.send(SIGKILL)
    _ = try running.outcome(endedBy: SIGKILL)
    try expectToGoOn()
  }

  @Test func aRunThatIsBeingTrainedIsNotTouched() throws {
    let running = try start(steps: 1)
    for arguments in [["train", "--run", run, "--resume"], training(run, epochs: 1)] {
      let second = try Executable.run(arguments)
      #expect(second.code == 1)
      #expect(
        second.error == "dcgan train: \(run): is being written by another dcgan; wait for it to "
          + "finish, stop it, or choose another folder with --run\n")
    }
    running.send(SIGINT)
    #expect(try running.outcome().code == 130)
    try expectToGoOn()
  }

  @Test func aRunCanBeReadWhileItIsBeingTrained() throws {
    let running = try start(steps: 2 * Self.stepsPerEpoch)
    let values = ["run": run, "out": folder.file("out"), "data": Practice.phantoms.data]
    for line in [
      "sample --run {run} --count 2 --out {out}", "grid --run {run} --out {out}/grid.png",
      "score --run {run} {data}/val",
    ] {
      let outcome = try Executable.run(line, values)
      #expect(outcome.code == 0, "\(outcome.error)")
    }
    running.send(SIGTERM)
    #expect(try running.outcome().code == 143)
  }

  @Test func interruptedSamplingKeepsWhatWasFound() throws {
    let out = folder.file("out")
    let running = try Executable.Running(
      ["sample", "--run", PracticeRun.path, "--out", out, "--min-real", "1"]
        + Practice.words("--count 2 --max-tries 1000000000"))
    try Executable.wait { FileManager.default.fileExists(atPath: "\(out)/samples.csv") }
    running.send(SIGINT)
    let outcome = try running.outcome()
    #expect(outcome.code == 130)
    #expect(
      outcome.outputLines.dropFirst().first
        == "found 0 of 2; it was interrupted")
    #expect(try folder.names("out").sorted() == ["samples.csv", "samples.json"])
  }
}
