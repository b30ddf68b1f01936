import Foundation

extension AtomicFile {
  /// Writes `value` as the JSON file at `path`, for people to read as well: a member on each line,
  /// sorted, names in `snake_case`.
  ///
  /// Throws `FileError`, and `EncodingError` for a number that is not finite.
  package static func writeJSON(_ value: some Encodable, to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    try write(Array(try encoder.encode(value)) + [UInt8(ascii: "\n")], to: path)
  }
}
