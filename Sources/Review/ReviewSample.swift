import DataSets
import Files
import Foundation
import Imaging
import Samples
import Support

/// An image of a folder of samples: a line of `samples.csv`, or a file where there is no such table.
struct ReviewSample {
  /// The path of the file in the folder.
  let file: String
  /// The number of the random vector, where that is known.
  let candidate: Int?
  /// The numbers in the other columns, by their names.
  let scores: [String: Double]?
  /// The class that it was drawn as; nil where the table names none.
  let className: String?

  /// Lists what the table in a folder names.
  ///
  /// Throws `FileError` and `TableError`.
  static func list(in folder: String) throws -> [ReviewSample] {
    let path = SampleNames.tablePath(in: folder)
    let table = try TextTable(contentsOf: path, atMost: SampleTable.maximumBytes)
    let writer = "the table of dcgan sample"
    let file = try table.column("file", asIn: writer)
    let candidate = try table.column("candidate", asIn: writer)
    let classes = table.columns.firstIndex(of: "class")
    let others = table.columns.indices.filter { ![file, candidate, classes].contains($0) }
    let samples = try table.rows.map { row in
      guard SampleNames.isSample(row[file]) else {
        throw table.error(
          in: row, expected: "a file such as \(SampleFolder.name(0))", found: quoted(row[file]))
      }
      let scores = others.compactMap { column in
        Double(row[column]).flatMap { $0.isFinite ? (table.columns[column], $0) : nil }
      }
      return ReviewSample(
        file: row[file], candidate: try SampleTable.candidate(in: row, candidate, of: table),
        scores: Dictionary(scores) { first, _ in first }, className: classes.map { row[$0] })
    }
    guard !samples.isEmpty else {
      throw TableError(path: path, expected: "at least one sample", found: "none")
    }
    return samples
  }

  /// Makes an image of any program.
  init(file: String) { (self.file, candidate, scores, className) = (file, nil, nil, nil) }

  private init(file: String, candidate: Int, scores: [String: Double], className: String?) {
    (self.file, self.candidate, self.scores) = (file, candidate, scores)
    self.className = className
  }

  /// Reads the image and the checksum of its file; throws `FileError` and `ImageError`.
  func load(from folder: String) throws -> (image: PixelImage, crc32: String) {
    let path = "\(folder)/\(file)"
    let bytes = try FileReader(path: path).readData(atMost: ImageLimits().maximumFileBytes)
    let image = try DecodedImage(bytes: bytes, file: path).image
    return (image, bytes.withUnsafeBytes { Checksum(of: $0).digits })
  }

  /// Returns whether a path leads to something in the folder that it is relative to.
  static func isInside(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return parts.allSatisfy { !["", ".", ".."].contains($0) }
  }
}

/// The images of a folder of samples, from which a review chooses.
struct ReviewSamples {
  /// The folder.
  let folder: String
  /// The images.
  let samples: [ReviewSample]
  /// What a folder without a table holds; nil where there is one.
  private let equal: EqualImages?

  /// The images that are left out because they are unlike most, in words; nil where none is.
  var warning: String? { equal?.warning }

  /// Lists what `samples.csv` names, or where there is none all images that are alike, as most are.
  ///
  /// Throws `FileError`, `TableError`, `DataSetError`, and `ImageError` where they differ in size.
  init(in folder: String) throws {
    self.folder = folder
    if Folder.exists(SampleNames.tablePath(in: folder)) {
      (samples, equal) = (try ReviewSample.list(in: folder), nil)
    } else {
      let found = try EqualImages(in: folder)
      guard found.size != nil else {
        throw ImageError(
          .unexpectedLayout, file: folder,
          problem: "expected images of one size, found several, none of them shared by half of "
            + "the images")
      }
      (samples, equal) = (found.files.map(ReviewSample.init), found)
    }
  }

  /// Reads an image, which must be square and laid out as the first of them; those of a folder without
  /// a table are made so.
  func read(_ sample: ReviewSample, like first: PixelImage?) throws -> (PixelImage, crc32: String) {
    var (image, crc32) = try sample.load(from: folder)
    if let equal {
      let upright = equal.isColour ? image : image.withoutRepeatedChannels()
      image = DecodedImage(upright).squared(to: min(image.width, image.height))
    }
    let size = first?.width ?? image.width
    let channels = first?.channels ?? image.channels
    guard image.width == size, image.height == size, image.channels == channels else {
      throw ImageError(
        .unexpectedLayout, file: "\(folder)/\(sample.file)",
        problem: "expected \(size)x\(size) pixels of \(channels) channels, as the samples have, "
          + "found \(image.width)x\(image.height) of \(image.channels)")
    }
    return (image, crc32)
  }
}
