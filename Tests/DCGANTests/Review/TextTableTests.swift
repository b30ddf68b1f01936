import DCGAN
import Foundation
import TestSupport
import Testing

@Suite struct TextTableTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func table(_ text: String, atMost limit: Int = 1000) throws -> TextTable {
    try folder.write(text, to: "a.csv")
    return try TextTable(contentsOf: folder.file("a.csv"), atMost: limit)
  }

  private static let tables: [(text: String, rows: [[String]])] = [
    ("a,b\n1,2\n", [["1", "2"]]),
    ("\u{FEFF}a;b\r\n1,5; 2 \r\n", [["1,5", "2"]]),
    ("a,b\n\"x, \"\"y\"\"\",Röntgen\n\n  \n3,4", [["x, \"y\"", "Röntgen"], ["3", "4"]]),
    ("\"a\",\"b\"\n\"never closed,2\n", [["never closed,2", ""]]),
    ("a,b\n1\n1,2,3\n", [["1", ""], ["1", "2"]]),
    ("a,b", []),
  ]

  @Test(arguments: tables)
  func fieldsAreRead(_ expected: (text: String, rows: [[String]])) throws {
    let table = try table(expected.text)
    #expect(table.columns == ["a", "b"])
    #expect(table.rows.map { [$0[0], $0[1]] } == expected.rows)
    #expect(try table.column("b", asIn: "x") == 1)
  }

  @Test func rowsKnowTheirLines() throws {
    let table = try table("a\n1\n\n3\n")
    #expect(table.rows.map(\.line) == [2, 4])
    #expect(
      "\(table.error(in: table.rows[1], expected: "one", found: "three"))"
        == "\(folder.file("a.csv")): expected one in line 4, found three")
  }

  @Test func whatIsNoTableIsNamed() throws {
    let path = folder.file("a.csv")
    #expect(
      message { _ = try table("x,y\u{1B}\n").column("b", asIn: "dcgan") }
        == "\(path): expected a column 'b' in the first line, as dcgan has it, "
        + "found 'x,y\\u{1B}'")
    #expect(
      message { _ = try table("a,b\n1,2\n", atMost: 7) }
        == "cannot read \(path): it has 8 bytes; at most 7 are read")
    try folder.add(Data([0x61, 0xFF]), as: "a.csv")
    #expect(
      message { _ = try TextTable(contentsOf: path, atMost: 9) }
        == "\(path): expected a table in UTF-8, found other bytes")
  }
}
