import Files
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
    // As spreadsheets save tables: with tabs, with the ends of lines of an old Mac, of all kinds.
    ("a\tb\n1,5;\t 2\n", [["1,5;", "2"]]),
    ("a;b\r1;2\r\r3;4\r", [["1", "2"], ["3", "4"]]),
    ("a,b\r\n1,2\r3,4\n\r\n5,6", [["1", "2"], ["3", "4"], ["5", "6"]]),
    ("a\tb\n\t\n\"x\ty\"\t2\n", [["x\ty", "2"]]),
    ("a;b\n;\n1;2\n", [["1", "2"]]),
    // As Excel is told what separates columns, and as it may then tell others.
    ("sep=;\r\na;b\r\n1,5;2\r\n", [["1,5", "2"]]),
    ("\u{FEFF}sep=|\na|b\n1;2|3,4\n", [["1;2", "3,4"]]),
    ("sep=\t\na\tb\n1\t2\n", [["1", "2"]]),
  ]

  @Test(arguments: tables)
  func fieldsAreRead(_ expected: (text: String, rows: [[String]])) throws {
    let table = try table(expected.text)
    #expect(table.columns == ["a", "b"])
    #expect(table.rows.map { [$0[0], $0[1]] } == expected.rows)
    #expect(try table.column("b", asIn: "x") == 1)
  }

  /// What stands within quotation marks separates nothing.
  @Test(arguments: [";", "\t"])
  func aNameMayHoldASeparator(separator: String) throws {
    let table = try table("\"a\(separator)b\",verdict\n1,real\n")
    #expect(table.columns == ["a\(separator)b", "verdict"])
    #expect(table.rows.map { [$0[0], $0[1]] } == [["1", "real"]])
  }

  @Test func aLineThatNamesASeparatorIsALine() throws {
    #expect(try table("sep=;\na;b\n1;2\n").rows.map(\.line) == [3])
    for text in ["sep=;", "sep=;;\n1;2\n", "sep=\n1\n"] {
      #expect(try table(text).columns.first == "sep=")
    }
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
        == "cannot read \(path): it has 8 bytes, but at most 7 are allowed")
    try folder.add(Data([0x61, 0xFF]), as: "a.csv")
    #expect(
      message { _ = try TextTable(contentsOf: path, atMost: 9) }
        == "\(path): expected a table in UTF-8, found other bytes in line 1; "
        + "save it as 'CSV UTF-8' in the spreadsheet")
  }

  /// Excel's "Unicode Text" is UTF-16 with a mark.
  @Test(arguments: [false, true])
  func wideTextIsRead(isBigEndian: Bool) throws {
    let units = "\u{FEFF}a\tb\r\n1\tRöntgen 🩻\r\n".utf16
    let bytes = units.flatMap { unit -> [UInt8] in
      let pair = [UInt8(unit >> 8), UInt8(unit & 255)]
      return isBigEndian ? pair : pair.reversed()
    }
    try folder.add(Data(bytes), as: "a.csv")
    let path = folder.file("a.csv")
    let table = try TextTable(contentsOf: path, atMost: 1000)
    #expect(table.columns == ["a", "b"])
    #expect(table.rows.map { [$0[0], $0[1]] } == [["1", "Röntgen 🩻"]])
    #expect(table.rows.map(\.line) == [2])
    try folder.add(Data(bytes.dropLast()), as: "a.csv")
    #expect(
      message { _ = try TextTable(contentsOf: path, atMost: 1000) }
        == "\(path): expected a table in UTF-8, found damaged UTF-16; "
        + "save it as 'CSV UTF-8' in the spreadsheet")
  }

  private static let others: [(bytes: [UInt8], found: String)] = [
    // 'ü' as Windows-1252 has it.
    (Array("a,b\r\n1,2\r\n3,M".utf8) + [0xFC] + Array("ller\r\n".utf8), "other bytes in line 3"),
    ([0x50, 0x4B, 3, 4, 20], "a workbook or an archive, which begins with 50 4b 03 04"),
    ([0xD0, 0xCF, 0x11, 0xE0], "a workbook or an archive, which begins with d0 cf 11 e0"),
    ([0x61, 0, 0x2C, 0], "zero bytes"),
  ]

  @Test(arguments: others)
  func `other spreadsheet formats are refused with advice`(
    _ other: (bytes: [UInt8], found: String)
  ) throws {
    try folder.add(Data(other.bytes), as: "a.csv")
    let path = folder.file("a.csv")
    #expect(
      message { _ = try TextTable(contentsOf: path, atMost: 1000) }
        == "\(path): expected a table in UTF-8, found \(other.found); "
        + "save it as 'CSV UTF-8' in the spreadsheet")
  }
}
