import Foundation

/// Writes DICOM files for tests, element by element, in explicit little endian.
public struct DICOMWriter {
  /// An element by group and number, as `0x0010_0020`, with the two letters of its kind and its value.
  public typealias Element = (tag: UInt32, kind: String, value: [UInt8])

  private var elements: [Element] = []

  /// Begins a file with a grey picture of `side` x `side` pixels of 8 bits; `level` gives each its own, by
  /// column and row.
  public init(side: Int, level: (_ column: Int, _ row: Int) -> UInt8) {
    let pixels = (0..<side * side).map { level($0 % side, $0 / side) }
    for (tag, number) in [
      (0x0028_0002, 1), (0x0028_0010, side), (0x0028_0011, side), (0x0028_0100, 8),
      (0x0028_0101, 8), (0x0028_0102, 7), (0x0028_0103, 0),
    ] {
      elements.append((UInt32(tag), "US", [UInt8(number % 256), UInt8(number / 256)]))
    }
    set(0x0028_0004, "CS", "MONOCHROME2")
    elements.append((0x7FE0_0010, "OW", pixels))
  }

  /// Sets an element to a text, or to none.
  public mutating func set(_ tag: UInt32, _ kind: String, _ text: String) {
    set(tag, kind, Array(text.utf8) + (text.utf8.count % 2 == 0 ? [] : [kind == "UI" ? 0 : 32]))
  }

  /// Sets an element to bytes, of an even number.
  public mutating func set(_ tag: UInt32, _ kind: String, _ value: [UInt8]) {
    elements.removeAll { $0.tag == tag }
    elements.append((tag, kind, value))
  }

  /// Sets an element to a sequence of one item.
  public mutating func set(_ tag: UInt32, item: [Element]) {
    let content = item.sorted { $0.tag < $1.tag }.flatMap(Self.bytes)
    set(tag, "SQ", [0xFE, 0xFF, 0x00, 0xE0] + Self.bytes(UInt32(content.count)) + content)
  }

  /// The file: a preamble, the header and the elements in order.
  public var data: Data {
    let sorted = elements.sorted { $0.tag < $1.tag }
    let syntax: Element = (0x0002_0010, "UI", Array("1.2.840.10008.1.2.1\0".utf8))
    let header = (sorted.filter { $0.tag >> 16 == 2 } + [syntax]).flatMap(Self.bytes)
    let length: Element = (0x0002_0000, "UL", Self.bytes(UInt32(header.count)))
    return Data(
      [UInt8](repeating: 0, count: 128) + Array("DICM".utf8) + Self.bytes(length) + header
        + sorted.filter { $0.tag >> 16 != 2 }.flatMap(Self.bytes))
  }

  private static func bytes(_ element: Element) -> [UInt8] {
    let tag = bytes(element.tag >> 16 | element.tag << 16)
    let length = bytes(UInt32(element.value.count))
    let isLong = ["OB", "OW", "SQ", "UN", "UT", "UC", "UR", "OF"].contains(element.kind)
    return tag + Array(element.kind.utf8) + (isLong ? [0, 0] + length : Array(length[..<2]))
      + element.value
  }

  private static func bytes(_ number: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}
