import DataSets
import Foundation
import Review
import Support
import TestSupport
import Testing

@Suite struct PassedSamplesTests {
  private let material: ReviewMaterial
  private let key: ReviewKey

  init() throws {
    material = try ReviewMaterial()
    try material.makeSamples(3)
    try material.makeData(3)
    key = try material.review(count: 3, seed: 4).key
  }

  private var out: String { material.folder.file("passed") }

  /// Lets the samples of these files pass.
  private func passed(_ files: [String], samples: String? = nil) throws -> PassedSamples {
    let lines = key.images(.synthetic).map { image in
      "\(key.review),A,\(image.id),\(files.contains(image.file) ? "real" : "synthetic")\n"
    }
    try material.folder.write(
      "review,reader,image,verdict\n" + lines.joined(), to: "verdicts.csv")
    let table = try VerdictTable(contentsOf: [material.folder.file("verdicts.csv")], key)
    return PassedSamples(ReviewResult(table, key), key, samples: samples)
  }

  @Test func filesAndManifestAreWritten() throws {
    try passed(["sample-0001.png", "sample-0003.png"]).write(to: out)
    #expect(
      try material.folder.names("passed") == [
        "manifest.json", "sample-0001.png", "sample-0003.png",
      ])
    for name in ["sample-0001.png", "sample-0003.png"] {
      #expect(try material.folder.read("passed/\(name)") == material.folder.read("samples/\(name)"))
    }
    let manifest = try JSONSerialization.jsonObject(
      with: Data(try material.folder.read("passed/manifest.json")))
    let members = try #require(manifest as? [String: Any])
    #expect(members["review"] as? String == key.review)
    #expect(members["readers"] as? Int == 1 && members["shown"] as? Int == 3)
    #expect(members["rule"] as? String == "more than half of an image's verdicts are real")
    let images = try #require(members["images"] as? [[String: Any]])
    let third = try #require(images.first { $0["file"] as? String == "sample-0003.png" })
    #expect(third["candidate"] as? Int == 6)
    #expect(
      third["scores"] as? [String: Double] == ["score": 2.0 / 64, "calibrated_score": 2.0 / 128])
    #expect(third["verdicts"] as? [String: Int] == ["real": 1, "synthetic": 0, "unsure": 0])
    let entry = try #require(key.images.first { $0.file == "sample-0003.png" })
    #expect(third["crc32"] as? String == entry.crc32 && third["image"] as? String == entry.id)
  }

  @Test func anotherChoiceReplacesTheFirst() throws {
    try passed(["sample-0001.png"]).write(to: out)
    try passed(["sample-0002.png"]).write(to: out)
    #expect(try material.folder.names("passed") == ["manifest.json", "sample-0002.png"])
    try passed([]).write(to: out)
    #expect(try material.folder.names("passed") == ["manifest.json"])
  }

  @Test func aFolderOfOtherThingsIsLeftAlone() throws {
    try material.folder.write("mine", to: "passed/sample-0001.png")
    #expect(
      message { try passed(["sample-0001.png"]).write(to: out) }
        == "cannot write \(out): expected a new folder, an empty one or one with manifest.json, "
        + "found 'sample-0001.png' in it; move that away")
    #expect(try material.folder.read("passed/sample-0001.png") == Array("mine".utf8))
  }

  @Test func onlyTheImagesThatWereShownAreCopied() throws {
    let choice = try passed(["sample-0002.png"])
    try material.folder.write("another", to: "samples/sample-0002.png")
    let words = try #require(message { try choice.write(to: out) })
    #expect(
      words.hasPrefix(
        "\(material.samples)/sample-0002.png: expected the image that was reviewed, of CRC-32 "))
    #expect(try !material.folder.names().contains("passed"))
    try material.makeSamples(3)
    try FileManager.default.moveItem(
      atPath: material.samples, toPath: material.folder.file("moved"))
    try passed(["sample-0002.png"], samples: material.folder.file("moved")).write(to: out)
    #expect(try material.folder.names("passed") == ["manifest.json", "sample-0002.png"])
  }

  @Test func whatPassedAReviewIsNoData() throws {
    let material = try ReviewMaterial()
    try material.makeSamples(3)
    try material.makeData(3)
    let key = try material.review(count: 3, seed: 4).key
    let verdicts = key.images(.synthetic).map { "\(key.review),A,\($0.id),real\n" }
    try material.folder.write(
      "review,reader,image,verdict\n" + verdicts.joined(), to: "verdicts.csv")
    let table = try VerdictTable(contentsOf: [material.folder.file("verdicts.csv")], key)
    let folder = try TemporaryFolder()
    try PassedSamples(ReviewResult(table, key), key).write(to: folder.file("passed"))
    try folder.addFiles(["a.png", "passed/scan.png"])
    #expect(try folder.names("passed").count == 5)
    #expect(try ImageFolder(root: folder.path).files.map(\.path) == ["a.png", "passed/scan.png"])
    // Another program's manifest is no mark; that of a version with other details is.
    try folder.write("{\"review\": 1}", to: "passed/manifest.json")
    #expect(try ImageFolder(root: folder.path).files.map(\.path).count == 5)
    try folder.write(
      """
      {"review": "r", "rule": "x", "drawn": 1, "images": [{"file": "a", "crc32": "0", "new": []}]}
      """, to: "passed/manifest.json")
    #expect(try ImageFolder(root: folder.path).files.map(\.path).count == 2)
  }
}
