import Foundation

extension Orientation {
  /// Reads the orientation of a JPEG file from its first APP1 segment with EXIF data; `upright` where
  /// there is none or where it makes no sense.
  init(ofJPEG file: Data) {
    self =
      file.withUnsafeBytes { raw in
        let bytes = raw.bindMemory(to: UInt8.self)
        let segment = JPEGSegments(bytes).first {
          $0.marker == 0xE1 && bytes[$0.data].starts(with: Self.exifName)
        }
        return segment.flatMap { Orientation(exif: bytes[$0.data].dropFirst(Self.exifName.count)) }
      } ?? .upright
  }

  /// Reads the orientation of a PNG file from its first intact eXIf chunk, before or behind the rows;
  /// `upright` where there is none or where it makes no sense.
  init(ofPNG file: Data) {
    self =
      file.withUnsafeBytes { raw in
        let bytes = raw.bindMemory(to: UInt8.self)
        let chunks = PNGChunks(bytes)
        let chunk = chunks.first { $0.name == "eXIf" && chunks.isIntact($0) }
        return chunk.flatMap { Orientation(exif: bytes[$0.data]) }
      } ?? .upright
  }

  /// The first bytes of an APP1 segment with EXIF data.
  private static let exifName: [UInt8] = [0x45, 0x78, 0x69, 0x66, 0, 0]

  /// Finds tag 0x0112 in the first directory of EXIF data, which are a TIFF file: nil where it is
  /// missing, is no single short number or does not lie within `data`.
  init?(exif data: Slice<UnsafeBufferPointer<UInt8>>) {
    let tiff = TIFFNumbers(bytes: UnsafeBufferPointer(rebasing: data))
    guard let tiff, tiff.short(at: 2) == 42, let start = tiff.long(at: 4),
      let count = tiff.short(at: start)
    else { return nil }
    // A directory is a count and entries of 12 bytes: tag, type, count, value.
    for place in stride(from: start + 2, to: start + 2 + 12 * count, by: 12) {
      guard let tag = tiff.short(at: place) else { return nil }
      guard tag == 0x0112 else { continue }
      let isShort = tiff.short(at: place + 2) == 3 && tiff.long(at: place + 4) == 1
      guard isShort, let value = tiff.short(at: place + 8) else { return nil }
      self.init(rawValue: value)
      return
    }
    return nil
  }
}

/// Numbers within a TIFF file, nil where they would leave it.
private struct TIFFNumbers {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let isLittleEndian: Bool

  /// Reads the byte order; nil where there is neither.
  init?(bytes: UnsafeBufferPointer<UInt8>) {
    if bytes.starts(with: [0x49, 0x49]) {
      isLittleEndian = true
    } else if bytes.starts(with: [0x4D, 0x4D]) {
      isLittleEndian = false
    } else {
      return nil
    }
    self.bytes = bytes
  }

  func short(at place: Int) -> Int? { number(at: place, length: 2) }

  func long(at place: Int) -> Int? { number(at: place, length: 4) }

  private func number(at place: Int, length: Int) -> Int? {
    guard place >= 0, place <= bytes.count - length else { return nil }
    let digits = bytes[place..<place + length]
    return isLittleEndian
      ? digits.reversed().reduce(0) { $0 << 8 | Int($1) }
      : digits.reduce(0) { $0 << 8 | Int($1) }
  }
}
