import Foundation

/// Writes results as JSON.
package enum JSONText {
  /// Returns one line of JSON with sorted keys in snake case; a number that is not finite is null in
  /// JSON, so optional properties must stand for those.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  package static func line(of value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}

extension Console {
  /// Writes a result as one line of JSON, as `JSONText` does.
  ///
  /// - Throws: `OutputError`, and `EncodingError` for a number that is not finite.
  package func printJSON(_ value: some Encodable) throws {
    try print(JSONText.line(of: value))
  }
}
