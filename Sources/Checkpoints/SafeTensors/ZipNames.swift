/// The names of files in a zip archive, as far as a look at its two ends shows them: enough to tell what
/// wrote it, also where a download was cut off.
package struct ZipNames {
  /// What an archive begins with: the header of its first file.
  static let signature: [UInt8] = Array("PK\u{3}\u{4}".utf8)
  /// What the directory at the archive's end has before each file.
  private static let entrySignature: [UInt8] = Array("PK\u{1}\u{2}".utf8)
  /// Bytes at either end that are looked at.
  private static let lookedAt = 1 << 18
  /// The most names that are read: nothing that is told apart needs more.
  private static let mostNames = 1000

  /// The names.
  package let names: [String]

  /// Looks at an archive of `size` bytes; throws what `read` throws.
  package init(size: Int, read: (Int, UnsafeMutableRawBufferPointer) throws -> Void) throws {
    let count = min(size, Self.lookedAt)
    let head = try [UInt8](count: min(count, 1 << 16)) { try read(0, $0) }
    let tail = try [UInt8](count: count) { try read(size - count, $0) }
    let first = Self.name(in: head, at: 0, length: 26, text: 30)?.text
    let others = Self.entries(of: tail)
    names = Array(([first].compactMap { $0 } + others).prefix(Self.mostNames))
  }

  /// Reads the names in a directory, each behind the one before: a file may be made so that signatures
  /// lie within names, which would be read again and again.
  private static func entries(of tail: [UInt8]) -> [String] {
    var names: [String] = []
    var place = 0
    while names.count < mostNames, place < tail.count {
      guard tail[place...].starts(with: entrySignature),
        let name = name(in: tail, at: place, length: 28, text: 46)
      else {
        place += 1
        continue
      }
      names.append(name.text)
      place = name.end
    }
    return names
  }

  /// Reads the name in the header at `start`, whose length and text are so many bytes behind that, and
  /// says where it ends.
  private static func name(
    in bytes: [UInt8], at start: Int, length: Int, text: Int
  ) -> (text: String, end: Int)? {
    guard bytes.count >= start + text else { return nil }
    let count = Int(bytes[start + length]) | Int(bytes[start + length + 1]) << 8
    let begin = start + text
    guard count > 0, bytes.count >= begin + count else { return nil }
    return (String(decoding: bytes[begin..<begin + count], as: UTF8.self), begin + count)
  }
}
