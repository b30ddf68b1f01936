import Support

/// A table of text: a line of names, then a line for each row.
///
/// Commas, semicolons or tabs separate the columns, and quotation marks may stand around a field, in
/// which two of them stand for one: spreadsheets write tables so. A field ends with its line, a line
/// with a line feed, a carriage return or both. White space around fields, and lines of
/// empty fields, mean nothing; a line `sep=;` before the names, as Excel knows it, says what separates
/// them. The text is UTF-8, or UTF-16 behind its mark; other bytes are refused.
public struct TextTable: Equatable, Sendable {
  /// A line below the names.
  public struct Row: Equatable, Sendable {
    /// The number of the line in the file, counted from 1.
    public let line: Int
    /// The fields in the order of the columns; there may be fewer or more of them than columns.
    let fields: [String]

    /// Returns the field of a column, empty where the line ends before it.
    public subscript(column: Int) -> String {
      fields.indices.contains(column) ? fields[column] : ""
    }
  }

  /// The file.
  public let path: String
  /// The names in the first line, or in the second below one that names the separator.
  public let columns: [String]
  /// The rows that are not empty.
  public let rows: [Row]

  /// Reads the table at `path`.
  ///
  /// Throws `FileError`, also where the file has more than `maximumBytes` bytes, and `TableError`
  /// where it is no text.
  public init(contentsOf path: String, atMost maximumBytes: Int) throws {
    let lines = Self.lines(of: try TableText.read(path, atMost: maximumBytes))
    let announced = lines.count > 1 ? Self.announcedSeparator(in: lines[0]) : nil
    let head = announced == nil ? 0 : 1
    let separator = announced ?? Self.separator(in: lines[head])
    self.path = path
    columns = Self.fields(of: lines[head], separator)
    rows = lines.enumerated().dropFirst(head + 1).compactMap { place, line in
      let fields = Self.fields(of: line, separator)
      return fields.allSatisfy(\.isEmpty) ? nil : Row(line: place + 1, fields: fields)
    }
  }

  /// Returns the place of a column; throws `TableError` where there is none, with `writer` as the
  /// table that has one.
  public func column(_ name: String, asIn writer: String) throws(TableError) -> Int {
    if let column = columns.firstIndex(of: name) { return column }
    throw TableError(
      path: path, expected: "a column '\(name)' in the first line, as \(writer) has it",
      found: quoted(columns.joined(separator: ",")))
  }

  /// Makes an error about a row.
  public func error(in row: Row, expected: String, found: String) -> TableError {
    TableError(path: path, expected: "\(expected) in line \(row.line)", found: found)
  }

  /// Cuts a text into lines; an empty text is one.
  private static func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
    let (feed, carriage) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    for (place, byte) in text.enumerated() where byte == feed || byte == carriage {
      // The two together end one line.
      if byte == feed && place > 0 && text[place - 1] == carriage {
        start = place + 1
        continue
      }
      lines.append(text[start..<place])
      start = place + 1
    }
    return lines + [text[start...]]
  }

  /// Returns the byte that a line such as `sep=;` names; nil where the line is another.
  private static func announcedSeparator(in line: ArraySlice<UInt8>) -> UInt8? {
    let start = Array("sep=".utf8)
    guard line.count == start.count + 1, line.starts(with: start) else { return nil }
    return line.last
  }

  /// Finds what separates columns: the first of these that stands between names, not within quotation
  /// marks.
  private static func separator(in names: ArraySlice<UInt8>) -> UInt8 {
    [UInt8(ascii: "\t"), UInt8(ascii: ";")].first { fields(of: names, $0).count > 1 }
      ?? UInt8(ascii: ",")
  }

  private static func fields(of line: ArraySlice<UInt8>, _ separator: UInt8) -> [String] {
    let mark = UInt8(ascii: "\"")
    var fields: [[UInt8]] = [[]]
    var isQuoted = false
    var rest = line
    while let byte = rest.popFirst() {
      if byte == mark {
        if isQuoted && rest.first == mark {
          fields[fields.count - 1].append(mark)
          rest.removeFirst()
        } else {
          isQuoted.toggle()
        }
      } else if byte == separator && !isQuoted {
        fields.append([])
      } else {
        fields[fields.count - 1].append(byte)
      }
    }
    return fields.map { trimmed(String(decoding: $0, as: UTF8.self)) }
  }

  private static func trimmed(_ text: String) -> String {
    var text = text[...].drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

/// A table, or what lies beside it, cannot be used.
public struct TableError: Error, Equatable, CustomStringConvertible {
  /// The file.
  public let path: String
  /// What it should hold, and in which line where that is known.
  public let expected: String
  /// What it holds.
  public let found: String

  /// Joins the file, what was expected and what was found.
  public init(path: String, expected: String, found: String) {
    (self.path, self.expected, self.found) = (path, expected, found)
  }

  /// One line with the file, what was expected and what was found.
  public var description: String { "\(path): expected \(expected), found \(found)" }
}
