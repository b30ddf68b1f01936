import DCGAN
import Foundation
import TestSupport
import Testing

/// `dcgan review` on samples of a trained run.
@Suite struct ReviewProcessTests {
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
