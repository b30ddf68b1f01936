import Foundation
import Review
import Support
import TestSupport
import Testing

@Suite struct VerdictTableTests {
  private let folder: TemporaryFolder
  private let key: ReviewKey

  init() throws {
    folder = try TemporaryFolder()
    key = try ReviewMaterial.key(samples: 3, real: 3, in: folder)
  }

  private func table(_ texts: String...) throws -> VerdictTable {
    for (index, text) in texts.enumerated() { try folder.write(text, to: "\(index).csv") }
    return try VerdictTable(contentsOf: texts.indices.map { folder.file("\($0).csv") }, key)
  }

  @Test func readersOfSeveralFilesAreToldApart() throws {
    let header = "review,reader,image,verdict,seconds\n"
    let table = try table(
      header + "kkkk,\"Anna, MD\",bb,real,1.5\nkkkk,Ben,bb,unsure,2\nkkkk,\"Anna, MD\",zb,real,9\n",
      "verdict;image;reader;review\r\nsynthetic;bc;Ben;kkkk\r\n")
    #expect(table.readers.map(\.reader) == ["Anna, MD", "Ben"])
    #expect(table.readers[0].verdicts == ["bb": .real, "zb": .real])
    #expect(table.readers[1].verdicts == ["bb": .unsure, "bc": .synthetic])
  }

  @Test(arguments: [
    (
      "",
      "{file}: expected a column 'review' in the first line, as the page of dcgan review has it, "
        + "found ''"
    ),
    (
      "review,reader,image\nkkkk,A,bb\n",
      "{file}: expected a column 'verdict' in the first line, as the page of dcgan review has it, "
        + "found 'review,reader,image'"
    ),
    (
      "review,reader,image,verdict\n",
      "{file}: expected verdicts below the first line, found none"
    ),
    (
      "review,reader,image,verdict\nkkkk,A,bb,real\nmmmm,A,bc,real\n",
      "{file}: expected the review 'kkkk' in line 3, found 'mmmm'"
    ),
    (
      "review,reader,image,verdict\nkkkk,,bb,real\n",
      "{file}: expected a reader in line 2, found ''"
    ),
    (
      "review,reader,image,verdict\n\nkkkk,A,xx,real\n",
      "{file}: expected one of the 6 images of the review in line 3, found 'xx'"
    ),
    (
      "review,reader,image,verdict\nkkkk,A,bb,Real!\n",
      "{file}: expected real, synthetic or unsure in line 2, found 'Real!'"
    ),
    (
      "review,reader,image,verdict\nkkkk,A,bb\n",
      "{file}: expected real, synthetic or unsure in line 2, found ''"
    ),
    (
      "review,reader,image,verdict\nkkkk,A,bb,real\nkkkk,A,bb,real\n",
      "{file}: expected one verdict of the reader 'A' on each image in line 3, found a second on 'bb', "
        + "after line 2 of {file}"
    ),
  ])
  func whatIsWrongIsNamedInOneLine(text: String, message expected: String) throws {
    let path = folder.file("0.csv")
    #expect(message { _ = try table(text) } == expected.replacing("{file}", with: path))
  }

  @Test func aReaderInTwoFilesJudgesEachImageOnce() throws {
    let text = "review,reader,image,verdict\nkkkk,A,bb,real\n"
    let words = try #require(message { _ = try table(text, text) })
    #expect(words.hasPrefix("\(folder.file("1.csv")): expected one verdict of the reader 'A' on"))
    #expect(words.hasSuffix("after line 2 of \(folder.file("0.csv"))"))
  }

  @Test func hugeTablesAreRefused() throws {
    let many = (0...100).map { "kkkk,reader \($0),bb,real\n" }.joined()
    #expect(
      message { _ = try table("review,reader,image,verdict\n" + many) }
        == "\(folder.file("0.csv")): expected at most 100 readers in line 102, "
        + "found another, 'reader 100'")
    try folder.add(Data(count: 20_000_001), as: "0.csv")
    #expect(
      message { _ = try VerdictTable(contentsOf: [folder.file("0.csv")], key) }
        == "cannot read \(folder.file("0.csv")): it has 20000001 bytes, but at most 20000000 "
        + "are allowed")
  }

  @Test(arguments: [
    "", "[]", "{}",
    #"{"version":"1","review":"k","seed":1,"size":3,"samples":"s","data":"d","split":"all","images":[{"id":"b","kind":"synthetic","file":"../../etc/passwd","candidate":1,"crc32":"0"}]}"#,
    #"{"version":"1","review":"k","seed":1,"size":3,"samples":"s","data":"d","split":"all","images":[{"id":"b","kind":"real","file":"a"},{"id":"b","kind":"real","file":"c"}]}"#,
  ])
  func aKeyThatIsNoneIsRefused(text: String) throws {
    try folder.write(text, to: "key.json")
    let path = folder.file("key.json")
    #expect(
      message { _ = try ReviewKey(contentsOf: path) }
        == "\(path): expected the key that dcgan review wrote, found something else")
  }
}
