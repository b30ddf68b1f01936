import Files
import Foundation

extension ImageMark {
  /// The bytes of a file that are searched: far more than a mark takes, which stands near the start.
  package static let headLength = 16_384

  /// Reads the mark of the PNG or GIF file at `path`: nil where the file has none or another
  /// program's, is something else or cannot be read.
  ///
  /// Only the first 16 KB are looked at, so that a folder of any size can be gone through. A kind
  /// that this version does not know is `.other`; texts that go beyond those bytes, or whose
  /// checksum is wrong, are passed over.
  public static func read(at path: String) -> ImageMark? {
    ImageMark(head: head(at: path))
  }

  /// Reads the bytes of the file at `path` that are searched; none where it cannot be read.
  package static func head(at path: String) -> [UInt8] {
    fileHead(path, atMost: headLength) ?? []
  }

  /// Finds the mark in the first bytes of a file, or in all of them.
  package init?(head bytes: [UInt8]) {
    if bytes.starts(with: pngSignature) {
      self.init(texts: pngTexts(bytes))
    } else if bytes.starts(with: Array("GIF89a".utf8)) {
      self.init(texts: gifTexts(bytes))
    } else {
      return nil
    }
  }
}

/// Reads the first bytes of a regular file, at most `limit`; nil where it cannot be read.
func fileHead(_ path: String, atMost limit: Int) -> [UInt8]? {
  guard let file = try? FileReader(path: path) else { return nil }
  return try? [UInt8](count: min(limit, file.size)) { try file.read(at: 0, into: $0) }
}
