import CommandTestSupport
import DCGANCommand
import Foundation
import TestSupport
import Testing
import Training

/// `dcgan train` on several ranks, which are threads of this process.
@Suite(.slow) struct RankedTrainCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try makePhantoms("data", seed: 1)
  }

  private func makePhantoms(_ name: String, seed: Int) throws {
    let line = [
      "phantom", "--out", folder.file(name), "--count", "14", "--seed", "\(seed)", "--quiet",
    ]
    #expect(Program.dcgan.run(line, console: RecordingConsole().console) == .done)
  }

  /// Trains on some ranks; returns how each ended, and what it printed and said.
  private func train(
    _ run: String, ranks: Int, data: [String] = ["data"], _ more: String = "--epochs 2"
  ) -> [(ending: String, output: String, error: String)] {
    let line =
      "--allow-synthetic --split all --size 32 --ngf 4 --ndf 4 --batch 8 " + more
    let consoles = (0..<ranks).map { _ in RecordingConsole() }
    let folder = folder
    let endings = LocalRanks.endings(ranks) { group, backend in
      let place = folder.file(data[min(group.rank, data.count - 1)])
      let arguments =
        ["train", "--data", place, "--run", folder.file(run)]
        + line.split(separator: " ").map(String.init)
      return try TrainCommand.run(
        TrainOptions(parsed(arguments)), backend, nil, consoles[group.rank].console)
    }
    return zip(endings, consoles).map { ending, console in
      let text =
        switch ending {
        case .success(let code)?: "\(code)"
        case .failure(let error)?: "\(error)"
        case nil: "waiting"
        }
      return (text, console.output, console.error)
    }
  }

  private func expectSame(_ run: String, _ expected: String) throws {
    for name in [
      "checkpoints/epoch-0002.safetensors", "progress/epoch-0001.png", "progress/epoch-0002.png",
      "epochs.jsonl", "real-samples.png", "data-files.json",
    ] {
      #expect(try folder.read("\(run)/\(name)") == folder.read("\(expected)/\(name)"), "\(name)")
    }
  }

  private func configuration(_ run: String) throws -> RunConfiguration {
    try RunConfiguration(contentsOf: folder.file("\(run)/config.json"))
  }

  @Test func `a run is the same on two ranks, and may change their number`() throws {
    let alone = train("alone", ranks: 1, "--seed 3 --epochs 2")
    let two = train("two", ranks: 2, "--seed 3 --epochs 2")
    #expect(alone.map(\.ending) == ["done"] && two.map(\.ending) == ["done", "done"])
    try expectSame("two", "alone")
    #expect(try configuration("two").ranks == 2 && configuration("alone").ranks == nil)
    #expect(two[0].error.contains(", 2 ranks of 1 thread, "))
    #expect(alone[0].error.contains(", 1 thread, "))

    let halted = train("halted", ranks: 2, "--seed 3 --epochs 2 --steps 3")
    #expect(halted.map(\.ending) == ["done", "done"])
    #expect(train("halted", ranks: 1, "--resume").map(\.ending) == ["done"])
    try expectSame("halted", "alone")
    #expect(try configuration("halted").ranks == nil)
    // A run that has ended goes on on more ranks.
    #expect(
      train("alone", ranks: 4, "--resume --epochs 3").map(\.ending).allSatisfy { $0 == "done" })
    #expect(try configuration("alone").ranks == 4)
  }

  @Test func `ranks share a cache that the first has built, and a seed that it has drawn`() throws {
    #expect(
      train("cached", ranks: 2, "--cache \(folder.file("set.cache")) --epochs 2").map(\.ending)
        == ["done", "done"])
    let seed = try configuration("cached").seed
    #expect(train("alone", ranks: 1, "--seed \(seed) --epochs 2").map(\.ending) == ["done"])
    try expectSame("cached", "alone")
    #expect(try configuration("cached").program.cache == folder.file("set.cache"))
  }

  @Test func `what all find is said once, before anything is written`() throws {
    let refused = train("refused", ranks: 3)
    #expect(
      refused.map(\.ending) == [
        "3 ranks cannot share batches of 8 images equally; start 2 or 4, or "
          + "begin a run with another 'batch'", "failed", "failed",
      ])
    let missing = train("missing", ranks: 2, "--resume")
    #expect(missing[0].ending.contains("does not exist") && missing[1].ending == "failed")
    #expect(train("first", ranks: 1, "--epochs 1").map(\.ending) == ["done"])
    let again = train("first", ranks: 2, "--epochs 1")
    #expect(again[0].ending.contains("already holds a run") && again[1].ending == "failed")
    #expect(try folder.names() == ["data", "first"])
  }

  @Test func `a rank that finds other files is named`() throws {
    try makePhantoms("other", seed: 2)
    try FileManager.default.removeItem(
      atPath: folder.file("other/\(try folder.names("other")[0])"))
    let endings = train("run", ranks: 2, data: ["data", "other"]).map(\.ending)
    #expect(endings[0] == "failed")
    #expect(
      endings[1].hasPrefix(
        "\(folder.file("other")): expected the 14 files that rank 0 finds there, found ")
        && endings[1].contains(" on rank 1; let all ranks read the same files"), "\(endings[1])")
    #expect(try folder.names() == ["data", "other"])
  }
}
