import Files
import Testing

@Suite struct StrictJSONTests {
  private func parse(_ text: String) throws -> StrictJSON {
    try StrictJSON(parsing: Array(text.utf8))
  }

  @Test func keepsOrderAndDigits() throws {
    let json = try parse(" {\"b\" : [1, -2.50e+3,0] ,\n\t\"a\":{ },\"c\":[ ] , \"d\":null}\r\n")
    #expect(
      json
        == .object([
          .init("b", .array([.number("1"), .number("-2.50e+3"), .number("0")])),
          .init("a", .object([])), .init("c", .array([])), .init("d", .null),
        ]))
    #expect(try parse("[true,false]") == .array([.bool(true), .bool(false)]))
  }

  @Test(arguments: [
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
    (#""\u0041\u00e9\u20AC""#, "Aé€"),
    (#""\ud83d\uDE00""#, "\u{1F600}"),
    (#""\uDBFF\uDFFF""#, "\u{10FFFF}"),
    (#""\ud800\udc00""#, "\u{10000}"),
    (#""\u0000""#, "\0"),
    ("\"é€\u{1F600}\u{7F}\"", "é€\u{1F600}\u{7F}"),
    ("\"\"", ""),
  ])
  func readsStrings(_ text: String, _ expected: String) throws {
    let json = try parse(text)
    #expect(json == .string(expected))
    guard case .string(let found) = json else { return }
    #expect(Array(found.unicodeScalars) == Array(expected.unicodeScalars))
    #expect(try parse(jsonString(expected)) == .string(expected))
  }

  @Test(arguments: [
    ("", "a JSON value", "the end of the text", 0),
    ("1 2", "the end of the text", "'2'", 2),
    ("tru", "\"true\"", "'t'", 0),
    ("nul", "\"null\"", "'n'", 0),
    ("TRUE", "a JSON value", "'T'", 0),
    ("NaN", "a JSON value", "'N'", 0),
    ("+1", "a JSON value", "'+'", 0),
    ("01", "the end of the text", "'1'", 1),
    ("-", "a digit", "the end of the text", 1),
    (".5", "a JSON value", "'.'", 0),
    ("1.", "a digit", "the end of the text", 2),
    ("1e+", "a digit", "the end of the text", 3),
    ("[1,]", "a JSON value", "']'", 3),
    ("[1 2]", "\",\" or \"]\"", "'2'", 3),
    ("[", "a JSON value", "the end of the text", 1),
    ("{\"a\":1,}", "a key in quotes", "'}'", 7),
    ("{a:1}", "a key in quotes", "'a'", 1),
    ("{\"a\" 1}", "\":\"", "'1'", 5),
    ("{\"a\":1", "\",\" or \"}\"", "the end of the text", 6),
    ("{\"a\":1,\"b\":2,\"\\u0061\":3}", "every key once", "'a' a second time", 13),
    ("\"a", "a closing quote", "the end of the text", 2),
    ("\"a\nb\"", "no bare control character in a string", "the byte 10", 2),
    ("\"\\x\"", "one of \"\\/bfnrtu after a backslash", "'x'", 2),
    ("\"\\", "an escape", "the end of the text", 2),
    ("\"\\u12g4\"", "four hexadecimal digits", "'g'", 5),
    ("\"\\ud83d\"", "surrogates in pairs", "one on its own", 1),
    ("\"\\ud83d\\n\"", "surrogates in pairs", "one on its own", 1),
    ("\"\\ud83d\\u0041\"", "surrogates in pairs", "one on its own", 1),
    ("\"\\udE00\\ud83d\"", "surrogates in pairs", "one on its own", 1),
    ("\u{FEFF}1", "a JSON value", "the byte 239", 0),
  ])
  func saysWhereTheGrammarBreaks(
    _ text: String, _ expected: String, _ found: String, _ offset: Int
  ) throws {
    let error = #expect(throws: StrictJSONError.self) { try parse(text) }
    #expect(error?.expected == expected)
    #expect(error?.found == found)
    #expect(error?.offset == offset)
  }

  @Test func limitsTheDepth() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    _ = try parse(nested(32))
    #expect(throws: StrictJSONError.self) { try parse(nested(33)) }
    #expect(throws: StrictJSONError.self) {
      try parse(String(repeating: "{\"a\":[", count: 100_000))
    }
    // Only depth counts, not how many there are side by side.
    _ = try parse("[" + Array(repeating: "[]", count: 100).joined(separator: ",") + "]")
  }

  @Test(
    arguments: [
      ("0", 0), ("9223372036854775807", Int.max), ("9223372036854775808", nil), ("-0", nil),
      ("1.0", nil), ("1e2", nil), ("\"1\"", nil), ("null", nil),
    ] as [(String, Int?)])
  func takesOnlyWholeNumbers(_ text: String, _ expected: Int?) throws {
    #expect(try parse(text).wholeNumber == expected)
  }
}
