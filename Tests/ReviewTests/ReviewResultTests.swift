import Checkpoints
import Foundation
import Review
import Support
import TestSupport
import Testing

@Suite struct ReviewResultTests {
  private let folder: TemporaryFolder
  private let key: ReviewKey

  init() throws {
    folder = try TemporaryFolder()
    key = try ReviewMaterial.key(samples: 4, real: 4, in: folder)
  }

  /// Works out verdicts that stand as letters, `r`, `s`, `u` or `-` for none, on the samples and then
  /// on the real images, a word for a reader.
  private func result(_ words: String...) throws -> ReviewResult {
    let verdicts: [Character: String] = ["r": "real", "s": "synthetic", "u": "unsure"]
    var text = "review,reader,image,verdict\n"
    for (reader, word) in words.enumerated() {
      for (image, letter) in zip(key.images, word) {
        guard let verdict = verdicts[letter] else { continue }
        text += "kkkk,\(reader),\(image.id),\(verdict)\n"
      }
    }
    try folder.write(text, to: "a.csv")
    return ReviewResult(try VerdictTable(contentsOf: [folder.file("a.csv")], key), key)
  }

  @Test func unsureIsCountedAndLeftOut() throws {
    // Samples: found, found, believed, unsure. Real: believed, suspected, unsure, not judged.
    let result = try result("ssrursu-")
    let reading = try #require(result.readings.first?.reading)
    #expect((reading.verdicts, reading.unsure) == (7, 2))
    #expect(reading.accuracy == Proportion(3, of: 5))
    #expect(reading.sensitivity == Proportion(2, of: 3))
    #expect(reading.specificity == Proportion(1, of: 2))
    #expect(result.together == reading)
    #expect(result.agreements.isEmpty)
  }

  @Test func readersAreAddedUpAndCompared() throws {
    let result = try result("ssssrrrr", "rrrrssss", "ssss----")
    #expect(result.readings.map(\.reading.accuracy.successes) == [8, 0, 4])
    #expect(result.together.accuracy == Proportion(12, of: 20))
    #expect(result.together.sensitivity == Proportion(8, of: 12))
    #expect(result.agreements.map(\.readers) == [["0", "1"], ["0", "2"], ["1", "2"]])
    #expect(result.agreements.map(\.images) == [8, 4, 4])
    #expect(result.agreements.map(\.kappa) == [-1, nil, 0])
  }

  @Test func moreThanHalfOfTheVerdictsMustBeReal() throws {
    // Alone: only a plain `real` passes.
    #expect(try result("rsu-").passed.map(\.image.id) == ["bb"])
    // Of two readers both, of three two; who did not judge does not count.
    let two = try result("rrrr", "rsu-")
    #expect(two.passed.map(\.image.id) == ["bb", "bf"])
    let three = try result("rrrr", "rrss", "ssuu")
    #expect(three.passed.map(\.image.id) == ["bb", "bc"])
    let tally = try #require(three.passed.first?.tally)
    #expect((tally.real, tally.synthetic, tally.unsure) == (2, 1, 0))
  }

  @Test func realImagesNeverPassAsSamples() throws {
    #expect(try result("ssssrrrr").passed.isEmpty)
  }
}
