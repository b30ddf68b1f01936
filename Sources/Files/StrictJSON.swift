import Support

/// A JSON text as it was written: members in order, numbers as their digits.
///
/// Foundation's reader takes the last of two equal keys without a word and turns numbers into
/// doubles; the header of a tensor file needs both seen.
package enum StrictJSON: Equatable, Sendable {
  case null
  case bool(Bool)
  /// A number's own characters, such as `-1.5e3`.
  case number(String)
  case string(String)
  case array([StrictJSON])
  case object([Member])

  /// Pairs a key of an object with its value.
  package struct Member: Equatable, Sendable {
    /// The key, unescaped.
    package let key: String
    /// The value.
    package let value: StrictJSON

    /// Makes a member.
    package init(_ key: String, _ value: StrictJSON) {
      self.key = key
      self.value = value
    }
  }

  /// Reads a JSON text (RFC 8259) that fills `bytes` but for white space around it.
  ///
  /// Throws `StrictJSONError` at the first byte that is out of place; so are a key that an object
  /// has already, a lone surrogate, invalid UTF-8, and nesting deeper than 32.
  package init(parsing bytes: [UInt8]) throws {
    var parser = StrictJSONParser(bytes)
    self = try parser.parse()
  }

  /// Returns the whole number from 0 to `Int.max` that this is, else nil; `1.0` and `1e2` are none.
  package var wholeNumber: Int? {
    guard case .number(let digits) = self, digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    return Int(digits)
  }

  /// Describes the value for an error message, such as `the string "F16"`, in at most one line.
  package var summary: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let digits): String(digits.prefix(40))
    case .string(let text): "the string \(quoted(text))"
    case .array(let elements):
      elements.count <= 8 && elements.allSatisfy(\.isNumber)
        ? "[\(elements.map(\.summary).joined(separator: ", "))]"
        : "an array of \(elements.count)"
    case .object(let members): "an object of \(members.count)"
    }
  }

  private var isNumber: Bool {
    if case .number = self { true } else { false }
  }
}

/// Where a JSON text breaks the grammar.
package struct StrictJSONError: Error, CustomStringConvertible, Equatable {
  /// The offending byte's distance from the start of the text.
  package let offset: Int
  /// What the grammar allows there.
  package let expected: String
  /// What stands there.
  package let found: String

  /// Prints one line: `expected ":", found "," at byte 12`.
  package var description: String { "expected \(expected), found \(found) at byte \(offset)" }
}
