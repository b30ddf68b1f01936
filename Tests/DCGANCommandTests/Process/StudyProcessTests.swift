import Foundation
import Study
import TestSupport
import Testing

/// `dcgan study` as a user runs it, with networks and steps of a moment.
@Suite struct StudyProcessTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func arguments(
    _ out: String, _ more: String = "", steps: Int = 3, shares: String = "1"
  ) -> [String] {
    ["study", "--data", Practice.phantoms.data, "--out", folder.file(out)]
      + Practice.words("--size 32 --ndf 4 --ngf 4 --seeds 2 --generator-steps 2 --ratios 1")
      + Practice.words("--min-real 0 --steps \(steps) --shares \(shares) \(more)")
  }

  private func result(_ out: String) throws -> StudyResult {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(StudyResult.self, from: Data(try folder.read("\(out)/study.json")))
  }

  @Test func aStudyPrintsATableAndAVerdictAndWritesTheSame() throws {
    let outcome = try Executable.run(arguments("study", "--quiet"))
    #expect(outcome.code == 0, "\(outcome.error)")
    let result = try result("study")
    #expect(result.rows.count == 14)
    #expect(result.settings.shares == [1])
    for verdict in result.verdicts { #expect(outcome.outputLines.contains(verdict)) }
    let lines = outcome.outputLines
    #expect(lines.first?.hasPrefix("share") == true)
    // A header and a row for each training, then the comparisons.
    #expect(lines[1...14].allSatisfy { $0.hasPrefix("1.0 ") })
    let table = String(decoding: try folder.read("study/study.csv"), as: UTF8.self)
    #expect(table.split(separator: "\n").count == 15)
    #expect(try folder.names("study/cells").count == 14)
    #expect(try folder.names("study/generators") == ["share-1.0"])
  }

  @Test func jsonIsTheResultAndNamesNoPath() throws {
    let outcome = try Executable.run(arguments("study", "--arms real,repeated --json --quiet"))
    #expect(outcome.code == 0, "\(outcome.error)")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let printed = try decoder.decode(StudyResult.self, from: Data(outcome.output.utf8))
    #expect(printed == (try result("study")))
    #expect(printed.rows.map(\.arm) == [.real, .real, .repeated, .repeated])
    #expect(!outcome.output.contains(Practice.phantoms.data))
  }

  @Test func aKilledStudyGoesOnToTheSameBytes() throws {
    let arms = "--arms real,augmented,synthetic --quiet"
    #expect(try Executable.run(arguments("whole", arms + " --threads 2")).code == 0)
    let running = try Executable.Running(arguments("parts", arms))
    try Executable.wait {
      (try? folder.names("parts/cells").contains { $0.hasSuffix(".json") }) == true
    }
    running.send(SIGKILL)
    // It may have come to its end before.
    running.process.waitUntilExit()
    _ = try? running.outcome(endedBy: running.process.terminationReason == .exit ? nil : SIGKILL)
    let resumed = try Executable.run(arguments("parts", arms + " --threads 1 --resume"))
    #expect(resumed.code == 0, "\(resumed.error)")
    for name in ["study.json", "study.csv", "study.html"] {
      #expect(try folder.read("parts/\(name)") == folder.read("whole/\(name)"))
    }
  }

  @Test func anInterruptedStudySaysHowToGoOn() throws {
    let running = try Executable.Running(arguments("study", "--arms real", steps: 1_000_000))
    try Executable.wait {
      FileManager.default.fileExists(atPath: folder.file("study/plan.json"))
    }
    running.send(SIGINT)
    let outcome = try running.outcome()
    #expect(outcome.code == 130)
    #expect(outcome.error.contains("continue with the same options and --resume\n"))
    #expect(outcome.output.isEmpty)
  }

  @Test func otherSettingsAreRefusedByTheNameOfTheirOption() throws {
    let arms = "--arms real --quiet"
    #expect(try Executable.run(arguments("study", arms)).code == 0)
    let again = try Executable.run(arguments("study", arms))
    #expect(again.code == 1)
    #expect(again.error.contains("it already holds a study; continue it with --resume"))
    let other = try Executable.run(arguments("study", arms + " --resume", steps: 4))
    #expect(other.code == 1)
    #expect(other.error.contains("--steps 4: the study in"))
    #expect(other.error.contains("was begun with 3; give the same options again"))
    let more = try Executable.run(arguments("study", arms + " --resume", shares: "0.5,1"))
    #expect(more.error.contains("--shares 0.5,1: the study in"))
    #expect(try Executable.run(arguments("study", arms + " --resume")).code == 0)
  }

  @Test(arguments: [
    ("--arms synthetic", "--arms expects 'real' among the arms"),
    ("--arms real,mirrored", "--arms expects some of real, repeated, augmented,"),
    ("--shares 0,1", "--shares expects numbers above 0 and at most 1"),
    ("--shares 0.1,0.1", "--shares expects numbers above 0 and at most 1"),
    ("--ratios -1", "--ratios expects numbers above 0 and at most 100"),
    ("--synthetic x --generator-steps 5", "--generator-steps"),
  ])
  func aWrongCommandLineIsRefused(more: String, problem: String) throws {
    let outcome = try Executable.run(
      ["study", "--data", "x", "--out", folder.file("out")] + Practice.words(more))
    #expect(outcome.code == 2)
    #expect(outcome.error.contains(problem), "\(outcome.error)")
    #expect(try folder.names().isEmpty)
  }
}
