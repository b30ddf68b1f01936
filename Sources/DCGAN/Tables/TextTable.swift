import Files

/// Holds a table of text: a line of names, then a line for each row.
///
/// Commas or semicolons separate the columns, and quotation marks may stand around a field, in which
/// two of them stand for one: spreadsheets write tables so. A field ends with its line. White space
/// around fields and empty lines mean nothing.
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
  /// The names in the first line.
  public let columns: [String]
  /// The rows that are not empty.
  public let rows: [Row]

  /// Reads the table at `path`.
  ///
  /// Throws `FileError`, also where the file has more than `maximumBytes` bytes, and `TableError`
  /// where it is no text.
  public init(contentsOf path: String, atMost maximumBytes: Int) throws {
    var bytes = try FileReader(path: path).readAll(atMost: maximumBytes)
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw TableError(path: path, expected: "a table in UTF-8", found: "other bytes")
    }
    // Some editors begin a text in UTF-8 with a mark.
    if bytes.starts(with: Array("\u{FEFF}".utf8)) { bytes.removeFirst(3) }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let separator = UInt8(ascii: lines[0].contains(UInt8(ascii: ";")) ? ";" : ",")
    self.path = path
    columns = Self.fields(of: lines[0], separator)
    rows = lines.enumerated().dropFirst().compactMap { place, line in
      let isEmpty = line.allSatisfy { UnicodeScalar($0).properties.isWhitespace }
      return isEmpty ? nil : Row(line: place + 1, fields: Self.fields(of: line, separator))
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

  /// One line with the file, what was expected and what was found.
  public var description: String { "\(path): expected \(expected), found \(found)" }
}
