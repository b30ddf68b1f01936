import Foundation

extension RunConfiguration {
  /// Reads a `config.json`; throws `FileError`, or `RunFolderError` that names the key.
  public init(contentsOf path: String) throws {
    let bytes = try FileReader(path: path).readAll()
    do {
      // Foundation's reader does not say where a text breaks off, that a key stands twice, or
      // which number is too large.
      try RunConfiguration.checkNumbers(in: StrictJSON(parsing: bytes), path: path)
      self = try JSONDecoder().decode(RunConfiguration.self, from: Data(bytes))
    } catch let error as StrictJSONError {
      throw RunConfiguration.failure(path, "the whole file: \(error)")
    } catch let error as DecodingError {
      throw RunConfiguration.failure(path, RunConfiguration.words(for: error))
    }
  }

  /// Writes a `config.json`, keys sorted, whole or not at all; throws `FileError`.
  public func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write(Array(try encoder.encode(self)) + [UInt8(ascii: "\n")], to: path)
  }

  /// Refuses a whole number that no key can hold.
  private static func checkNumbers(in json: StrictJSON, path: String) throws {
    guard case .object(let members) = json else { return }
    for member in members {
      guard case .number(let digits) = member.value, digits.allSatisfy(\.isNumber),
        UInt64(digits) == nil
      else { continue }
      throw failure(
        path,
        "the key \(quoted(member.key)): expected at most \(UInt64.max), "
          + "found \(member.value.summary)")
    }
  }

  private static func failure(_ path: String, _ problem: String) -> RunFolderError {
    RunFolderError(
      path: path, problem: problem, advice: "correct the file, or start anew with another --run")
  }

  private static func words(for error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, _):
      return "the key \(quoted(key.stringValue)) is missing"
    case .typeMismatch(let type, let context):
      return "\(place(context)): expected \(name(of: type)), found another type"
    case .valueNotFound(let type, let context):
      return "\(place(context)): expected \(name(of: type)), found null"
    case .dataCorrupted(let context):
      return "\(place(context)): \(context.debugDescription)"
    @unknown default:
      return "the file cannot be understood: \(error.localizedDescription)"
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    guard let key = context.codingPath.first else { return "the whole file" }
    return "the key \(quoted(key.stringValue))"
  }

  private static func name(of type: Any.Type) -> String {
    switch type {
    case is String.Type: "a string"
    case is Bool.Type: "true or false"
    case is any FixedWidthInteger.Type: "a whole number"
    case is any BinaryFloatingPoint.Type: "a number"
    case is any Sequence.Type: "an array"
    default: "an object"
    }
  }
}
