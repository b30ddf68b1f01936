import Foundation
import Imaging
import Tensor
import TestSupport

/// A data set of drawn noise in which some classes are brighter than others.
final class PracticeData {
  let folder: TemporaryFolder

  /// The path of the data set.
  var path: String { folder.file("data") }

  /// Makes a set whose images depend on their places alone.
  ///
  /// - Parameters:
  ///   - files: The images by folder: how many there are, and what the place makes the name.
  ///   - first: The seed of the first image: sets far apart have no image in common.
  init(
    _ files: [(folder: String, count: Int)], first: UInt64 = 0,
    name: (_ folder: String, _ place: Int) -> String = { "scan-\($1).png" }
  ) throws {
    folder = try TemporaryFolder()
    var number = first
    for (inner, count) in files {
      for place in 0..<count {
        let level: UInt8 = inner.hasSuffix("SICK") ? 70 : inner.hasSuffix("WORSE") ? 110 : 40
        try add("\(inner)/\(name(inner, place))", seed: number, level: level)
        number += 1
      }
    }
  }

  /// Two classes of two images a patient.
  static func pairs(train: Int, test: Int) throws -> PracticeData {
    try PracticeData([
      ("train/HEALTHY", train), ("train/SICK", train), ("test/HEALTHY", test), ("test/SICK", test),
    ]) { folder, place in
      "person\(place / 2 + (folder.hasSuffix("SICK") ? 1000 : 0))_\(place).png"
    }
  }

  /// Draws 32 rows of 32 grey pixels: noise of 0 to 127 above a level.
  func add(_ name: String, seed: UInt64, level: UInt8) throws {
    let random = RandomStream(seed: seed, stream: 0)
    let pixels = (0..<1024).map { level + UInt8(random.bits(at: UInt64($0)) >> 25) }
    let path = "\(path)/\(name)"
    try FileManager.default.createDirectory(
      at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
    try PixelImage(width: 32, height: 32, channels: 1, pixels: pixels)
      .writePNG(to: path, mark: nil)
  }

  /// Draws 32 rows of 32 grey pixels of noise in a DICOM file that names its patient.
  func addDICOM(_ name: String, patient: String, seed: UInt64) throws {
    let random = RandomStream(seed: seed, stream: 1)
    var file = DICOMWriter(side: 32) { column, row in
      UInt8(random.bits(at: UInt64(32 * row + column)) >> 24)
    }
    file.set(0x0010_0020, "LO", patient)
    try folder.add(file.data, as: "data/\(name)")
  }
}
