import Files

/// The candidates that a table names, such as `samples.csv` or a choice of its lines.
///
/// A line of names comes first, `candidate` among them; other columns may be there or not. Commas or
/// semicolons separate the columns, and quotation marks may stand around a field: spreadsheets write
/// tables so.
public struct SampleTable: Equatable, Sendable {
  /// The numbers of the candidates, in the table's order.
  public let candidates: [Int]

  /// More than a million lines take.
  private static let maximumBytes = 200_000_000

  /// Reads the table at `path`.
  ///
  /// Throws `FileError`, and `SampleTableError` where there is no such column, a line has no number in
  /// it, or there are no lines or more than a million.
  public init(contentsOf path: String) throws {
    let bytes = try FileReader(path: path).readAll(atMost: Self.maximumBytes)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw SampleTableError(path: path, expected: "a table in UTF-8", found: "other bytes")
    }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    // Some editors begin a text in UTF-8 with a mark.
    let header = lines[0].drop { $0 == "\u{FEFF}" }
    let separator: Character = header.contains(";") ? ";" : ","
    let names = Self.fields(of: header, separator)
    guard let column = names.firstIndex(of: "candidate") else {
      throw SampleTableError(
        path: path, expected: "a column 'candidate' in the first line, as samples.csv has it",
        found: quoted(String(header.prefix(100))))
    }
    candidates = try lines.enumerated().dropFirst().compactMap { place, line in
      guard !line.allSatisfy(\.isWhitespace) else { return nil }
      let fields = Self.fields(of: line, separator)
      let field = fields.indices.contains(column) ? fields[column] : ""
      guard let number = Int(field), SettingBounds.candidates.contains(number) else {
        let range = SettingBounds.candidates
        throw SampleTableError(
          path: path,
          expected: "a candidate from \(range.lowerBound) to \(range.upperBound) in line "
            + "\(place + 1)",
          found: quoted(String(field)))
      }
      return number
    }
    guard SettingBounds.samples.contains(candidates.count) else {
      throw SampleTableError(
        path: path, expected: "from 1 to \(SettingBounds.samples.upperBound) candidates",
        found: candidates.isEmpty ? "none" : "\(candidates.count)")
    }
  }

  /// Checks that latents are there for all candidates; throws `SampleTableError`, `path` being the
  /// table's.
  public func check(against latents: LatentSource, path: String) throws {
    guard let count = latents.count, let largest = candidates.max(), largest >= count else {
      return
    }
    throw SampleTableError(
      path: path, expected: "candidates below \(count), as many as there are latents",
      found: "\(largest)")
  }

  private static func fields(of line: Substring, _ separator: Character) -> [Substring] {
    line.split(separator: separator, omittingEmptySubsequences: false).map { field in
      var field = field.drop(while: \.isWhitespace)
      while field.last?.isWhitespace == true { field.removeLast() }
      guard field.count >= 2, field.first == "\"", field.last == "\"" else { return field }
      return field.dropFirst().dropLast()
    }
  }
}

/// A table of samples, or what lies beside it, cannot be used.
public struct SampleTableError: Error, Equatable, CustomStringConvertible {
  /// The file.
  public let path: String
  /// What it should hold.
  public let expected: String
  /// What it holds.
  public let found: String

  /// One line with the file, what was expected and what was found.
  public var description: String { "\(path): expected \(expected), found \(found)" }
}
