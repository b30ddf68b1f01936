/// Bytes at one place of a file that tell its format alone.
package struct FileSignature<Format: Sendable>: Sendable {
  /// The format.
  package let format: Format
  private let bytes: [UInt8]
  private let place: Int

  /// Makes a signature of bytes that stand at `place`.
  package init(_ format: Format, _ bytes: [UInt8], at place: Int = 0) {
    (self.format, self.bytes, self.place) = (format, bytes, place)
  }

  /// Makes a signature of a text that stands at `place`.
  package init(_ format: Format, _ text: String, at place: Int = 0) {
    self.init(format, Array(text.utf8), at: place)
  }

  /// Returns whether a file that begins with `head` has the bytes.
  package func isFound(in head: [UInt8]) -> Bool { head.dropFirst(place).starts(with: bytes) }
}
