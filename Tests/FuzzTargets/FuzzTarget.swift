import Foundation
import Imaging
import Training

/// A piece of the program that reads what strangers wrote.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// Decodes and resizes a JPEG file.
  case jpeg
  /// Decodes and resizes a PNG file.
  case png
  /// Decodes and resizes a BMP file.
  case bmp
  /// Decodes and resizes a PBM, PGM or PPM file.
  case netpbm
  /// Decodes and resizes a GIF file.
  case gif
  /// Decodes and resizes a TIFF file.
  case tiff
  /// Decodes and resizes a WebP file.
  case webP = "webp"
  /// Lists a zip archive and reads its members.
  case zip
  /// Decodes and resizes a DICOM file.
  case dicom
  /// Reads a safetensors file, and what it says of a checkpoint.
  case safetensors
  /// Sorts and reads a command line, its arguments one a line.
  case arguments
  /// Repairs `metrics.jsonl`; the first byte says after which step.
  case metrics
  /// Repairs `epochs.jsonl` likewise.
  case epochs

  /// Runs the piece on any bytes and returns what is wrong with the outcome, or nil. An error that
  /// is thrown is a fine outcome if it says in one line what is wrong; a trap ends the process.
  public func complaint(about bytes: [UInt8]) -> String? {
    do {
      switch self {
      case .jpeg, .png, .bmp, .netpbm, .gif, .tiff, .webP: try checkImage(bytes)
      case .zip: try checkArchive(bytes)
      case .dicom: try checkDICOM(bytes)
      case .safetensors: try checkSafeTensors(bytes)
      case .arguments: try checkArguments(bytes)
      case .metrics: try checkLog(of: StepMetrics.self, bytes)
      case .epochs: try checkLog(of: EpochMetrics.self, bytes)
      }
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// Returns whole inputs, from which others are made by mutation.
  public func seeds() throws -> [[UInt8]] {
    switch self {
    case .jpeg: try Self.images { $0.hasSuffix(".jpg") }
    case .png: try Self.images { $0.hasSuffix(".png") && !$0.contains("expected") }
    case .bmp, .netpbm, .gif, .tiff, .webP: try Self.formats(of: rawValue)
    case .zip: try Self.archives()
    case .dicom: try Self.dicomFiles()
    case .safetensors: try safeTensorsSeeds()
    case .arguments: argumentSeeds.map { Array($0.replacing(" ", with: "\n").utf8) }
    case .metrics: metricsSeeds()
    case .epochs: epochSeeds()
    }
  }

  /// Returns the inputs that once brought the piece down.
  public func formerCrashes() throws -> [[UInt8]] {
    let folder = Self.fixtures.appending(path: "fuzz/\(rawValue)")
    guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
      [UInt8](try Data(contentsOf: folder.appending(path: $0)))
    }
  }

  /// The folder `Fixtures` of the package.
  private static let fixtures = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures")

  /// Reads the fixtures of the formats of this name.
  private static func formats(of name: String) throws -> [[UInt8]] {
    let folder = fixtures.appending(path: "formats")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter { !$0.contains("expected") }
      .map { [UInt8](try Data(contentsOf: folder.appending(path: $0))) }
      .filter {
        FileFormat.recognize(Array($0.prefix(FileFormat.headLength)))?.rawValue.lowercased() == name
      }
  }

  /// Reads the archives among the fixtures.
  private static func archives() throws -> [[UInt8]] {
    let folder = fixtures.appending(path: "archives")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .map { [UInt8](try Data(contentsOf: folder.appending(path: $0))) }
  }

  /// Reads the DICOM files among the fixtures.
  private static func dicomFiles() throws -> [[UInt8]] {
    let folder = fixtures.appending(path: "dicom")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter { !$0.contains("expected") }
      .map { [UInt8](try Data(contentsOf: folder.appending(path: $0))) }
  }

  /// Reads the small pictures among the fixtures whose name `isWanted`.
  private static func images(_ isWanted: (String) -> Bool) throws -> [[UInt8]] {
    let folder = fixtures.appending(path: "images")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter(isWanted).map { [UInt8](try Data(contentsOf: folder.appending(path: $0))) }
      .filter { $0.count <= 8_000 }
  }
}

/// What is wrong with the outcome of a run.
struct Complaint: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// Throws a complaint where `condition` does not hold.
func expect(_ condition: Bool, _ words: @autoclosure () -> String) throws {
  if !condition { throw Complaint(words()) }
}

/// Throws where `text` is no message for a terminal: one line, neither empty nor endless.
func expectOneLine(_ text: String) throws {
  try expect(!text.isEmpty, "an empty message")
  try expect(!text.contains(where: \.isNewline), "a message of several lines: \(text)")
  try expect(text.utf8.count <= 1_000, "a message of \(text.utf8.count) bytes: \(text.prefix(200))")
}
