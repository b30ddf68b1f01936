/// The text of a table as spreadsheets save it, in UTF-8.
///
/// Excel's "CSV UTF-8" begins with a mark, its "Unicode Text" is UTF-16 with one. Its plain "CSV" is in
/// the code page of the computer, which the file does not name: such bytes are refused, since a name
/// that is guessed wrongly is worse than one that is asked for again.
enum TableText {
  /// Reads the file at `path` without its mark; throws `FileError`, and `TableError` where it is no
  /// text.
  static func read(_ path: String, atMost maximumBytes: Int) throws -> [UInt8] {
    let bytes = try FileReader(path: path).readAll(atMost: maximumBytes)
    if let mark = wideMarks.first(where: { bytes.starts(with: $0.bytes) }) {
      return try utf8(bytes.dropFirst(2), isBigEndian: mark.isBigEndian, path)
    }
    if let kind = workbooks.first(where: { bytes.starts(with: $0) }) {
      throw refusal(path, found: "a workbook or an archive, which begins with \(words(kind))")
    }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw refusal(path, found: "other bytes in line \(lineOfOtherBytes(in: bytes))")
    }
    guard !bytes.contains(0) else { throw refusal(path, found: "zero bytes") }
    return bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
  }

  private static let mark = Array("\u{FEFF}".utf8)
  private static let wideMarks: [(bytes: [UInt8], isBigEndian: Bool)] = [
    ([0xFF, 0xFE], false), ([0xFE, 0xFF], true),
  ]
  /// What files of .xlsx, .ods and .zip, and of .xls, begin with.
  private static let workbooks: [[UInt8]] = [
    [0x50, 0x4B, 0x03, 0x04], [0xD0, 0xCF, 0x11, 0xE0],
  ]

  private static func words(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
  }

  private static func refusal(_ path: String, found: String) -> TableError {
    TableError(
      path: path, expected: "a table in UTF-8",
      found: "\(found); save it as 'CSV UTF-8' in the spreadsheet")
  }

  /// Turns UTF-16 into UTF-8.
  private static func utf8(
    _ bytes: ArraySlice<UInt8>, isBigEndian: Bool, _ path: String
  ) throws(TableError) -> [UInt8] {
    let bytes = Array(bytes)
    let units = stride(from: 0, to: bytes.count - 1, by: 2).map { place in
      let pair = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
      return isBigEndian ? pair.0 << 8 | pair.1 : pair.1 << 8 | pair.0
    }
    guard bytes.count % 2 == 0, let text = String(validating: units, as: UTF16.self) else {
      throw refusal(path, found: "damaged UTF-16")
    }
    return Array(text.utf8)
  }

  /// Returns the number of the first line that is not UTF-8, counted from 1.
  private static func lineOfOtherBytes(in bytes: [UInt8]) -> Int {
    let ends = [UInt8(ascii: "\n"), UInt8(ascii: "\r")]
    var line = 1
    var start = 0
    for (place, byte) in bytes.enumerated() where ends.contains(byte) {
      if String(validating: bytes[start..<place], as: UTF8.self) == nil { return line }
      let isPair = byte == ends[1] && place + 1 < bytes.count && bytes[place + 1] == ends[0]
      if !isPair { line += 1 }
      start = place + 1
    }
    return line
  }
}
