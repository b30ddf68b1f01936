import Foundation

/// Puts a DICOM file together, in explicit little endian.
struct DICOMFileWriter {
  private var header: [UInt8] = []
  private var body: [UInt8] = []

  /// Adds an element behind those of smaller tags: a text of letters that the file's character set has,
  /// padded to an even number of bytes.
  mutating func add(_ tag: DICOMTag, _ kind: String, _ text: String) {
    let bytes = Array(text.utf8)
    add(tag, kind, bytes: bytes + (bytes.count % 2 == 0 ? [] : [kind == "UI" ? 0 : 0x20]))
  }

  /// Adds an element that is a number of 16 bits, likewise.
  mutating func add(_ tag: DICOMTag, _ number: Int) {
    add(
      tag, "US", bytes: [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)])
  }

  /// Adds an element of any bytes, likewise; a byte 0 is added to an odd number of them.
  mutating func add(_ tag: DICOMTag, _ kind: String, bytes: [UInt8]) {
    let element = Self.element(tag, kind, bytes + (bytes.count % 2 == 0 ? [] : [0]))
    if tag.group == 2 { header += element } else { body += element }
  }

  /// The file: 128 zeros, `DICM`, the header with its length, and the elements.
  var data: Data {
    let length = Self.element(
      DICOMTag(rawValue: 0x0002_0000), "UL", Self.bytes(UInt32(header.count), count: 4))
    return Data([UInt8](repeating: 0, count: 128) + Array("DICM".utf8) + length + header + body)
  }

  private static func element(_ tag: DICOMTag, _ kind: String, _ value: [UInt8]) -> [UInt8] {
    let name = bytes(tag.group, count: 2) + bytes(tag.rawValue, count: 2) + Array(kind.utf8)
    // The kinds of long values have two bytes of nothing before a length of four.
    let isLong = kind == "OB" || kind == "OW"
    let length = bytes(UInt32(value.count), count: isLong ? 4 : 2)
    return name + (isLong ? [0, 0] : []) + length + value
  }

  /// Returns the lowest bytes of a number, the lowest first.
  private static func bytes(_ number: UInt32, count: UInt32) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}
