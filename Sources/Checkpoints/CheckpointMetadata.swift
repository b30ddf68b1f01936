import DCGAN
import Support

/// What a checkpoint says of itself under `__metadata__`, where every value is a string.
public struct CheckpointMetadata: Equatable, Sendable {
  /// The layout that this program writes and reads.
  public static let format = "dcgan-1"

  /// The version of the program that wrote it.
  public var version: String
  /// The epoch, counted from 1, that the last step belonged to; it need not be done.
  public var epoch: Int
  /// Steps done.
  public var step: Int
  /// The run's seed.
  public var seed: UInt64
  /// The sizes of the networks.
  public var settings: ModelSettings
  /// Updates that the generator's Adam made.
  public var generatorOptimizerStep: Int
  /// Updates that the discriminator's Adam made.
  public var discriminatorOptimizerStep: Int
  /// The decay of the generator's average, which then stands as the generator, while the weights that
  /// training goes on from stand beside it; nil where there is no average.
  public var averageDecay: Double?
  /// Whether the discriminator stands with its filters divided by their spectral norms, while those that
  /// training goes on from stand beside it.
  public var isSpectrallyNormalized: Bool
  /// The probability with which the next step alters an image; nil where it is not adapted.
  public var augmentationProbability: Double?
  /// How the discriminator's scores become probabilities; nil where that was not found out.
  public var calibration: ScoreCalibration?
  /// Everything else, such as the state of random generators, carried unchanged.
  public var extra: [String: String]

  /// The key under which the decay of the generator's average stands.
  private static let averageKey = "generator.average_decay"

  /// The key that says `true` where the discriminator is spectrally normalized; else it is left out.
  private static let spectralNormKey = "discriminator.spectral_norm"

  /// The key that says `true` where the discriminator sees how much the images of a batch differ.
  private static let minibatchDeviationKey = "discriminator.minibatch_std"

  /// The key of the probability with which the next step alters an image.
  private static let augmentationKey = "augment_probability"

  /// The key in `extra` of the number of images that the run trains on.
  package static let imagesKey = "images"

  /// The key in `extra` of the steps of an epoch.
  package static let stepsPerEpochKey = "steps_per_epoch"

  /// The keys in `extra` of the place from which on epochs have that many steps, where that is not the
  /// run's beginning.
  static let startStepKey = "start_step"
  static let startEpochKey = "start_epoch"

  /// Whole epochs done; `epoch` where the steps of an epoch are not recorded.
  public var epochsDone: Int {
    guard let steps = extra[Self.stepsPerEpochKey].flatMap({ Int($0) }), steps > 0 else {
      return epoch
    }
    func number(_ key: String) -> Int { extra[key].flatMap { Int($0) } ?? 0 }
    return number(Self.startEpochKey) + max(0, step - number(Self.startStepKey)) / steps
  }

  /// Makes the metadata of a checkpoint.
  public init(
    version: String = DCGANVersion.current, epoch: Int, step: Int, seed: UInt64,
    settings: ModelSettings, generatorOptimizerStep: Int, discriminatorOptimizerStep: Int,
    averageDecay: Double? = nil,
    isSpectrallyNormalized: Bool = false, calibration: ScoreCalibration? = nil,
    extra: [String: String] = [:]
  ) {
    self.version = version
    self.epoch = epoch
    self.step = step
    self.seed = seed
    self.settings = settings
    self.generatorOptimizerStep = generatorOptimizerStep
    self.discriminatorOptimizerStep = discriminatorOptimizerStep
    self.averageDecay = averageDecay
    self.isSpectrallyNormalized = isSpectrallyNormalized
    self.calibration = calibration
    self.extra = extra
  }

  /// Prints the strings; an `extra` key does not override one of the named ones.
  public var strings: [String: String] {
    var named = [
      "format": CheckpointMetadata.format, "version": version, "epoch": "\(epoch)",
      "step": "\(step)", "seed": "\(seed)", "size": "\(settings.size)",
      "channels": "\(settings.channels)", "nz": "\(settings.nz)", "ngf": "\(settings.ngf)",
      "ndf": "\(settings.ndf)",
      "optimizer.generator.step": "\(generatorOptimizerStep)",
      "optimizer.discriminator.step": "\(discriminatorOptimizerStep)",
    ]
    named[Self.averageKey] = averageDecay.map { "\($0)" }
    named[Self.augmentationKey] = augmentationProbability.map { "\($0)" }
    if isSpectrallyNormalized { named[Self.spectralNormKey] = "true" }
    if settings.hasMinibatchDeviation { named[Self.minibatchDeviationKey] = "true" }
    if let classes = settings.classes { named.merge(classes.strings) { $1 } }
    if let calibration { named.merge(calibration.strings) { $1 } }
    return extra.merging(named) { $1 }
  }

