import DCGAN
import DataSets
import Files
import Foundation
import Support

extension RunConfiguration {
  /// Reads a `config.json`; throws `FileError`, or `RunFolderError` that names the key.
  public init(contentsOf path: String) throws {
    let bytes = try FileReader(path: path).readAll(atMost: RunConfiguration.maximumBytes)
    do {
      // Foundation's reader does not say where a text breaks off, that a key stands twice, or
      // which number is too large.
      try RunConfiguration.checkNumbers(in: StrictJSON(parsing: bytes), path: path)
      self = try JSONDecoder().decode(RunConfiguration.self, from: Data(bytes))
      try checkRanges()
    } catch let problem as Problem {
      throw RunConfiguration.failure(path, problem.description)
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
  private func checkRanges() throws(Problem) {
    let bounds = SettingBounds.self
    try Problem.check([
      ("batch", training.batch, bounds.batch),
      ("checkpoint_every", checkpoints.checkpointEvery, bounds.epochs),
      ("epochs", training.epochs, bounds.epochs),
      ("images", data.images, 0...bounds.count.upperBound),
      ("keep", checkpoints.keep, bounds.epochs),
      ("keep_every", checkpoints.keepEvery, 0...bounds.epochs.upperBound),
      ("limit", data.limit ?? 1, bounds.count),
      ("ranks", program.ranks ?? 1, bounds.count),
      ("skipped", data.skipped, 0...bounds.count.upperBound),
      ("steps", training.steps ?? 1, bounds.count),
      // A machine may have more cores than an option can ask for.
      ("threads", program.threads, bounds.count),
    ])
    guard bounds.allows(learningRate: training.learningRate) else {
      throw Problem(
        description:
          "the key 'lr': expected a number above 0 and at most 1, found \(training.learningRate)")
    }
    guard training.averageDecay.map(bounds.allows(averageDecay:)) ?? true else {
      throw Problem(
        description:
          "the key 'ema': expected \(bounds.averageDecayText), found \(training.averageDecay ?? 0)")
    }
    guard bounds.allows(beta1: training.beta1) else {
      throw Problem(
        description:
          "the key 'beta1': expected a number from 0 to less than 1, found \(training.beta1)")
    }
    if let problem = training.techniques?.problem ?? dataProblem {
      throw Problem(description: problem)
    }
    guard DataSplit(rawValue: data.split) != nil else {
      let list = DataSplit.allCases.map(\.rawValue).joined(separator: ", ")
      throw Problem(
        description: "the key 'split': expected one of \(list), found \(quoted(data.split))")
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
      path: path, problem: problem,
      advice: "correct the file, or start a new run in another \(.run) folder")
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
    guard !context.codingPath.isEmpty else { return "the whole file" }
    return "the key \(quoted(context.codingPath.map(\.stringValue).joined(separator: ".")))"
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

extension TrainingTechniques {
  /// Which value no run can have; nil where all are in range.
  fileprivate var problem: String? {
    func problem(_ key: String, _ expectation: String, _ found: String) -> String {
      "the key 'techniques.\(key)': expected \(expectation), found \(found)"
    }
    let bounds = SettingBounds.self
    for (key, value, range) in [
      ("label_smoothing", labelSmoothing, bounds.labelSmoothing),
      ("instance_noise", instanceNoise, bounds.instanceNoise),
      ("final_lr", finalLearningRate ?? 0, bounds.finalLearningRate),
      ("augment_target", augmentationTarget ?? 0, bounds.augmentationTarget),
      ("r1", realPenalty, bounds.gradientPenalty), ("r2", fakePenalty, bounds.gradientPenalty),
    ] where !range.contains(value) {
      return problem(key, "a number from \(range.lowerBound) to \(range.upperBound)", "\(value)")
    }
    for (key, rate) in [("lr_d", discriminatorLearningRate), ("lr_g", generatorLearningRate)] {
      guard let rate, !bounds.allows(learningRate: rate) else { continue }
      return problem(key, "a number above 0 and at most 1", "\(rate)")
    }
    guard bounds.epochs.contains(instanceNoiseEpochs) else {
      return problem(
        "instance_noise_epochs", "a whole number from 1 to \(bounds.epochs.upperBound)",
        "\(instanceNoiseEpochs)")
    }
    guard Set(augmentations).count == augmentations.count else {
      return problem("augment", "each name once", Augmentation.text(augmentations))
    }
    return nil
  }
}
