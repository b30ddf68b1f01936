import Foundation
import Support

/// Writes results as JSON.
package enum JSONText {
  /// Returns one line of JSON with sorted keys in snake case; a number that is not finite is null in
  /// JSON, so optional properties must stand for those.
  ///
  /// What is invisible or turns the direction of writing is escaped too, not only what JSON demands:
  /// the line may be read on a terminal.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  package static func line(of value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return escaped(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  /// Writes what is invisible in a text of JSON as `\uXXXX`; outside its strings there is none.
  private static func escaped(_ json: String) -> String {
    json.unicodeScalars.map { scalar in
      isInvisible(scalar)
        ? String(scalar).utf16.map { String(format: "\\u%04x", $0) }.joined() : String(scalar)
    }.joined()
  }
}

extension Console {
  /// Writes a result as one line of JSON, as `JSONText` does.
  ///
  /// - Throws: `OutputError`, and `EncodingError` for a number that is not finite.
  package func printJSON(_ value: some Encodable) throws {
    try writeOutput(JSONText.line(of: value) + "\n")
  }
}
