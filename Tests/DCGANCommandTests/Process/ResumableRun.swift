import Foundation
import TestSupport
import Testing
import Training

/// The place of a run of the phantoms that a test stops or changes, and goes on with.
struct ResumableRun {
  /// The folder that holds the run's.
  let folder: TemporaryFolder
  /// The run's folder, which a test makes.
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("run")
  }

  /// Goes on with the run.
  func resume(_ more: [String] = []) throws -> Executable.Outcome {
    try Executable.run(["train", "--run", path, "--resume"] + more)
  }

  /// Expects the files of the practice run, which was never stopped.
  func expectTheUninterrupted() throws {
    for epoch in 1...3 {
      for name in [PracticeRun.checkpoint(epoch), "progress/epoch-000\(epoch).png"] {
        #expect(Data(try folder.read("run/\(name)")) == (try PracticeRun.read(name)), "\(name)")
      }
    }
    let metrics = try MetricsLog.read("\(path)/metrics.jsonl")
    let expected = try MetricsLog.read("\(PracticeRun.path)/metrics.jsonl")
    #expect(metrics.map(\.step) == Array(1...15))
    #expect(metrics.map(\.epoch) == expected.map(\.epoch))
    #expect(metrics.map(\.lossD) == expected.map(\.lossD))
    #expect(metrics.map(\.updatedFakeScore) == expected.map(\.updatedFakeScore))
  }
}
