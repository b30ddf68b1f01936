import Checkpoints
import DCGAN
import Foundation
import Imaging
import Samples
import Tensor
import TestSupport
import Testing

/// `dcgan sample` between images, without tails, and again.
@Suite(.slow) struct LatentSpaceProcessTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func sample(
    _ out: String, _ options: String, run: String = PracticeRun.path
  ) throws -> Executable.Outcome {
    try Executable.run(
      ["sample", "--run", run, "--out", folder.file(out)]
        + Executable.words(options, ["folder": folder.path]))
  }

  private func expectSame(_ one: String, _ other: String, but left: Set<String> = []) throws {
    let names = try folder.names(one).filter { !left.contains($0) }
    #expect(try folder.names(other).filter { !left.contains($0) } == names)
    for name in names {
      #expect(try folder.read("\(one)/\(name)") == folder.read("\(other)/\(name)"), "\(name)")
    }
  }

  /// Returns the lines of a table below its header.
  private func lines(_ out: String) throws -> [String] {
    String(decoding: try folder.read("\(out)/samples.csv"), as: UTF8.self)
      .split(separator: "\n").dropFirst().map(String.init)
  }

  @Test func `a walk leads from the first image of one seed to that of the other`() throws {
    let outcome = try sample("walk", "--interpolate 3:9 --steps 11 --threads 2")
    #expect(outcome.code == 0)
    #expect(
      outcome.output
        == "11 of 11 candidates kept (no threshold, epoch 3): \(folder.file("walk"))\nanimation: "
        + "\(folder.file("walk.gif"))\n")
    let frames = (1...11).map { $0 < 10 ? "sample-000\($0).png" : "sample-00\($0).png" }
    #expect(
      try folder.names("walk")
        == frames + ["samples.csv", "samples.json"])
    #expect(try folder.names() == ["walk", "walk.gif", "walk.png"])
    #expect(try lines("walk").map { $0.split(separator: ",")[1] } == (0..<11).map { "\($0)" })
    for (seed, frame) in [(3, "sample-0001.png"), (9, "sample-0011.png")] {
      #expect(try sample("end", "--count 1 --seed \(seed)").code == 0)
      #expect(
        try PixelImage(contentsOf: folder.file("end/sample-0001.png"))
          == PixelImage(contentsOf: folder.file("walk/\(frame)")))
    }
    // Each frame is nearer to its neighbour than to the other end.
    let images = try frames.map { try PixelImage(contentsOf: folder.file("walk/\($0)")) }
    func distance(_ a: PixelImage, _ b: PixelImage) -> Int {
      zip(a.pixels, b.pixels).map { abs(Int($0) - Int($1)) }.reduce(0, +)
    }
    for (one, next) in zip(images, images.dropFirst()) {
      #expect(distance(one, next) < distance(images[0], images[10]))
    }
    // A GIF of as many frames: each has a graphic control extension.
    let gif = try folder.read("walk.gif")
    #expect(gif.prefix(6).elementsEqual("GIF89a".utf8))
    let control: [UInt8] = [0x21, 0xF9, 4]
    let places = gif.indices.dropLast(2).filter { Array(gif[$0..<$0 + 3]) == control }
    #expect(places.count == 11)

    #expect(try sample("one", "--interpolate 3:9 --steps 11 --threads 1").code == 0)
    try expectSame("walk", "one")
    #expect(try folder.read("walk.gif") == folder.read("one.gif"))
  }

  @Test func anotherDrawingRemovesTheWalk() throws {
    #expect(try sample("out", "--interpolate 1:2 --steps 3").code == 0)
    #expect(try sample("out", "--count 2").code == 0)
    #expect(
      try folder.names("out")
        == ["sample-0001.png", "sample-0002.png", "samples.csv", "samples.json"])
    #expect(try folder.names() == ["out", "out.png"])
  }

  @Test func `truncation depends on neither threads nor count`() throws {
    #expect(try sample("one", "--count 9 --seed 4 --truncation 0.7 --threads 1").code == 0)
    #expect(try sample("two", "--count 9 --seed 4 --truncation 0.7 --threads 2").code == 0)
    try expectSame("one", "two")
    #expect(try sample("few", "--count 3 --seed 4 --truncation 0.7").code == 0)
    #expect(try lines("few") == Array(lines("one").prefix(3)))
    // No number is larger than 10, so nothing is drawn again.
    #expect(try sample("all", "--count 9 --seed 4 --truncation 10").code == 0)
    #expect(try sample("plain", "--count 9 --seed 4").code == 0)
    #expect(try lines("all") == lines("plain"))
    for name in (0..<9).map(SampleFolder.name) {
      let images = try ["all", "plain"].map {
        try PixelImage(contentsOf: folder.file("\($0)/\(name)"))
      }
      #expect(images[0] == images[1], "\(name)")
    }
    #expect(try folder.read("one/sample-0001.png") != folder.read("plain/sample-0001.png"))
  }

  @Test(arguments: [
    "--count 70 --seed 5 --truncation 0.9 --epoch 2", "--interpolate 1:2 --steps 5",
    "--count 4 --seed 18446744073709551615",
  ])
  func aTableIsDrawnAgainToTheSameBytes(options: String) throws {
    #expect(try sample("first", options).code == 0)
    // All else is in the record, the run too.
    let again = try Executable.run(
      "sample --from {folder}/first/samples.csv --out {folder}/again --threads 1",
      ["folder": folder.path])
    #expect(again.code == 0 && again.error.isEmpty, "\(again.error)")
    try expectSame("first", "again")
    #expect(try folder.read("first.png") == folder.read("again.png"))
  }

  /// The run and a file of latents are named by relative paths, from another folder than the second
  /// time.
  @Test func aTableIsDrawnAgainFromAnyFolder() throws {
    try FileManager.default.copyItem(atPath: PracticeRun.path, toPath: folder.file("run"))
    let random = RandomUse.sampleLatents.stream(seed: 0)
    let latents = Tensor::Tensor(latents: 3, nz: 100, from: random)
    try SafeTensors(entries: [.init(name: "latents", shape: [3, 100], values: latents.values)])
      .write(to: folder.file("z.safetensors"))
    try folder.addFiles(["elsewhere/a", "below/inner/b"])
    for (options, place) in [
      ("--count 3 --seed 5", "elsewhere"), ("--latents z.safetensors", "below/inner"),
    ] {
      let first = try Executable.run(
        Practice.words("sample --run run --out first \(options)"), in: folder.path)
      #expect(first.code == 0)
      let again = try Executable.run(
        ["sample", "--from", folder.file("first/samples.csv"), "--out", folder.file("again")],
        in: folder.file(place))
      #expect(again.code == 0 && again.error.isEmpty, "\(again.error)")
      try expectSame("first", "again")
    }
    // Where all of it has moved, the path that was given counts, seen from there.
    try FileManager.default.createDirectory(
      atPath: folder.file("moved"), withIntermediateDirectories: true)
    for name in ["run", "first"] {
      try FileManager.default.moveItem(
        atPath: folder.file(name), toPath: folder.file("moved/\(name)"))
    }
    let moved = try Executable.run(
      Practice.words("sample --from first/samples.csv --latents ../z.safetensors --out third"),
      in: folder.file("moved"))
    #expect(moved.code == 0, "\(moved.error)")
  }

  @Test func chosenLinesAreDrawnInTheirOrder() throws {
    #expect(try sample("first", "--count 12 --seed 5").code == 0)
    let all = try lines("first")
    try folder.write("file,candidate,score\n\(all[9])\n\(all[2])\n", to: "first/chosen.csv")
    let outcome = try sample("chosen", "--from {folder}/first/chosen.csv")
    #expect(
      outcome.output == "2 of 2 candidates kept (no threshold, epoch 3): \(folder.file("chosen"))\n"
    )
    for (index, line) in [all[9], all[2]].enumerated() {
      let name = "sample-000\(index + 1).png"
      let file = line.prefix { $0 != "," }
      #expect(try folder.read("chosen/\(name)") == folder.read("first/\(file)"))
      #expect(try lines("chosen")[index] == name + line.dropFirst(file.count))
    }
  }

  /// The two lines of the guide that choose samples and draw them again, word for word.
  @Test func theLinesOfTheGuideDrawChosenSamples() throws {
    let page = Fixtures.folder.deletingLastPathComponent()
      .appending(path: "Sources/DCGANCommand/DCGANCommand.docc/ScoresAndSamples.md")
    let lines = try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
      .filter { $0.hasPrefix("    ") && $0.contains("chosen.csv") }
    #expect(lines.count == 2)
    #expect(try sample("samples", "--count 9 --seed 5").code == 0)
    let outcome = try Executable.Running(
      [], in: folder.path,
      script: lines.joined(separator: "\n").replacing("dcgan ", with: "\"$0\" ")
    ).outcome()
    #expect(outcome.output == "4 of 4 candidates kept (no threshold, epoch 3): ./again\n")
    #expect(outcome.error.isEmpty)
    let names = (1...4).map { "sample-000\($0).png" }
    #expect(try folder.names("again") == names + ["samples.csv", "samples.json"])
    for name in names {
      #expect(try folder.read("again/\(name)") == folder.read("samples/\(name)"), "\(name)")
    }
  }

  @Test func whatIsGivenGoesBeforeTheRecord() throws {
    #expect(try sample("first", "--count 3 --seed 5").code == 0)
    #expect(
      try sample("other", "--from {folder}/first/samples.csv --seed 6 --epoch 1").code == 0)
    #expect(try sample("expected", "--count 3 --seed 6 --epoch 1").code == 0)
    try expectSame("other", "expected")
  }

  @Test func withoutARecordWhatIsGuessedIsSaid() throws {
    #expect(try sample("first", "--count 3").code == 0)
    let table = folder.file("moved.csv")
    try folder.add(Data(try folder.read("first/samples.csv")), as: "moved.csv")
    let outcome = try sample("again", "--from \(table)")
    #expect(
      outcome.error == "warning: there is no samples.json beside \(table); drawing with --seed "
        + "0, --epoch 3: compare the scores with those in the table\n")
    try expectSame("first", "again")
    #expect(try sample("again", "--from \(table) --seed 0 --epoch 3").error.isEmpty)
  }

  /// The epoch's checkpoint is there, but training went on within the epoch.
  @Test func anotherCheckpointIsRefused() throws {
    let run = folder.file("run")
    try Practice.phantoms.train(run: run, epochs: 1, ["--steps", "3"])
    #expect(try sample("first", "--count 2", run: run).code == 0)
    try Practice.phantoms.train(run: run, epochs: 1, ["--resume"])
    let table = folder.file("first/samples.csv")
    let outcome = try sample("again", "--from \(table)", run: run)
    #expect(outcome.code == 1)
    #expect(
      outcome.error
        == "dcgan sample: \(table): expected the checkpoint that the samples were drawn from, "
        + "step 3 of the run of seed 7, found step 5 of the run of seed 7 in \(run); name the "
        + "right run with --run, or give --epoch 1 to use the same vectors with this checkpoint\n")
    #expect(folder.namesIfAny("again") == [])
    #expect(try sample("again", "--from \(table) --epoch 1", run: run).code == 0)
  }

  @Test func `an unusable table is refused before anything is written`() throws {
    try folder.write("file,score\n", to: "a.csv")
    try folder.write("candidate\n3\n", to: "b.csv")
    for (options, problem) in [
      (
        "--from {folder}/a.csv",
        "a.csv: expected a column 'candidate' in the first line, as samples.csv has it, "
          + "found 'file,score'"
      ),
      ("--from {folder}/none.csv", "none.csv: no such file or folder"),
    ] {
      let outcome = try sample("out", options)
      #expect(outcome.code == 1)
      #expect(outcome.errorLines.last?.hasSuffix(problem) == true, "\(outcome.error)")
    }
    #expect(try folder.names() == ["a.csv", "b.csv"])
  }
}
