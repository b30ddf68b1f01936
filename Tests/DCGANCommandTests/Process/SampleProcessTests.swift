import Checkpoints
import DCGAN
import Foundation
import Imaging
import Samples
import Support
import Tensor
import TestSupport
import Testing
import Training

/// `dcgan sample`, `dcgan score` and `dcgan grid` on a trained run.
@Suite(.slow) struct SampleProcessTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func sample(_ out: String, _ options: String) throws -> Executable.Outcome {
    try Executable.run(
      ["sample", "--run", PracticeRun.path, "--out", folder.file(out)]
        + Executable.words(options, ["folder": folder.path]))
  }

  /// Reads `samples.csv` below its header.
  private func table(_ out: String) throws -> [(file: String, candidate: Int, score: Float)] {
    let text = String(decoding: try folder.read("\(out)/samples.csv"), as: UTF8.self)
    let lines = text.split(separator: "\n")
    #expect(lines.first == "file,candidate,score,calibrated")
    return try lines.dropFirst().map { line in
      let cells = line.split(separator: ",").map(String.init)
      try #require(cells.count == 4 && Float(cells[3]) != nil)
      return (cells[0], try #require(Int(cells[1])), try #require(Float(cells[2])))
    }
  }

  @Test(arguments: Practice.all)
  func theWholeWay(_ practice: Practice) throws {
    let run = folder.file("run")
    let out = folder.file("out")
    try practice.train(run: run)
    let values = ["run": run, "out": out, "folder": folder.path]
    let sampling = try Executable.run(
      "sample --run {run} --out {out} --count 5 --min-real 0", values)
    #expect(sampling.code == 0)
    #expect(
      sampling.output == "5 of 5 candidates kept (no threshold, epoch \(practice.epochs)): \(out)\n"
    )
    let names = (1...5).map { "sample-000\($0).png" }
    #expect(try folder.names("out") == names + ["samples.csv", "samples.json"])
    #expect(try folder.names() == ["out", "out.png", "run"])
    let rows = try table("out")
    #expect(rows.map(\.file) == names)
    #expect(rows.map(\.candidate) == Array(0..<5))

    let scoring = try Executable.run("score --run {run} {out}", values)
    #expect(scoring.code == 0)
    #expect(scoring.error.isEmpty)
    let scores = scoring.outputLines.map { $0.split(separator: "\t").map(String.init) }
    #expect(scores.map(\.last) == names.map { "\(out)/\($0)" })
    for (line, row) in zip(scores, rows) {
      // A file's levels are rounded to whole ones.
      #expect(abs(try #require(Float(line[0])) - row.score) < 0.02)
    }

    for name in ["grid.png", "grid.gif"] {
      let laying = try Executable.run("grid --run {run} --out {folder}/\(name)", values)
      #expect(laying.code == 0)
      let range = practice.epochs == 1 ? "epoch 1" : "all 3 sheets from epoch 1 to 3"
      #expect(laying.output == "wrote \(folder.file(name)): \(range)\n")
      #expect(ImageMark.read(at: folder.file(name))?.kind == .grid)
    }
    #expect(try folder.read("grid.png").prefix(4) == [0x89, 0x50, 0x4E, 0x47])
    #expect(try folder.read("grid.gif").prefix(6).elementsEqual("GIF89a".utf8))
  }

  @Test func aCandidateDependsOnNothingButItsNumber() throws {
    let whole = try sample("ten", "--count 10 --threads 2")
    #expect(whole.code == 0)
    #expect(try sample("three", "--count 3 --threads 1").code == 0)
    let rows = try table("ten")
    // Half of the candidates have at least this score.
    let median = rows.map(\.score).sorted()[5]
    #expect(try sample("best", "--count 4 --min-real \(median)").code == 0)
    for place in 0..<3 {
      let name = "sample-000\(place + 1).png"
      #expect(try folder.read("ten/\(name)") == folder.read("three/\(name)"))
      #expect(try table("three")[place] == rows[place])
    }
    let expected = rows.filter { $0.score >= median }.prefix(4)
    for (row, kept) in zip(expected, try table("best")) {
      #expect(row.candidate == kept.candidate && row.score == kept.score)
      #expect(try folder.read("ten/\(row.file)") == folder.read("best/\(kept.file)"))
    }
    #expect(try sample("other", "--count 3 --seed 1").code == 0)
    #expect(try folder.read("other/sample-0001.png") != folder.read("ten/sample-0001.png"))
  }

  private func short(_ score: Float) -> String { String(format: "%.3g", score) }

  @Test func `if too few samples pass, those are written and the scores shown`() throws {
    #expect(try sample("all", "--count 64").code == 0)
    let scores = try table("all").map(\.score).sorted()
    let outcome = try sample("few", "--count 3 --min-real \(scores[62]) --max-tries 64")
    #expect(outcome.code == 1)
    #expect(try folder.names("few").filter { $0.hasPrefix("sample-") }.count == 2)
    let lines = outcome.outputLines
    try #require(lines.count == 14)
    #expect(
      lines[0] == "2 of 64 candidates kept (D >= \(scores[62]), epoch 3): \(folder.file("few"))")
    #expect(
      lines[1] == "one candidate in 32 passes: these are not the best images but those that the "
        + "discriminator has not learned to see through; consider no threshold, another epoch "
        + "(--epoch), the calibrated score (--min-real-calibrated) or --select realism")
    #expect(
      lines[2] == "found 2 of 3; lower --min-real or leave it out, raise --max-tries, use another "
        + "epoch (--epoch), the calibrated score (--min-real-calibrated) or --select realism, or train longer"
    )
    #expect(
      lines[3]
        == "scores of all candidates: min \(short(scores[0])), median \(short(scores[32])), 90 % below "
        + "\(short(scores[57])), 99 % below \(short(scores[62])), max \(short(scores[63]))")

    let before = try folder.names("few")
    let none = try sample("few", "--min-real 1 --max-tries 64 --json --quiet")
    #expect(none.code == 1)
    #expect(
      none.error
        == "warning: \(folder.file("few")): no sample was written, and those of an earlier drawing "
        + "are still there\n")
    #expect(try folder.names("few") == before)
    let result = try TemporaryFolder.object(Data(none.output.utf8))
    #expect(result["kept"] as? Int == 0)
    #expect(result["tried"] as? Int == 64)
    #expect(result["wanted"] as? Int == 64)
    #expect(result["passed_share"] as? Double == 0)
    let summary = try #require(result["scores"] as? [String: any Sendable])
    #expect((summary["histogram"] as? [Int])?.reduce(0, +) == 64)
  }

  /// One in ten is not told of, less is; and the calibrated score is no alternative to itself.
  @Test func whatFewCandidatesPassIsExplained() throws {
    #expect(try sample("all", "--count 64").code == 0)
    let scores = try table("all").map(\.score).sorted()
    let often = try sample("often", "--count 7 --min-real \(scores[40]) --max-tries 64")
    #expect(often.code == 0 && often.outputLines.count == 1)
    let text = String(decoding: try folder.read("all/samples.csv"), as: UTF8.self)
    let calibrated = text.split(separator: "\n").dropFirst().compactMap {
      $0.split(separator: ",").last.flatMap { Float($0) }
    }.sorted()
    let seldom = try sample(
      "seldom", "--count 1 --min-real-calibrated \(calibrated[63]) --max-tries 64 --json")
    #expect(seldom.code == 0)
    let result = try TemporaryFolder.object(Data(seldom.output.utf8))
    let tried = try #require(result["tried"] as? Int)
    #expect(result["passed_share"] as? Double == 1 / Double(tried))
    #expect(result["sheet"] as? String == folder.file("seldom.png"))
    let told = try sample(
      "seldom", "--count 2 --min-real-calibrated \(calibrated[63]) --max-tries 64")
    #expect(told.code == 1)
    #expect(
      told.outputLines.dropFirst().first
        == "one candidate in 64 passes: these are not the best images but those that the "
        + "discriminator has not learned to see through; consider no threshold, another epoch "
        + "(--epoch) or --select realism")
  }

  @Test func theRecordNamesWhatTheSamplesCameFrom() throws {
    #expect(try sample("out", "--count 3 --min-real 0.01 --seed 5").code == 0)
    let record = try TemporaryFolder.object(try folder.read("out/samples.json"))
    #expect(
      record.keys.sorted() == [
        "background", "class", "count", "data_digest", "epoch", "fit", "latents", "min_real",
        "min_real_calibrated", "run", "run_digest", "run_path", "run_seed", "split", "step",
        "tries", "variant", "version",
      ])
    let configuration = try RunFolder.open(at: PracticeRun.path).configuration()
    #expect(record["class"] as? [String] == [] && record["split"] as? String == "train")
    #expect(record["count"] as? Int == 3 && (record["tries"] as? Int ?? 0) >= 3)
    #expect(record["min_real"] as? Double == 0.01)
    #expect(record["min_real_calibrated"] as? Double == 0)
    #expect(record["data_digest"] as? String == configuration.dataDigest)
    #expect(record["run_digest"] as? String == configuration.digest)
    #expect(record["run"] as? String == PracticeRun.path)
    let mark = try #require(ImageMark.read(at: folder.file("out/sample-0001.png")))
    #expect(mark.kind == .sample && mark["run"] == configuration.digest && mark["epoch"] == "3")
    #expect(mark["seed"] == "5" && mark["candidate"] != nil)
  }

  @Test func latentsMayComeFromAFile() throws {
    let random = RandomUse.sampleLatents.stream(seed: 0)
    let latents = Tensor::Tensor(latents: 3, nz: 100, from: random)
    try SafeTensors(entries: [.init(name: "latents", shape: [3, 100], values: latents.values)])
      .write(to: folder.file("z.safetensors"))
    let outcome = try sample("given", "--latents {folder}/z.safetensors")
    #expect(
      outcome.output == "3 of 3 candidates kept (no threshold, epoch 3): \(folder.file("given"))\n")
    #expect(try sample("drawn", "--count 3 --seed 0").code == 0)
    #expect(try folder.read("given/samples.csv") == folder.read("drawn/samples.csv"))
    for name in (0..<3).map(SampleFolder.name) {
      let images = try ["given", "drawn"].map {
        try PixelImage(contentsOf: folder.file("\($0)/\(name)"))
      }
      #expect(images[0] == images[1], "\(name)")
    }
  }

  @Test func `if the file of latents ends, no more tries are advised`() throws {
    let random = RandomUse.sampleLatents.stream(seed: 0)
    let latents = Tensor::Tensor(latents: 3, nz: 100, from: random)
    let path = folder.file("z.safetensors")
    try SafeTensors(entries: [.init(name: "latents", shape: [3, 100], values: latents.values)])
      .write(to: path)
    for (options, advice) in [
      ("--count 5", "all 3 vectors of \(path) are used: give more, or lower --count"),
      (
        "--count 3 --min-real 1",
        "all 3 vectors of \(path) are used: lower --min-real or leave it out, give more vectors, use "
          + "another epoch (--epoch), the calibrated score (--min-real-calibrated) or --select realism, or "
          + "train longer"
      ),
      (
        "--count 2 --min-real 1 --max-tries 2",
        "lower --min-real or leave it out, raise --max-tries, use another epoch (--epoch), the "
          + "calibrated score (--min-real-calibrated) or --select realism, or train longer"
      ),
    ] {
      let outcome = try sample("given", "--latents \(path) \(options)")
      #expect(outcome.code == 1)
      #expect(outcome.outputLines.dropFirst().first?.hasSuffix("; \(advice)") == true)
    }
  }

  /// A folder where a sample belongs stands in for a disk that is full.
  @Test func `if a sample cannot be written, the others are listed`() throws {
    try FileManager.default.createDirectory(
      atPath: folder.file("out/sample-0003.png"), withIntermediateDirectories: true)
    let outcome = try sample("out", "--count 5")
    #expect(outcome.code == 1)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.error == "dcgan sample: \(folder.file("out/sample-0003.png")): "
        + "cannot be written: it is a folder, not a file\n")
    #expect(try table("out").map(\.file) == ["sample-0001.png", "sample-0002.png"])
    #expect(
      try folder.names("out") == [
        "sample-0001.png", "sample-0002.png", "sample-0003.png", "samples.csv", "samples.json",
      ])
  }

  @Test func `a closed pipe does not hide that too few samples passed`() throws {
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let line = ["sample", "--run", PracticeRun.path, "--out", folder.file("out"), "--count", "2"]
    for (options, code) in [("--min-real 1 --max-tries 2", 1), ("--min-real 0", 0)] {
      let outcome = try Executable.run(
        line + Practice.words(options), output: pipe.fileHandleForWriting)
      #expect(outcome.code == code)
      #expect(outcome.error.isEmpty)
    }
  }

  @Test(arguments: [
    ("latents", [3, 50], "expected 'latents' of the shape [N, 100], N at least 1, found [3, 50]"),
    ("latents", [300], "expected 'latents' of the shape [N, 100], N at least 1, found [300]"),
    ("z", [3, 100], "expected one tensor 'latents' [N, 100], found z"),
  ])
  func latentsOfAnotherShapeAreRefused(name: String, shape: [Int], message: String) throws {
    let path = folder.file("z.safetensors")
    let values = [Float](repeating: 0.5, count: shape.reduce(1, *))
    try SafeTensors(entries: [.init(name: name, shape: shape, values: values)]).write(to: path)
    let outcome = try sample("out", "--latents {folder}/z.safetensors")
    #expect(outcome.code == 1)
    #expect(outcome.error == "dcgan sample: \(path): \(message)\n")
    #expect(try folder.names() == ["z.safetensors"])
  }

  @Test func anEpochMayBeChosen() throws {
    #expect(try sample("first", "--count 2 --epoch 1").code == 0)
    #expect(try sample("third", "--count 2 --epoch 3").code == 0)
    #expect(try sample("latest", "--count 2").code == 0)
    let name = "sample-0001.png"
    #expect(try folder.read("third/\(name)") == folder.read("latest/\(name)"))
    #expect(try folder.read("first/\(name)") != folder.read("latest/\(name)"))
  }

  @Test(arguments: ["sample --out {out}", "score {data}/val", "grid --out {out}.png"])
  func withoutARunThereAreWords(line: String) throws {
    let values = ["out": folder.file("out"), "data": Practice.phantoms.data]
    let command = line.prefix { $0 != " " }
    let missing = folder.file("run")
    let outcome = try Executable.run("\(line) --run \(missing)", values)
    #expect(outcome.code == 1)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.error == "dcgan \(command): \(missing): does not exist; name a run's folder with "
        + "--run, or train one first\n")
    #expect(try folder.names() == [])
  }

  @Test(arguments: ["sample --out {out}", "score {data}/val", "grid --out {out}.gif"])
  func anEpochThatIsNotThereListsThoseThatAre(line: String) throws {
    let kind = line.hasPrefix("grid") ? "contact sheet" : "checkpoint"
    let values = ["out": folder.file("out"), "data": Practice.phantoms.data]
    let command = line.prefix { $0 != " " }
    let outcome = try Executable.run("\(line) --run \(PracticeRun.path) --epoch 7", values)
    #expect(outcome.code == 1)
    #expect(
      outcome.error == "dcgan \(command): \(PracticeRun.path): has no \(kind) of epoch 7; "
        + "choose another with --epoch: 1-3\n")
    #expect(try folder.names() == [])
  }
}
