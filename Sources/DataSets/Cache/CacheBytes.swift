import Files
import Foundation

/// The numbers of a cache's file, written lowest byte first.
extension [UInt8] {
  /// Appends a number.
  mutating func append(number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }

  /// Appends a text with its length.
  mutating func append(text: String) {
    append(number: UInt32(text.utf8.count))
    append(contentsOf: text.utf8)
  }

  /// Appends the checksum of everything before it.
  mutating func appendChecksum() {
    append(number: withUnsafeBytes { Checksum(of: $0) }.value)
  }

  /// Whether the last four bytes are the checksum of those before them.
  var endsInChecksum: Bool {
    guard count >= 4 else { return false }
    var sum = [UInt8]()
    sum.append(number: self[..<(count - 4)].withUnsafeBytes { Checksum(of: $0) }.value)
    return self[(count - 4)...].elementsEqual(sum)
  }
}

/// A place in the bytes of a cache's file from which numbers are read, up to where they end.
struct CacheCursor {
  /// The bytes end before what they should hold, or hold what cannot be.
  struct Damage: Error {}

  private let bytes: [UInt8]
  private var place: Int

  /// Begins at a place.
  init(_ bytes: [UInt8], at place: Int = 0) { (self.bytes, self.place) = (bytes, place) }

  /// Whether all bytes are read.
  var isAtEnd: Bool { place == bytes.count }

  /// Reads a number; throws `Damage` where the bytes end first.
  mutating func number<Number: FixedWidthInteger>(_: Number.Type) throws(Damage) -> Number {
    let size = MemoryLayout<Number>.size
    guard bytes.count - place >= size else { throw Damage() }
    var number: Number = 0
    withUnsafeMutableBytes(of: &number) { $0.copyBytes(from: bytes[place..<place + size]) }
    place += size
    return Number(littleEndian: number)
  }

  /// Reads a text; throws `Damage` where the bytes end first, or are no text.
  mutating func text() throws(Damage) -> String {
    let count = Int(try number(UInt32.self))
    guard bytes.count - place >= count,
      let text = String(validating: bytes[place..<place + count], as: UTF8.self)
    else { throw Damage() }
    place += count
    return text
  }
}
