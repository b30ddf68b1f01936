import Support

/// Reads JSON by recursive descent, one method a production of the grammar.
struct StrictJSONParser {
  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0
  private let maximumDepth = 32

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Reads the one value that the text holds.
  mutating func parse() throws -> StrictJSON {
    let value = try value()
    if position < bytes.count { throw failure("the end of the text") }
    return value
  }

  /// Reads a value and the white space on both sides of it.
  private mutating func value() throws -> StrictJSON {
    skipSpace()
    defer { skipSpace() }
    guard let byte = current else { throw failure("a JSON value") }
    switch byte {
    case UInt8(ascii: "{"): return try nested { try $0.object() }
    case UInt8(ascii: "["): return try nested { try $0.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw failure("a JSON value")
    }
  }

  /// Runs `body` one level deeper.
  private mutating func nested(_ body: (inout Self) throws -> StrictJSON) throws -> StrictJSON {
    guard depth < maximumDepth else { throw failure("at most \(maximumDepth) nested levels") }
    depth += 1
    defer { depth -= 1 }
    return try body(&self)
  }

  private mutating func object() throws -> StrictJSON {
    position += 1
    var members: [StrictJSON.Member] = []
    var keys: Set<String> = []
    skipSpace()
    if take("}") { return .object([]) }
    repeat {
      skipSpace()
      let start = position
      guard current == UInt8(ascii: "\"") else { throw failure("a key in quotes") }
      let key = try string()
      guard keys.insert(key).inserted else {
        throw StrictJSONError(
          offset: start, expected: "every key once", found: "\(quoted(key)) a second time")
      }
      skipSpace()
      guard take(":") else { throw failure("\":\"") }
      members.append(StrictJSON.Member(key, try value()))
    } while take(",")
    guard take("}") else { throw failure("\",\" or \"}\"") }
    return .object(members)
  }

  private mutating func array() throws -> StrictJSON {
    position += 1
    var elements: [StrictJSON] = []
    skipSpace()
    if take("]") { return .array([]) }
    repeat { elements.append(try value()) } while take(",")
    guard take("]") else { throw failure("\",\" or \"]\"") }
    return .array(elements)
  }

  private mutating func literal(_ text: StaticString, _ value: StrictJSON) throws -> StrictJSON {
    let start = position
    for byte in "\(text)".utf8 {
      guard current == byte else { throw failure("\"\(text)\"", at: start) }
      position += 1
    }
    return value
  }

  private mutating func number() throws -> StrictJSON {
    let start = position
    _ = take("-")
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
    return .number(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func digits() throws {
    let start = position
    while let byte = current, (48...57).contains(byte) { position += 1 }
    if position == start { throw failure("a digit") }
  }

  /// Reads a string from its opening quote past its closing one.
  private mutating func string() throws -> String {
    let start = position
    position += 1
    var content: [UInt8] = []
    while let byte = current, byte != UInt8(ascii: "\"") {
      if byte < 0x20 { throw failure("no bare control character in a string") }
      position += 1
      if byte == UInt8(ascii: "\\") {
        content += Array(String(try escape()).utf8)
      } else {
        content.append(byte)
      }
    }
    guard take("\"") else { throw failure("a closing quote") }
    guard let text = String(validating: content, as: UTF8.self) else {
      throw StrictJSONError(offset: start, expected: "a string in UTF-8", found: "other bytes")
    }
    return text
  }

  /// Reads what follows a backslash.
  private mutating func escape() throws -> Character {
    let start = position - 1
    guard let byte = current else { throw failure("an escape") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      return Character(UnicodeScalar(byte))
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return Character(try unicodeEscape(from: start))
    default:
      position -= 1
      throw failure("one of \"\\/bfnrtu after a backslash")
    }
  }

  /// Reads four hexadecimal digits, and a second escape where they are half of a pair.
  private mutating func unicodeEscape(from start: Int) throws -> UnicodeScalar {
    let first = try hexadecimal()
    if let scalar = UnicodeScalar(first) { return scalar }
    if first < 0xDC00 && take("\\") && take("u") {
      let second = try hexadecimal()
      if (0xDC00...0xDFFF).contains(second) {
        let joined = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)
        if let scalar = UnicodeScalar(joined) { return scalar }
      }
    }
    throw StrictJSONError(
      offset: start, expected: "surrogates in pairs", found: "one on its own")
  }

  private mutating func hexadecimal() throws -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = current, let digit = Character(UnicodeScalar(byte)).hexDigitValue else {
        throw failure("four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Steps over `symbol` where it is next, and says whether it was.
  private mutating func take(_ symbol: UnicodeScalar) -> Bool {
    guard let byte = current, UInt32(byte) == symbol.value else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || (0x9...0xA).contains(byte) || byte == 0xD {
      position += 1
    }
  }

  private func failure(_ expected: String, at offset: Int? = nil) -> StrictJSONError {
    let offset = offset ?? position
    let found: String
    if offset >= bytes.count {
      found = "the end of the text"
    } else if (0x21...0x7E).contains(bytes[offset]) {
      found = "'\(Character(UnicodeScalar(bytes[offset])))'"
    } else {
      found = "the byte \(bytes[offset])"
    }
    return StrictJSONError(offset: offset, expected: expected, found: found)
  }
}
