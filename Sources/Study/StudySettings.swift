import DCGAN
import DataSets
import Imaging

/// What a study is asked to do.
public struct StudySettings: Codable, Equatable, Sendable {
  /// Rows and columns of an image.
  public var size: Int
  /// 1 for grey, 3 for colour.
  public var channels: Int
  /// The width of the classifiers, and of the generators' discriminators.
  public var ndf: Int
  /// The width of the generators.
  public var ngf: Int
  /// The shares of the real training images, ascending.
  public var shares: [Double]
  /// How many times each arm is trained.
  public var seeds: Int
  /// The steps of a classifier.
  public var steps: Int
  /// The steps of a generator.
  public var generatorSteps: Int
  /// Synthetic images for each real one, ascending.
  public var ratios: [Double]
  /// What is compared.
  public var arms: [StudyArm]
  /// The least score of the synthetic images of the filtered arm.
  public var minReal: Double
  /// The seed of everything random.
  public var seed: UInt64
  /// How the patients of a folder without parts are divided; nil where it has parts.
  public var splitByPatient: PatientShares?
  /// Which grey samples of 16 bits become black and which white; nil for what each file says.
  public var window: IntensityWindow?

  /// Collects the settings; the defaults are those of the command line.
  public init(
    size: Int = 64, channels: Int = 1, ndf: Int = 32, ngf: Int = 32,
    shares: [Double] = [0.03, 0.1, 0.3, 1], seeds: Int = 3, steps: Int = 1200,
    generatorSteps: Int = 2000, ratios: [Double] = [1, 3],
    arms: [StudyArm] = StudyArm.allCases, minReal: Double = 0.7, seed: UInt64 = 0,
    splitByPatient: PatientShares? = nil, window: IntensityWindow? = nil
  ) {
    self.size = size
    self.channels = channels
    self.ndf = ndf
    self.ngf = ngf
    self.shares = shares
    self.seeds = seeds
    self.steps = steps
    self.generatorSteps = generatorSteps
    self.ratios = ratios
    self.arms = arms
    self.minReal = minReal
    self.seed = seed
    self.splitByPatient = splitByPatient
    self.window = window
  }

  /// The ratio of the arms that have one mixture only: the first.
  public var firstRatio: Double { ratios.first ?? 1 }

  /// Whether any arm needs synthetic images.
  public var usesSynthetic: Bool { arms.contains(where: \.usesSynthetic) }

  /// How image files are read.
  var reading: ImageReading {
    ImageReading(size: size, channels: channels, window: window ?? .ofFile)
  }

  /// The sizes of the networks; the classes are those of the data.
  func model(_ classes: ModelClasses?) -> ModelSettings {
    ModelSettings(size: size, channels: channels, ngf: ngf, ndf: ndf, classes: classes)
  }

  /// The arms with their ratios, 0 for those without synthetic images, in the order of the options.
  public var mixtures: [StudyMixture] {
    arms.flatMap { arm in
      switch arm {
      case .real, .augmented: [StudyMixture(arm: arm, ratio: 0)]
      case .repeated: [StudyMixture(arm: arm, ratio: ratios.last ?? 1)]
      case .synthetic: ratios.map { StudyMixture(arm: arm, ratio: $0) }
      case .filtered, .both: [StudyMixture(arm: arm, ratio: firstRatio)]
      case .syntheticOnly: [StudyMixture(arm: arm, ratio: 1)]
      }
    }
  }
}

/// An arm and how many synthetic images, or repetitions, there are for each real one.
public struct StudyMixture: Codable, Hashable, Sendable {
  /// The arm.
  public let arm: StudyArm
  /// Synthetic images for each real one; of the control of equal size, repeated ones; 0 for none.
  public let ratio: Double

  /// Joins the two.
  public init(arm: StudyArm, ratio: Double) {
    (self.arm, self.ratio) = (arm, ratio)
  }

  /// The arm with its ratio where the arms have several, as `synthetic 3:1`.
  public var name: String {
    switch arm {
    case .real, .augmented, .syntheticOnly: arm.rawValue
    case .repeated: "\(arm.rawValue) x\(Self.text(ratio + 1))"
    case .synthetic, .filtered, .both: "\(arm.rawValue) \(Self.text(ratio)):1"
    }
  }

  /// Prints a number without a needless point.
  static func text(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e9 ? "\(Int(number))" : "\(number)"
  }
}

/// One training of a study.
struct StudyCell: Hashable {
  let share: Double
  let mixture: StudyMixture
  /// The number of the training, counted from 0.
  let seed: Int

  /// The name of its file, without the suffix.
  var name: String {
    "share-\(share)-\(mixture.arm.rawValue)-\(mixture.ratio)-seed-\(seed)"
  }
}
