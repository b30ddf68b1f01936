/// What the text at the start of a PBM, PGM or PPM file says, and the numbers behind it: netpbm's
/// formats P1 to P6.
struct NetpbmHeader: Sendable {
  /// What is wrong with a file.
  struct Problem: Error {
    /// What was expected and what was found.
    let reason: String
  }

  /// The number in the file's first two letters: bits, greys or colours as text (1 to 3) or packed (4
  /// to 6).
  let kind: Int
  /// The pixels of a row.
  let width: Int
  /// The rows.
  let height: Int
  /// The largest sample that is allowed.
  let maximum: Int
  /// Where the samples begin.
  let start: Int

  /// Whether the samples are written as text.
  var isText: Bool { kind <= 3 }
  /// Whether a pixel is a bit, black where that is set.
  var isBits: Bool { kind == 1 || kind == 4 }
  /// The samples of a pixel.
  var channels: Int { kind == 3 || kind == 6 ? 3 : 1 }
  /// The samples of the image.
  var count: Int { width * height * channels }

  /// The fewest bytes that the samples can take.
  var leastBytes: Int {
    switch kind {
    case 1: count
    case 2, 3: 2 * count - 1
    case 4: (width + 7) / 8 * height
    default: maximum < 256 ? count : 2 * count
    }
  }

  /// Returns whether a file begins as these do.
  static func isFound(in head: [UInt8]) -> Bool {
    guard head.count > 3, head[0] == UInt8(ascii: "P"), (0x31...0x36).contains(head[1]),
      NetpbmText.isSpace(head[2]),
      let next = head.dropFirst(2).first(where: { !NetpbmText.isSpace($0) })
    else { return false }
    return next == UInt8(ascii: "#") || NetpbmText.digit(next) != nil
  }

  /// Reads the text; `bytes` begin with the format's letters.
  init(_ bytes: UnsafeBufferPointer<UInt8>) throws(Problem) {
    var text = NetpbmText(bytes, at: 2)
    kind = Int(bytes[1]) - 0x30
    width = try text.number("a width", in: 1...Int(Int32.max))
    height = try text.number("a height", in: 1...Int(Int32.max))
    maximum = kind == 1 || kind == 4 ? 1 : try text.number("a largest sample", in: 1...65_535)
    // One blank ends the text before packed samples, whatever their bytes are.
    if kind > 3 { try text.skipBlank() }
    start = text.place
  }
}

/// The numbers and comments of a text.
struct NetpbmText {
  private let bytes: UnsafeBufferPointer<UInt8>
  /// Where the rest begins.
  private(set) var place: Int

  /// Starts at a place.
  init(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) {
    self.bytes = bytes
    self.place = place
  }

  /// Returns whether a byte stands between numbers.
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// Returns the value of a digit.
  static func digit(_ byte: UInt8) -> Int? {
    (0x30...0x39).contains(byte) ? Int(byte) - 0x30 : nil
  }

  /// Reads a number behind blanks and comments.
  mutating func number(
    _ name: String, in range: ClosedRange<Int>
  ) throws(NetpbmHeader.Problem) -> Int {
    skipBlanks()
    let first = place
    var value = 0
    while place < bytes.count, let digit = Self.digit(bytes[place]), value <= range.upperBound {
      value = 10 * value + digit
      place += 1
    }
    guard place > first, range.contains(value) else {
      throw NetpbmHeader.Problem(
        reason:
          "\(name) from \(range.lowerBound) to \(range.upperBound) is missing at byte \(first)")
    }
    return value
  }

  /// Reads a digit 0 or 1, which need not be followed by a blank.
  mutating func bit() throws(NetpbmHeader.Problem) -> Int {
    skipBlanks()
    guard place < bytes.count, let digit = Self.digit(bytes[place]), digit <= 1 else {
      throw NetpbmHeader.Problem(reason: "a bit, 0 or 1, is missing at byte \(place)")
    }
    place += 1
    return digit
  }

  /// Passes the one blank that must be here.
  mutating func skipBlank() throws(NetpbmHeader.Problem) {
    guard place < bytes.count, Self.isSpace(bytes[place]) else {
      throw NetpbmHeader.Problem(reason: "a blank is missing before the samples")
    }
    place += 1
  }

  private mutating func skipBlanks() {
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "#") {
        while place < bytes.count, bytes[place] != 0x0A, bytes[place] != 0x0D { place += 1 }
      } else if Self.isSpace(bytes[place]) {
        place += 1
      } else {
        return
      }
    }
  }
}
