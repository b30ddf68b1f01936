import DataSets
import Foundation
import Imaging
import Review
import Support
import TestSupport
import Testing
import Training

/// `dcgan review` on samples of a trained run.
@Suite(.slow) struct ReviewProcessTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Runs the program in the folder.
  private func run(_ line: String) throws -> Executable.Outcome {
    try Executable.run(
      Executable.words(line, ["run": PracticeRun.path, "data": Practice.phantoms.data]),
      in: folder.path)
  }

  private func makeReview(_ more: String = "") throws -> ReviewKey {
    #expect(try run("sample --run {run} --seed 3 --count 12 --quiet").code == 0)
    let making = try run("review --data {data} --seed 1 --count 10 --quiet" + more)
    #expect(making.code == 0)
    #expect(making.error.isEmpty)
    #expect(making.outputLines.count == 2)
    return try ReviewKey(contentsOf: folder.file("review/key.json"))
  }

  @Test func fromTheSamplesToTheOnesThatPassed() throws {
    let key = try makeReview()
    #expect(key.images(.real).count == 10 && key.images(.synthetic).count == 10)
    #expect(key.images(.real).allSatisfy { $0.file.hasPrefix("train/") })
    #expect(key.drawn?.epoch == 3 && key.drawn?.latents == .seeded(seed: 3, truncation: nil))
    // The reader takes the first four samples of the page for real, and does not decide the fifth.
    let samples = key.images(.synthetic).map(\.id)
    let lines = key.images.map { image in
      let verdict =
        image.kind == .real || samples.prefix(4).contains(image.id)
        ? "real" : image.id == samples[4] ? "unsure" : "synthetic"
      return "\(key.review),Anna,\(image.id),\(verdict),2.5\n"
    }
    try folder.write("review,reader,image,verdict,seconds\n" + lines.joined(), to: "anna.csv")
    let working = try run("review --verdicts anna.csv --json")
    #expect(working.code == 0)
    #expect(working.error.isEmpty)
    let result = try TemporaryFolder.object(Data(working.output.utf8))
    let reader = try #require((result["readers"] as? [[String: Any]])?.first)
    let accuracy = try #require(reader["accuracy"] as? [String: Double])
    #expect(accuracy["right"] == 15 && accuracy["count"] == 19)
    #expect((reader["sensitivity"] as? [String: Double])?["right"] == 5)
    #expect(reader["unsure"] as? Int == 1)

    let passed = key.images(.synthetic).prefix(4).map(\.file)
    #expect(try folder.names("review/passed") == ["manifest.json"] + passed.sorted())
    for name in passed {
      #expect(try folder.read("review/passed/\(name)") == folder.read("samples/\(name)"))
    }
    let manifest = try TemporaryFolder.object(try folder.read("review/passed/manifest.json"))
    let drawn = try #require(manifest["drawn"] as? [String: Any])
    #expect(drawn["run"] as? String == PracticeRun.path && drawn["epoch"] as? Int == 3)
    let table = String(decoding: try folder.read("samples/samples.csv"), as: UTF8.self)
    for image in try #require(manifest["images"] as? [[String: Any]]) {
      let file = try #require(image["file"] as? String)
      let candidate = try #require(image["candidate"] as? Int)
      let scores = try #require(image["scores"] as? [String: Double])
      let score = Float(try #require(scores["score"]))
      let calibrated = Float(try #require(scores["calibrated"]))
      #expect(table.contains("\(file),\(candidate),\(score),\(calibrated)\n"))
    }
  }

  /// A run on one class is reviewed against that class, split and limit, wherever the data is found.
  @Test func realImagesAreThoseOfTheSamplesRun() throws {
    try Practice.phantoms.train(
      run: folder.file("run"), epochs: 1, ["--class", "PNEUMONIA", "--limit", "9"])
    #expect(try run("sample --run run --count 12 --quiet").code == 0)
    let making = try run("review --seed 1 --count 9 --quiet")
    #expect(making.code == 0 && making.error.isEmpty, "\(making.error)")
    let key = try ReviewKey(contentsOf: folder.file("review/key.json"))
    let configuration = try RunFolder.open(at: folder.file("run")).configuration()
    let trained = try ImageFolder(
      root: Practice.phantoms.data, configuration.selection
    ).files.map(\.path)
    #expect(trained.count == 9)
    #expect(key.images(.real).map(\.file).sorted() == trained)
    #expect(key.data == Practice.phantoms.data && key.classes == ["PNEUMONIA"])

    // What is given goes before the record.
    let given = try run(
      "review --class NORMAL --class PNEUMONIA --split train --seed 1 --count 12 --out r2 --quiet")
    #expect(given.code == 0 && given.error.isEmpty)
    let both = try ReviewKey(contentsOf: folder.file("r2/key.json"))
    #expect(both.images(.real).count == 12)
    #expect(both.images(.real).contains { $0.file.hasPrefix("train/NORMAL/") })

    // Without the class in the data the reader can tell, which is said.
    try FileManager.default.copyItem(
      atPath: "\(Practice.phantoms.data)/train/NORMAL", toPath: folder.file("other"))
    let other = try run("review --data other --seed 1 --count 5 --out r3 --quiet")
    #expect(other.code == 0)
    #expect(
      other.error == "warning: other: the samples' run was trained on the images in train of "
        + "'PNEUMONIA', which are not there; real images are taken from all classes: if the "
        + "samples show one class only, readers can tell them apart by that; name the class "
        + "with --class\n")
  }

  @Test func `without the run at hand, its data must be named`() throws {
    #expect(try run("sample --run {run} --count 6 --quiet").code == 0)
    let text = String(decoding: try folder.read("samples/samples.json"), as: UTF8.self)
    try folder.write(
      text.replacing(PracticeRun.path, with: folder.file("gone")), to: "samples/samples.json")
    let outcome = try run("review --count 5")
    #expect(outcome.code == 2)
    #expect(
      outcome.errorLines.first?.hasPrefix(
        "dcgan review: --data is missing: samples.json names the run '") == true)
    #expect(
      outcome.error.contains("; give a folder with radiographs, for example --data ./chest_xray"))
    // The record says by itself which images count.
    #expect(try run("review --data {data} --count 5 --quiet").error.isEmpty)
  }

  /// Images of another program, under its names, one of them a thumbnail.
  @Test func anyFolderOfEqualImagesIsReviewed() throws {
    for index in 0..<6 {
      let name = "theirs/batch \(index % 2)/gan_\(index).jpeg.png"
      try folder.addFiles([name])
      try PixelImage(width: 40, height: 32, channels: 3, repeating: UInt8(40 + index))
        .writePNG(to: folder.file(name))
    }
    try PixelImage(width: 8, height: 8, channels: 1, repeating: 9)
      .writePNG(to: folder.file("theirs/a.png"))
    let making = try run(
      "review --samples theirs --data {data} --class NORMAL --count 5 --seed 2 --quiet")
    #expect(making.code == 0)
    #expect(
      making.errorLines == [
        "warning: theirs: using the 6 images of 40x32 pixels, grey; left out: 'a.png' (8x8 pixels, "
          + "grey)",
        "warning: theirs has no samples.json: the checkpoint of the samples is unknown",
      ])
    let key = try ReviewKey(contentsOf: folder.file("review/key.json"))
    #expect(key.size == 32)
    #expect(key.images(.synthetic).count == 5)
    #expect(
      key.images(.synthetic).allSatisfy {
        $0.file.hasPrefix("batch ") && $0.candidate == nil && $0.scores == nil && $0.crc32 != nil
      })
    #expect(key.images(.real).allSatisfy { $0.file.hasPrefix("train/NORMAL/") })
    // Those that pass are copied under their names.
    let lines = key.images.map { "\(key.review),Anna,\($0.id),real\n" }
    try folder.write("review,reader,image,verdict\n" + lines.joined(), to: "anna.csv")
    for _ in 0..<2 {
      #expect(try run("review --verdicts anna.csv").code == 0)
      #expect(
        try folder.names("review/passed") == ["batch 0", "batch 1", "manifest.json"])
    }
    let passed = try #require(key.images(.synthetic).first).file
    #expect(try folder.read("review/passed/\(passed)") == folder.read("theirs/\(passed)"))
  }

  @Test func aSeedGivesTheSamePage() throws {
    _ = try makeReview()
    let page = try folder.read("review/review.html")
    #expect(
      try run("review --data {data} --seed 1 --count 10 --quiet --out again").code == 0)
    #expect(try folder.read("again/review.html") == page)
  }

  @Test func verdictsOfAnotherReviewAreRefused() throws {
    let key = try makeReview()
    try folder.write(
      "review,reader,image,verdict\nxxxxxxxx,Anna,\(key.images[0].id),real\n", to: "other.csv")
    let outcome = try run("review --verdicts other.csv")
    #expect(outcome.code == 1)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.error == "dcgan review: other.csv: expected the review '\(key.review)' in line 2, "
        + "found 'xxxxxxxx'\n")
    #expect(try !folder.names("review").contains("passed"))
  }
}
