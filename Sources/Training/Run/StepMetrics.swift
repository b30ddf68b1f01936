import Files

/// The numbers of one training step: a line of `metrics.jsonl`.
public struct StepMetrics: Equatable, Sendable {
  /// The step, counted from 1 over the whole run.
  public var step: Int
  /// The epoch, counted from 1.
  public var epoch: Int
  /// The discriminator's loss on the real and the fake batch, added.
  public var lossD: Float
  /// The generator's loss.
  public var lossG: Float
  /// The mean of D(x).
  public var realScore: Float
  /// The mean of D(G(z)) before the discriminator's update.
  public var fakeScore: Float
  /// The mean of D(G(z)) after the discriminator's update.
  public var updatedFakeScore: Float
  /// The speed of this step.
  public var imagesPerSecond: Float
  /// The probability with which an image was altered; nil where it was not adapted.
  public var augmentationProbability: Float?

  /// Makes a step's numbers.
  public init(
    step: Int, epoch: Int, lossD: Float, lossG: Float, realScore: Float, fakeScore: Float,
    updatedFakeScore: Float,
    imagesPerSecond: Float
  ) {
    self.step = step
    self.epoch = epoch
    self.lossD = lossD
    self.lossG = lossG
    self.realScore = realScore
    self.fakeScore = fakeScore
    self.updatedFakeScore = updatedFakeScore
    self.imagesPerSecond = imagesPerSecond
  }

  /// Prints one JSON object on one line, with its line break.
  ///
  /// Numbers are the shortest that read back as the same `Float`; JSON has no NaN and no infinity,
  /// so those become null.
  package var line: String {
    let numbers = StepMetrics.fields.map { name, field in
      let value = self[keyPath: field]
      return "\"\(name)\":\(value.isFinite ? "\(value)" : "null")"
    }
    let probability = augmentationProbability.map { ",\"\(Self.probabilityKey)\":\($0)" } ?? ""
    return
      "{\"step\":\(step),\"epoch\":\(epoch),\(numbers.joined(separator: ","))\(probability)}\n"
  }

  /// Reads a line's bytes, with or without the line break; null becomes NaN.
  ///
  /// Throws `StrictJSONError` for broken JSON and `MetricsFieldError` for a missing or wrong member;
  /// members of other names are ignored.
  package init(parsing line: [UInt8]) throws {
    guard case .object(let members) = try StrictJSON(parsing: line) else {
      throw MetricsFieldError(field: "line", expected: "a JSON object")
    }
    let values = Dictionary(uniqueKeysWithValues: members.map { ($0.key, $0.value) })
    func counter(_ name: String) throws -> Int {
      guard let number = values[name]?.wholeNumber else {
        throw MetricsFieldError(field: name, expected: "a whole number")
      }
      return number
    }
    self.init(
      step: try counter("step"), epoch: try counter("epoch"), lossD: .nan, lossG: .nan,
      realScore: .nan,
      fakeScore: .nan, updatedFakeScore: .nan, imagesPerSecond: .nan)
    for (name, field) in StepMetrics.fields {
      switch values[name] {
      case .number(let digits): self[keyPath: field] = Float(digits) ?? .nan
      case .null: self[keyPath: field] = .nan
      default: throw MetricsFieldError(field: name, expected: "a number or null")
      }
    }
    if case .number(let digits) = values[Self.probabilityKey] {
      augmentationProbability = Float(digits)
    }
  }

  private static let probabilityKey = "augment_p"

  private static var fields: [(String, WritableKeyPath<StepMetrics, Float>)] {
    [
      ("loss_d", \.lossD), ("loss_g", \.lossG), ("d_x", \.realScore), ("d_g_z1", \.fakeScore),
      ("d_g_z2", \.updatedFakeScore), ("images_per_second", \.imagesPerSecond),
    ]
  }
}

/// Which member of a line of metrics is missing or of the wrong type.
package struct MetricsFieldError: Error, CustomStringConvertible, Equatable {
  /// The member's key.
  package let field: String
  /// What it must be.
  package let expected: String

  /// Prints `step: expected a whole number`.
  package var description: String { "\(field): expected \(expected)" }
}
