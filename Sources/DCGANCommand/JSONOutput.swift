import Foundation

extension Console {
  /// Writes a result as one line of JSON with sorted keys; a number that is not finite is null in
  /// JSON, so optional properties must stand for those.
  ///
  /// - Throws: `OutputError`, and `EncodingError` for a number that is not finite.
  package func printJSON(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    try print(String(decoding: encoder.encode(value), as: UTF8.self))
  }
}
