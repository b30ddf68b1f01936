import Files

/// A unique identifier made of the digest of a text, so that the same text gives the same one anywhere.
struct DICOMIdentifier: Equatable {
  /// The identifier: `2.25.` and the digits of a UUID, as PS3.5 B.2 has it; 44 characters at most.
  let text: String

  /// Makes the UUID of the first 16 bytes of the SHA-256 of the parts, one after the other; of version 8,
  /// which RFC 9562 leaves to whoever makes it.
  init(of parts: [UInt8]...) {
    var bytes = Array(SHA256.digest(of: parts.joined()).prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    text = "2.25." + Self.decimal(bytes)
  }

  /// Writes a number, its highest byte first, in decimal digits.
  static func decimal(_ bytes: [UInt8]) -> String {
    var rest = bytes
    var digits: [Character] = []
    repeat {
      var remainder = 0
      for place in rest.indices {
        let value = remainder << 8 | Int(rest[place])
        rest[place] = UInt8(value / 10)
        remainder = value % 10
      }
      digits.append(Character("\(remainder)"))
    } while rest.contains { $0 != 0 }
    return String(digits.reversed())
  }
}
