import Files
import Foundation

extension RunConfiguration {
  /// Reads a `config.json`; throws `FileError`, or `RunFolderError` that names the key.
  public init(contentsOf path: String) throws {
    let bytes = try FileReader(path: path).readAll(atMost: RunConfiguration.maximumBytes)
    do {
      // Foundation's reader does not say where a text breaks off, that a key stands twice, or
      // which number is too large.
      try RunConfiguration.checkNumbers(in: StrictJSON(parsing: bytes), path: path)
      self = try JSONDecoder().decode(RunConfiguration.self, from: Data(bytes))
      try checkRanges(path: path)
    } catch let error as StrictJSONError {
      throw RunConfiguration.failure(path, "the whole file: \(error)")
    } catch let error as DecodingError {
      throw RunConfiguration.failure(path, RunConfiguration.words(for: error))
    }
  }

  /// More than any run's settings take, were its classes the names of all folders.
  private static let maximumBytes = 16_000_000

  /// Writes a `config.json`, keys sorted, whole or not at all; throws `FileError`.
  public func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write(Array(try encoder.encode(self)) + [UInt8(ascii: "\n")], to: path)
  }

  /// Refuses settings that no run can have: a file may have been edited by hand.
  private func checkRanges(path: String) throws {
    let positive = [
      "batch": batch, "epochs": epochs, "nz": nz, "ngf": ngf, "ndf": ndf, "threads": threads,
      "checkpoint_every": checkpointEvery, "keep": keep, "steps": steps ?? 1, "limit": limit ?? 1,
    ]
    let maximum = CheckpointShapes.maximumWidth
    let wrong =
      positive.sorted { $0.key < $1.key }.first { $0.value < 1 }
      ?? ["nz": nz, "ngf": ngf, "ndf": ndf].sorted { $0.key < $1.key }
      .first { $0.value > maximum }
      ?? (CheckpointShapes.sizes.contains(size) ? nil : ("size", size))
      ?? ([1, 3].contains(channels) ? nil : ("channels", channels))
    if let wrong {
      throw Self.failure(path, "the key \(quoted(wrong.key)): no run can have \(wrong.value)")
    }
    guard learningRate > 0, learningRate.isFinite, (0..<1).contains(beta1) else {
      throw Self.failure(
        path, "the keys \"lr\" and \"beta1\": no run can have \(learningRate) and \(beta1)")
    }
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
