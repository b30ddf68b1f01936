import Files
import Support

/// What a reader says of an image.
public enum Verdict: String, CaseIterable, Sendable {
  /// Takes the image for a patient's.
  case real
  /// Takes the image for a generator's.
  case synthetic
  /// Does not decide.
  case unsure
}

/// What one reader says, by the name of the image.
public struct ReaderVerdicts: Equatable, Sendable {
  /// The reader's name or number.
  public let reader: String
  /// The verdicts.
  public internal(set) var verdicts: [String: Verdict] = [:]
}

/// Reads the tables that the page of a review gives: `review,reader,image,verdict,seconds`.
public struct VerdictTable: Equatable, Sendable {
  /// The readers in the order in which they appear.
  public private(set) var readers: [ReaderVerdicts] = []

  /// More than a hundred readers' verdicts on a thousand images take.
  private static let maximumBytes = 20_000_000
  /// More would make a list of pairs that nobody reads.
  static let maximumReaders = 100
  private static let writer = "the page of dcgan review"

  private let key: ReviewKey
  /// Where each reader's verdict on each image stands.
  private var places: [[String: String]] = []

  /// Reads tables of one or several readers each.
  ///
  /// Throws `FileError`, and `TableError` where a column is missing, a verdict is of another review,
  /// of no image of it or none of the three, where a reader judges an image twice, in whichever of the
  /// files, and where there is no verdict or more than a hundred readers.
  public init(contentsOf paths: [String], _ key: ReviewKey) throws {
    self.key = key
    let images = Set(key.images.map(\.id))
    for path in paths {
      let table = try TextTable(contentsOf: path, atMost: Self.maximumBytes)
      let columns = try ["review", "reader", "image", "verdict"].map {
        try table.column($0, asIn: Self.writer)
      }
      guard !table.rows.isEmpty else {
        throw TableError(path: path, expected: "verdicts below the first line", found: "none")
      }
      for row in table.rows {
        try add(row, of: table, columns.map { row[$0] }, images)
      }
    }
  }

  private mutating func add(
    _ row: TextTable.Row, of table: TextTable, _ fields: [String], _ images: Set<String>
  ) throws(TableError) {
    let (review, reader, image) = (fields[0], fields[1], fields[2])
    guard review == key.review else {
      throw table.error(
        in: row, expected: "the review \(quoted(key.review))", found: quoted(review))
    }
    guard !reader.isEmpty else {
      throw table.error(in: row, expected: "a reader", found: quoted(reader))
    }
    guard images.contains(image) else {
      throw table.error(
        in: row, expected: "one of the \(images.count) images of the review", found: quoted(image))
    }
    guard let verdict = Verdict(rawValue: fields[3]) else {
      throw table.error(
        in: row, expected: "real, synthetic or unsure", found: quoted(fields[3]))
    }
    let place = try self.place(of: reader, row, table)
    guard readers[place].verdicts.updateValue(verdict, forKey: image) == nil else {
      throw table.error(
        in: row, expected: "one verdict of the reader \(quoted(reader)) on each image",
        found: "a second on \(quoted(image)), after \(places[place][image] ?? "")")
    }
    places[place][image] = "line \(row.line) of \(table.path)"
  }

  /// Finds or adds a reader.
  private mutating func place(
    of reader: String, _ row: TextTable.Row, _ table: TextTable
  ) throws(TableError) -> Int {
    if let place = readers.firstIndex(where: { $0.reader == reader }) { return place }
    guard readers.count < Self.maximumReaders else {
      throw table.error(
        in: row, expected: "at most \(Self.maximumReaders) readers",
        found: "another, \(quoted(reader))")
    }
    readers.append(ReaderVerdicts(reader: reader))
    places.append([:])
    return readers.count - 1
  }
}
