import DCGAN
import DataSets
import Files
import Support

/// The candidates that a table names, such as `samples.csv` or a choice of its lines.
///
/// A line of names comes first, `candidate` among them; other columns may be there or not.
public struct SampleTable: Equatable, Sendable {
  /// The numbers of the candidates, in the table's order.
  public let candidates: [Int]

  /// More than a million lines take.
  package static let maximumBytes = 200_000_000

  /// Reads the table at `path`.
  ///
  /// Throws `FileError`, and `TableError` where there is no such column, a line has no number in it, or
  /// there are no lines or more than a million.
  public init(contentsOf path: String) throws {
    let table = try TextTable(contentsOf: path, atMost: Self.maximumBytes)
    let column = try table.column("candidate", asIn: SampleNames.table)
    candidates = try table.rows.map { try Self.candidate(in: $0, column, of: table) }
    guard SettingBounds.samples.contains(candidates.count) else {
      throw TableError(
        path: path, expected: "from 1 to \(SettingBounds.samples.upperBound) candidates",
        found: candidates.isEmpty ? "none" : "\(candidates.count)")
    }
  }

  /// Reads the number of a candidate; throws `TableError` where there is none.
  package static func candidate(
    in row: TextTable.Row, _ column: Int, of table: TextTable
  ) throws(TableError) -> Int {
    let range = SettingBounds.candidates
    guard let number = Int(row[column]), range.contains(number) else {
      throw table.error(
        in: row, expected: "a candidate from \(range.lowerBound) to \(range.upperBound)",
        found: quoted(row[column]))
    }
    return number
  }

  /// Checks that latents are there for all candidates; throws `TableError`, `path` being the
  /// table's.
  public func check(against latents: LatentSource, path: String) throws {
    guard let count = latents.count, let largest = candidates.max(), largest >= count else {
      return
    }
    throw TableError(
      path: path, expected: "candidates below \(count), as many as there are latents",
      found: "\(largest)")
  }
}