  /// Reads the strings.
  ///
  /// Throws `CheckpointProblems` that name the key, what was expected and what was found.
  package init(parsing strings: [String: String]) throws(CheckpointProblems) {
    var reader = MetadataReader(strings)
    // First of all: a file of another layout fails on this key and on no other.
    try reader.require("format", CheckpointMetadata.format)
    version = try reader.text("version")
    epoch = try reader.number("epoch", in: 0...SettingBounds.epochs.upperBound)
    step = try reader.number("step", in: SettingBounds.stepsDone)
    seed = try reader.number("seed", in: 0...UInt64.max)
    settings = ModelSettings(
      size: try reader.number("size", oneOf: SettingBounds.sizes),
      channels: try reader.number("channels", oneOf: SettingBounds.channels),
      nz: try reader.number("nz", in: SettingBounds.latentSize),
      ngf: try reader.number("ngf", in: SettingBounds.features),
      ndf: try reader.number("ndf", in: SettingBounds.features),
      classes: try ModelClasses(parsing: &reader),
      hasMinibatchDeviation: try reader.flag(Self.minibatchDeviationKey))
    let steps = SettingBounds.stepsDone
    generatorOptimizerStep = try reader.number("optimizer.generator.step", in: steps)
    discriminatorOptimizerStep = try reader.number("optimizer.discriminator.step", in: steps)
    averageDecay = try reader.optionalNumber(
      Self.averageKey, SettingBounds.averageDecayText, where: SettingBounds.allows(averageDecay:))
    isSpectrallyNormalized = try reader.flag(Self.spectralNormKey)
    augmentationProbability = try reader.optionalNumber(
      Self.augmentationKey, "a number from 0 to 1", where: (0...1).contains)
    calibration = try ScoreCalibration(parsing: &reader)
    extra = reader.rest
    // These are carried like the rest, but counted with.
    for (key, bound) in [
      (Self.startStepKey, step), (Self.startEpochKey, SettingBounds.epochs.upperBound),
    ] where extra[key] != nil {
      _ = try reader.number(key, in: 0...bound)
    }
  }
}

/// Takes values out of a checkpoint's strings one after the other.
struct MetadataReader {
  private(set) var rest: [String: String]

  init(_ strings: [String: String]) { rest = strings }

  mutating func text(_ key: String) throws(CheckpointProblems) -> String {
    guard let text = rest.removeValue(forKey: key) else {
      throw failure(key, "a value", nil)
    }
    return text
  }

  /// Takes a text that need not be there.
  mutating func optionalText(_ key: String) -> String? { rest.removeValue(forKey: key) }

  mutating func require(_ key: String, _ value: String) throws(CheckpointProblems) {
    let found = rest.removeValue(forKey: key)
    guard found == value else { throw failure(key, quoted(value), found) }
  }

  mutating func number<Number: FixedWidthInteger>(
    _ key: String, in range: ClosedRange<Number>
  ) throws(CheckpointProblems) -> Number {
    let found = rest.removeValue(forKey: key)
    guard let found, let number = Number(found), range.contains(number) else {
      let bounds =
        range.upperBound == Number.max
        ? "from \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
      throw failure(key, "a whole number \(bounds)", found)
    }
    return number
  }

  /// Takes a number that need not be there.
  mutating func optionalNumber(
    _ key: String, _ expected: String, where isAllowed: (Double) -> Bool
  ) throws(CheckpointProblems) -> Double? {
    guard let found = rest.removeValue(forKey: key) else { return nil }
    guard let number = Double(found), isAllowed(number) else { throw failure(key, expected, found) }
    return number
  }

  /// Takes `true`, which is left out where it does not hold.
  mutating func flag(_ key: String) throws(CheckpointProblems) -> Bool {
    guard let found = rest.removeValue(forKey: key) else { return false }
    guard found == "true" else { throw failure(key, "'true' or nothing", found) }
    return true
  }

  mutating func number(_ key: String, oneOf values: [Int]) throws(CheckpointProblems) -> Int {
    let found = rest.removeValue(forKey: key)
    guard let found, let number = Int(found), values.contains(number) else {
      throw failure(key, "one of \(values.map(String.init).joined(separator: ", "))", found)
    }
    return number
  }

  func failure(_ key: String, _ expected: String, _ found: String?) -> CheckpointProblems {
    CheckpointProblems([
      "metadata \(key): expected \(expected), found \(found.map(quoted) ?? "none")"
    ])
  }
}
