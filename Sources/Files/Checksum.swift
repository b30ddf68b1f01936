import CZLib

/// Sums bytes up into a number that is another one after any change of a bit, of two or three bits,
/// or of up to 32 bits in a row, and after any other change but for one in four billion.
///
/// CRC-32 as of zlib, gzip and PNG: the remainder modulo the polynomial 0x04C11DB7, bits reflected,
/// begun with ones and inverted at the end. It tells of damage; it is no protection against forgery.
package struct Checksum: Equatable, Sendable {
  /// The remainder so far.
  package private(set) var value: UInt32 = 0

  /// Begins with no bytes, whose sum is 0.
  package init() {}

  /// Sums up `bytes`.
  package init(of bytes: UnsafeRawBufferPointer) { add(bytes) }

  /// Adds the bytes that follow; the sum does not depend on where the pieces were cut.
  package mutating func add(_ bytes: UnsafeRawBufferPointer) {
    // Without an address zlib answers with the initial value instead.
    guard let base = bytes.baseAddress else { return }
    value = UInt32(
      crc32_z(uLong(value), base.assumingMemoryBound(to: Bytef.self), bytes.count))
  }

  /// Prints eight hexadecimal digits, as `cbf43926` for the bytes of `123456789`.
  package var digits: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
