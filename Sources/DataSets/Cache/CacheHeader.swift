import Files
import Foundation
import Imaging

/// What the images of a cache were made of, and how: the beginning of its file.
///
/// Eight bytes `DCGANIMG`, the version of the format, the length of a JSON object, the object, and the
/// CRC-32 of all that.
struct CacheHeader: Equatable, Sendable {
  /// What was decoded, and how.
  let contents: Contents
  /// When the first file was looked at, in nanoseconds since 1970.
  let begun: Int

  /// What decides the images of a cache.
  struct Contents: Codable, Equatable, Sendable {
    /// The digest of the list of files.
    let listing: String
    /// The number of files.
    let files: Int
    /// The pixels of a side.
    let size: Int
    /// The channels that the networks see.
    let channels: Int
    /// How images become squares.
    let fit: ImageFit
    /// The grey level behind transparent parts.
    let background: UInt8
    /// Which samples of 16 bits become black and which white; nil for what each file says.
    let window: IntensityWindow?
    /// Which frames are used.
    let frames: FrameChoice
    /// Whether images with a patient's data in them are used.
    let allowsBurnedIn: Bool
    /// The fewest pixels of a side.
    let leastSide: Int
    /// The formats that the build reads: another one may have skipped other files.
    let formats: [String]

    /// Describes the images of a listing.
    init(_ listing: ImageFolder, _ reading: ImageReading) {
      self.listing = listing.digest
      files = listing.files.count
      (size, channels, fit) = (reading.size, reading.channels, reading.fit)
      (background, frames) = (reading.background, reading.frames)
      window = reading.window == .ofFile ? nil : reading.window
      (allowsBurnedIn, leastSide) = (reading.allowsBurnedIn, reading.leastSide)
      formats = ImageKind.all.filter(\.isRead).map(\.name)
    }
  }

  private struct Object: Codable {
    let contents: Contents
    let begun: Int
  }

  /// The format of the file, and how files become images: another version's cache is built anew.
  static let version: UInt32 = 1
  /// What every cache begins with.
  static let mark = Array("DCGANIMG".utf8)
  /// The bytes before the object.
  static let prefixBytes = mark.count + 8
  /// More bytes than any object has.
  private static let mostBytes = 1 << 16

  /// The header as the beginning of a file.
  var bytes: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    // Nothing in it is a number that JSON cannot hold.
    let object = (try? encoder.encode(Object(contents: contents, begun: begun))) ?? Data()
    var bytes = Self.mark
    bytes.append(number: Self.version)
    bytes.append(number: UInt32(object.count))
    bytes.append(contentsOf: object)
    bytes.appendChecksum()
    return bytes
  }

  /// Makes the error about a file that must not be removed: it is somebody's.
  static func otherFile(_ path: String) -> DataSetError {
    DataSetError(
      .unusableCache,
      "\(path): expected a cache of images, found another file; name another place with \(.cache)")
  }

  /// Describes the images of a cache that is begun.
  init(_ contents: Contents, begun: Int) { (self.contents, self.begun) = (contents, begun) }

  /// Reads the beginning of a cache; throws `DataSetError` where it is damaged, of another version or
  /// none.
  init(_ file: borrowing FileReader, path: String) throws(DataSetError) {
    guard let prefix = try? file.bytes(at: 0, count: Self.prefixBytes),
      prefix.starts(with: Self.mark)
    else { throw Self.otherFile(path) }
    var cursor = CacheCursor(prefix, at: Self.mark.count)
    guard let version = try? cursor.number(UInt32.self), version == Self.version else {
      throw .cache(path, "expected a cache of version \(Self.version), found another version's")
    }
    guard let count = try? cursor.number(UInt32.self), count <= Self.mostBytes,
      let bytes = try? file.bytes(at: 0, count: Self.prefixBytes + Int(count) + 4),
      bytes.endsInChecksum,
      let object = try? JSONDecoder().decode(
        Object.self, from: Data(bytes[Self.prefixBytes..<bytes.count - 4]))
    else { throw .cache(path, "its beginning is damaged") }
    (contents, begun) = (object.contents, object.begun)
  }
}

extension CacheHeader.Contents {
  /// Returns what was expected of these images and what they are instead; nil where they are the same.
  func difference(from expected: CacheHeader.Contents) -> String? {
    zip(facts, expected.facts).first { $0.value != $1.value }.map {
      "expected \($0.noun) \($1.value), found \($0.value)"
    }
  }

  /// Everything that decides the images, in words.
  private var facts: [(noun: String, value: String)] {
    [
      ("a list of", "\(files) files with digest \(listing)"),
      ("images of size", "\(size)"), ("channels", "\(channels)"),
      ("images made square by", fit.rawValue), ("the background", "\(background)"),
      ("the window", "\(window ?? .ofFile)"), ("the frames", frames.rawValue),
      ("images with burned-in data to be", allowsBurnedIn ? "used" : "skipped"),
      ("a shorter side of at least", "\(leastSide)"),
      ("a build that reads", formats.joined(separator: ", ")),
    ]
  }
}
