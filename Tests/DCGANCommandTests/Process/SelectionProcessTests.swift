import Checkpoints
import Foundation
import Imaging
import TestSupport
import Testing
import Training

/// `dcgan sample --select realism`, run as a user runs it.
@Suite(.slow) struct SelectionProcessTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func sample(
    _ out: String, _ options: String, run: String = PracticeRun.path
  ) throws -> Executable.Outcome {
    try Executable.run(
      ["sample", "--run", run, "--out", folder.file(out)]
        + Executable.words(options, ["folder": folder.path, "data": Practice.phantoms.data]))
  }

  /// Reads `samples.csv`, header and all.
  private func table(_ out: String) throws -> [[String]] {
    String(decoding: try folder.read("\(out)/samples.csv"), as: UTF8.self)
      .split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
  }

  private func selection(_ out: String) throws -> [String: any Sendable] {
    let record = try TemporaryFolder.object(folder.read("\(out)/samples.json"))
    return try #require(record["select"] as? [String: any Sendable])
  }

  @Test func theSelectedAreCandidatesAndAreRecorded() throws {
    let outcome = try sample("all", "--count 256 --seed 6 --quiet")
    #expect(outcome.code == 0)
    #expect(try table("all")[0] == ["file", "candidate", "score", "calibrated"])

    let selecting = try sample(
      "best", "--count 8 --seed 6 --select realism --share 0.25 --threads 1 --quiet")
    #expect(selecting.code == 0, "\(selecting.error)")
    let selection = try selection("best")
    #expect(selection["method"] as? String == "realism")
    #expect(selection["share"] as? Double == 0.25)
    // 39 real images make four cells of eight or more, on average.
    #expect(selection["cells"] as? Int == 4)
    let candidates = try #require(selection["candidates"] as? Int)
    #expect((32...256).contains(candidates))
    let line =
      "8 of \(candidates) candidates kept (no threshold, highest 0.25 by realism, epoch 3): "
    #expect(selecting.output == line + folder.file("best") + "\n")

    let rows = try table("best")
    #expect(rows[0] == ["file", "candidate", "score", "calibrated", "realism"])
    let numbers = rows.dropFirst().compactMap { Int($0[1]) }
    #expect(numbers.count == 8 && numbers == numbers.sorted() && Set(numbers).count == 8)
    for (place, row) in rows.dropFirst().enumerated() {
      #expect(row.count == 5 && (Float(row[4]) ?? 0) > 0)
      let name = String(repeating: "0", count: 3) + "\(numbers[place] + 1)"
      let same = try PixelImage(
        contentsOf: folder.file("all/sample-\(name.suffix(4)).png"))
      #expect(try PixelImage(contentsOf: folder.file("best/\(row[0])")) == same)
    }

    // Whatever the threads, the same bytes.
    #expect(
      try sample("best3", "--count 8 --seed 6 --select realism --share 0.25 --threads 3").code == 0)
    for name in try folder.names("best") {
      #expect(try folder.read("best3/\(name)") == folder.read("best/\(name)"), "\(name)")
    }
  }

  @Test func theVectorsOfAFileAreSelectedAmong() throws {
    let nz = try RunFolder.open(at: PracticeRun.path).configuration().nz
    let values = (0..<20 * nz).map { sin(Float($0 * $0)) }
    let latents = SafeTensors(
      entries: [.init(name: "latents", shape: [20, nz], values: values)])
    try folder.add(Data(latents.serialized()), as: "latents.safetensors")
    let few = try sample(
      "few", "--latents {folder}/latents.safetensors --count 11 --select realism --quiet")
    #expect(few.code == 1 && few.output.isEmpty)
    #expect(
      few.error
        == "dcgan sample: \(folder.file("latents.safetensors")): expected at least 22 vectors, of "
        + "which --share 0.5 leaves the 11 of --count, found 20; give more vectors, raise --share, or "
        + "lower --count\n")
    #expect(try folder.names() == ["latents.safetensors"])
    // As many as there are to be had are enough where nobody says how many.
    let all = try sample("all", "--latents {folder}/latents.safetensors --select realism --quiet")
    #expect(all.code == 0, "\(all.error)")
    let found = try table("all").count - 1
    #expect((1...10).contains(found))
    #expect(all.outputLines.count == 1 && all.output.hasPrefix("\(found) of 20 candidates kept"))
  }

  @Test func thresholdsComeFirst() throws {
    #expect(try sample("all", "--count 64 --quiet").code == 0)
    let scores = try table("all").dropFirst().compactMap { Float($0[2]) }.sorted()
    #expect(try sample("some", "--count 4 --min-real \(scores[32]) --select realism").code == 0)
    let rows = try table("some").dropFirst()
    #expect(rows.count == 4 && rows.allSatisfy { Float($0[2]) ?? 0 >= scores[32] })
    let record = try TemporaryFolder.object(folder.read("some/samples.json"))
    let candidates = try #require(selection("some")["candidates"] as? Int)
    #expect(try #require(record["tries"] as? Int) > candidates && candidates >= 8)

    let some = try sample(
      "tried", "--count 3 --min-real \(scores[32]) --max-tries 16 --select realism --quiet")
    let passed = try #require(selection("tried")["candidates"] as? Int)
    #expect((3...15).contains(passed))
    #expect(
      some.output.hasPrefix(
        "3 of \(passed) that passed, among 16 candidates, kept (D >= \(scores[32]), highest 0.5 by "
      ),
      "\(some.output)")
    #expect(
      some.error.contains("\(passed) candidates of the 16 of --max-tries passed, too few for "),
      "\(some.error)")

    let free = try sample("free", "--count 3 --max-tries 6 --select realism --quiet")
    #expect(
      free.error.hasPrefix("warning: the 6 candidates of --max-tries are too few for "),
      "\(free.error)")
    #expect(free.error.hasSuffix(": raise --max-tries, or lower --count\n"), "\(free.error)")

    let few = try sample("few", "--count 4 --min-real 1 --max-tries 8 --select realism")
    #expect(few.code == 1)
    #expect(few.output.hasPrefix("0 of 8 candidates, of which none passed, kept (D >= 1.0, "))
    #expect(few.outputLines.dropFirst().first?.hasPrefix("found 0 of 4; lower --min-real") == true)
  }

  @Test func aDataSetIsSelectedToo() throws {
    let outcome = try Executable.run(
      ["sample", "--run", PracticeRun.path, "--dataset", folder.file("set"), "--count", "4"]
        + ["--select", "realism", "--json", "--quiet"])
    #expect(outcome.code == 0, "\(outcome.error)")
    let result = try TemporaryFolder.object(Data(outcome.output.utf8))
    let selection = try #require(result["select"] as? [String: any Sendable])
    #expect(selection["cells"] as? Int == 4)
    let card = String(decoding: try folder.read("set/README.md"), as: UTF8.self)
    #expect(card.contains("\n- selected: highest 0.5 by realism, of each of 4 kinds\n"), "\(card)")
  }

  @Test func everyClassIsSelectedByItself() throws {
    let run = folder.file("run")
    try Practice.phantoms.train(run: run, epochs: 1, ["--conditional", "--quiet"])
    let classes = "--class PNEUMONIA --class NORMAL"
    let outcome = try sample("two", "--count 6 --select realism --quiet \(classes)", run: run)
    #expect(outcome.code == 0, "\(outcome.error)")
    let rows = try table("two")
    #expect(rows[0].suffix(2) == ["class", "realism"])
    #expect(rows.dropFirst().count { $0[4] == "NORMAL" } == 3)
    #expect(rows.dropFirst().allSatisfy { Float($0[5]) != nil })

    let one = try sample("one", "--count 3 --select realism --class NORMAL --quiet", run: run)
    #expect(one.code == 0, "\(one.error)")
    #expect(try table("one").dropFirst().allSatisfy { $0[4] == "NORMAL" })
  }

  @Test func theRealImagesMustBeThoseOfTheRun() throws {
    let data = folder.file("data")
    try FileManager.default.copyItem(atPath: Practice.phantoms.data, toPath: data)
    let moved = try sample("moved", "--count 4 --select realism --data {folder}/data --quiet")
    #expect(moved.code == 0, "\(moved.error)")

    let gone = try sample("none", "--count 4 --select realism --data {folder}/gone --quiet")
    #expect(gone.code == 1)
    #expect(
      gone.error
        == "dcgan sample: \(folder.file("gone")): expected the folder or archive of the images that the "
        + "run was trained on, which --select needs, found none; name its present place with --data\n"
    )

    let first = try #require(try folder.names("data/train/NORMAL").first)
    try FileManager.default.removeItem(atPath: data + "/train/NORMAL/" + first)
    let changed = try sample("changed", "--count 4 --select realism --data {folder}/data --quiet")
    #expect(changed.code == 1)
    #expect(
      changed.error
        == "dcgan sample: \(data): the files have changed since the run was trained, and --select "
        + "needs the images that it was trained on; restore them, or name their folder with --data\n"
    )
  }

  @Test func aRefusalLeavesNoFolder() throws {
    _ = try sample("nothing", "--count 4 --select realism --data {folder}/gone --quiet")
    #expect(!FileManager.default.fileExists(atPath: folder.file("nothing")))
  }

  @Test func networksOfFilesTakeTheImagesOfAFolder() throws {
    let file = folder.file("g.safetensors")
    #expect(try Executable.run(["export", "--run", PracticeRun.path, "--out", file]).code == 0)
    let line = ["sample", "--generator", file, "--data", Practice.phantoms.data]
    let outcome = try Executable.run(
      line + ["--out", folder.file("file"), "--count", "4", "--select", "realism", "--quiet"])
    #expect(outcome.code == 0, "\(outcome.error)")
    #expect(try sample("run", "--count 4 --select realism --quiet").code == 0)
    let columns = try ["file", "run"].map { out in
      try table(out).dropFirst().map { [$0[0], $0[1], $0[4]] }
    }
    #expect(columns[0] == columns[1])
  }
}
