import Foundation
import TestSupport
import Testing
import Training

/// The same seed makes the same bytes.
@Suite(.slow) struct SeedTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: ["1", "2", "3"])
  func theSameSeedMakesTheSameBytes(threads: String) throws {
    try Practice.phantoms.train(run: folder.file("run"), ["--threads", threads])
    for epoch in 1...3 {
      for name in [PracticeRun.checkpoint(epoch), "progress/epoch-000\(epoch).png"] {
        #expect(Data(try folder.read("run/\(name)")) == (try PracticeRun.read(name)), "\(name)")
      }
    }
    #expect(
      Data(try folder.read("run/real-samples.png")) == (try PracticeRun.read("real-samples.png")))
    #expect(Data(try folder.read("run/real-first.png")) == (try PracticeRun.read("real-first.png")))
  }

  @Test func anotherSeedMakesOtherBytes() throws {
    let line = ["train", "--data", Practice.phantoms.data, "--run", folder.file("run")]
    let outcome = try Executable.run(
      line + Practice.words("--size 32 --ngf 4 --ndf 4 --batch 8 --epochs 1 --seed 8"))
    #expect(outcome.code == 0)
    let name = PracticeRun.checkpoint(1)
    #expect(Data(try folder.read("run/\(name)")) != (try PracticeRun.read(name)))
  }

  @Test func aDrawnSeedIsToldKeptAndReproducible() throws {
    let options = Practice.words("--size 32 --ngf 2 --ndf 2 --batch 8 --epochs 1")
    func train(_ run: String, _ more: [String]) throws -> Executable.Outcome {
      try Executable.run(
        ["train", "--data", Practice.phantoms.data, "--run", folder.file(run)] + options + more)
    }
    let drawn = try train("drawn", [])
    let seed = try RunFolder.open(at: folder.file("drawn")).configuration().seed
    #expect(
      drawn.output == "finished after epoch 1, step 5, seed \(seed): \(folder.file("drawn"))\n")
    #expect(drawn.errorLines.contains { $0.contains(", seed \(seed), ") })

    #expect(try train("given", ["--seed", "\(seed)"]).code == 0)
    let name = PracticeRun.checkpoint(1)
    #expect(try folder.read("drawn/\(name)") == folder.read("given/\(name)"))

    #expect(try train("again", []).code == 0)
    #expect(try RunFolder.open(at: folder.file("again")).configuration().seed != seed)
  }

  @Test func theLargestSeedSurvives() throws {
    let run = folder.file("run")
    let options = Practice.words("--size 32 --ngf 1 --ndf 1 --batch 8 --epochs 1")
    let data = ["train", "--data", Practice.phantoms.data, "--run", run]
    #expect(try Executable.run(data + options + ["--seed", "\(UInt64.max)"]).code == 0)
    #expect(try RunFolder.open(at: run).configuration().seed == .max)
    let resumed = try Executable.run(["train", "--run", run, "--resume", "--epochs", "2"])
    #expect(resumed.output == "finished after epoch 2, step 10, seed \(UInt64.max): \(run)\n")
  }
}
