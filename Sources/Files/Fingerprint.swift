/// Sums bytes up to 64 bits by FNV-1a (Fowler, Noll and Vo; RFC 9923): it tells different contents
/// apart, and is no protection against forgery.
package struct Fingerprint: Sendable {
  private var hash: UInt64 = 0xcbf2_9ce4_8422_2325

  /// Starts with no bytes.
  package init() {}

  /// Adds bytes; the order counts.
  package mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
  }

  /// Writes the sum in sixteen hexadecimal digits.
  package var digits: String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
