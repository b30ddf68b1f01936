import Files

/// What is found out at the end of an epoch: a line of `epochs.jsonl`.
public struct EpochMetrics: Equatable, Sendable {
  /// The epoch, counted from 1.
  public var epoch: Int
  /// Steps done by its end.
  public var step: Int
  /// How much the images of the progress sheet differ from one another, in parts of how much real
  /// ones do (see `Diversity`); nil where the real ones are all the same.
  public var diversity: Double?

  /// Makes an epoch's numbers.
  public init(epoch: Int, step: Int, diversity: Double?) {
    self.epoch = epoch
    self.step = step
    self.diversity = diversity
  }

  /// Prints one JSON object on one line, with its line break.
  package var line: String {
    let number = diversity.map { "\($0)" } ?? "null"
    return "{\"epoch\":\(epoch),\"step\":\(step),\"diversity\":\(number)}\n"
  }

  /// Reads a line's bytes, without the line break; members of other names are ignored.
  ///
  /// Throws `StrictJSONError` for broken JSON and `MetricsFieldError` for a missing or wrong member.
  package init(parsing line: [UInt8]) throws {
    guard case .object(let members) = try StrictJSON(parsing: line) else {
      throw MetricsFieldError(field: "line", expected: "a JSON object")
    }
    func value(_ name: String) -> StrictJSON? { members.first { $0.key == name }?.value }
    func counter(_ name: String) throws -> Int {
      guard let number = value(name)?.wholeNumber else {
        throw MetricsFieldError(field: name, expected: "a whole number")
      }
      return number
    }
    switch value("diversity") {
    case .number(let digits): diversity = Double(digits)
    case .null: diversity = nil
    default: throw MetricsFieldError(field: "diversity", expected: "a number or null")
    }
    epoch = try counter("epoch")
    step = try counter("step")
  }
}
