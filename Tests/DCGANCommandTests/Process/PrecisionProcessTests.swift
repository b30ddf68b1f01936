import Foundation
import Samples
import TestSupport
import Testing
import Training

/// Runs in bfloat16, whose networks are wide enough for it.
@Suite(.slow) struct PrecisionProcessTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func train(_ run: String, _ options: String) throws {
    let outcome = try Executable.run(
      "train --data {data} --run {run} --epochs 1 --size 32 --ngf 8 --ndf 8 --batch 8 --seed 7 "
        + options,
      ["data": Practice.phantoms.data, "run": folder.file(run)])
    #expect(outcome.code == 0, "\(outcome.error)")
  }

  @Test func aResumedRunKeepsThePrecision() throws {
    let name = PracticeRun.checkpoint(1)
    try train("whole", "--precision bfloat16")
    try train("stopped", "--precision bfloat16 --steps 2 --threads 1")
    let outcome = try Executable.run(["train", "--run", folder.file("stopped"), "--resume"])
    #expect(outcome.code == 0)
    #expect(outcome.error.contains(", bfloat16\n"))
    #expect(try folder.read("stopped/\(name)") == folder.read("whole/\(name)"))
    try train("float", "")
    #expect(try folder.read("float/\(name)") != folder.read("whole/\(name)"))
    let settings = try ["whole", "float"].map {
      try RunFolder.open(at: folder.file($0)).configuration()
    }
    #expect(settings.map(\.precision) == [.bfloat16, nil])
    #expect(settings[0].digest != settings[1].digest)
    let info = try Executable.run(["info", folder.file("whole")])
    #expect(info.output.contains(", precision bfloat16, "))
  }

  @Test func samplesAreDrawnAgainInTheirPrecision() throws {
    try train("run", "")
    let values = ["run": folder.file("run"), "folder": folder.path]
    let options = "--run {run} --count 3"
    #expect(
      try Executable.run("sample \(options) --out {folder}/a --precision bfloat16", values).code
        == 0)
    #expect(
      try Executable.run("sample --from {folder}/a/samples.csv --out {folder}/b", values).code == 0)
    #expect(try Executable.run("sample \(options) --out {folder}/c", values).code == 0)
    let tables = try ["a", "b", "c"].map { try folder.read("\($0)/samples.csv") }
    #expect(tables[0] == tables[1] && tables[0] != tables[2])
    let recipes = try ["a", "b", "c"].map {
      try SampleRecipe.beside(table: folder.file("\($0)/samples.csv"))?.precision
    }
    #expect(recipes == [.bfloat16, .bfloat16, nil])
  }
}
