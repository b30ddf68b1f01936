import Files
import Foundation
import Imaging

/// Is a line of `samples.csv`.
struct ReviewSample {
  /// The name of the file in the folder.
  let file: String
  /// The number of the random vector.
  let candidate: Int
  /// The numbers in the other columns, by their names.
  let scores: [String: Double]

  /// Returns the path of the table in a folder of samples.
  static func tablePath(in folder: String) -> String { "\(folder)/\(SampleFolder.tableName)" }

  /// Reads the table in a folder that `dcgan sample` wrote.
  ///
  /// Throws `FileError` and `TableError`.
  static func list(in folder: String) throws -> [ReviewSample] {
    let path = tablePath(in: folder)
    let table = try TextTable(contentsOf: path, atMost: SampleTable.maximumBytes)
    let writer = "that of dcgan sample"
    let file = try table.column("file", asIn: writer)
    let candidate = try table.column("candidate", asIn: writer)
    let others = table.columns.indices.filter { $0 != file && $0 != candidate }
    let samples = try table.rows.map { row in
      guard SampleFolder.isSample(row[file]) else {
        throw table.error(
          in: row, expected: "a file such as \(SampleFolder.name(0))", found: quoted(row[file]))
      }
      let scores = others.compactMap { column in
        Double(row[column]).flatMap { $0.isFinite ? (table.columns[column], $0) : nil }
      }
      return ReviewSample(
        file: row[file], candidate: try SampleTable.candidate(in: row, candidate, of: table),
        scores: Dictionary(scores) { first, _ in first })
    }
    guard !samples.isEmpty else {
      throw TableError(path: path, expected: "at least one sample", found: "none")
    }
    return samples
  }

  /// Reads the image and the checksum of its file; throws `FileError` and `ImageError`.
  func load(from folder: String) throws -> (image: PixelImage, crc32: String) {
    let path = "\(folder)/\(file)"
    let bytes = try FileReader(path: path).readData(atMost: ImageLimits().maximumFileBytes)
    let image = try DecodedImage(bytes: bytes, file: path).image
    return (image, bytes.withUnsafeBytes { Checksum(of: $0).digits })
  }
}
