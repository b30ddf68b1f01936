import Checkpoints
import DCGAN
import DataSets
import Imaging
import Tensor

/// What a run is trained on: where the images lie, which of them are used, and what was found.
public struct RunData: Codable, Equatable, Sendable {
  /// The data folder, as it was given.
  public var dataPath: String
  /// The same from anywhere: an absolute path; nil where an older version wrote the file.
  public var absoluteDataPath: String?
  /// The part of the data that is used: the name of a folder such as `train`, or `all`.
  public var split: String
  /// How the patients are divided into parts; nil where the folders tell those, if any.
  public var splitByPatient: PatientShares?
  /// The classes that are used; empty for all.
  public var classes: [String]
  /// The most images to use, if not all.
  public var limit: Int?
  /// The patterns of names that are left out; nil for none.
  public var excluded: [String]?
  /// How images become squares; nil where an older version cropped them.
  public var fit: ImageFit?
  /// The grey level behind transparent parts; nil where an older version showed what they hide.
  public var background: Int?
  /// Which grey samples of 16 bits become black and which white; nil for what each file says.
  public var window: IntensityWindow?
  /// Which frames are used of a file that holds several; nil for the middle one.
  public var frames: FrameChoice?
  /// Whether images are used in which, as their files say, a patient's data are written; nil for no.
  public var allowsBurnedIn: Bool?
  /// Whether an unreadable image is an error.
  public var strict: Bool
  /// Whether images that this program drew are used like real ones; nil for no.
  public var allowsSynthetic: Bool?
  /// A digest of the data's file list.
  public var dataDigest: String
  /// A digest of the list of images that scores are calibrated on, `noHeldOutImages` where training
  /// leaves none out; nil where an older version wrote the file.
  public var heldOutDigest: String?
  /// Images in use.
  public var images: Int
  /// Images that could not be read.
  public var skipped: Int
  /// What was found in the data folder; nil where an older version wrote the file.
  public var account: DataAccount?
  /// Where the run went on with other images than before; nil for nowhere.
  public var dataChanges: [DataChange]?

  private enum CodingKeys: String, CodingKey {
    case dataPath = "data"
    case absoluteDataPath = "data_path"
    case split
    case splitByPatient = "split_by_patient"
    case classes = "class"
    case limit
    case excluded = "exclude"
    case fit, background, window, frames, strict
    case allowsBurnedIn = "allow_burned_in"
    case allowsSynthetic = "allow_synthetic"
    case dataDigest = "data_digest"
    case heldOutDigest = "held_out_digest"
    case images, skipped, account
    case dataChanges = "data_changes"
  }

  /// Collects the settings.
  public init(
    dataPath: String, split: String, classes: [String] = [], limit: Int? = nil,
    excluded: [String]? = nil, fit: ImageFit? = nil, background: Int? = nil, strict: Bool = false,
    dataDigest: String, heldOutDigest: String? = nil, images: Int, skipped: Int = 0
  ) {
    self.dataPath = dataPath
    self.split = split
    self.classes = classes
    self.limit = limit
    self.excluded = excluded
    self.fit = fit
    self.background = background
    self.strict = strict
    self.dataDigest = dataDigest
    self.heldOutDigest = heldOutDigest
    self.images = images
    self.skipped = skipped
  }
}

/// How a run's networks are trained.
public struct RunTraining: Codable, Equatable, Sendable {
  /// Epochs to train for in all.
  public var epochs: Int
  /// Steps to stop after, if before the last epoch's end.
  public var steps: Int?
  /// Images in a batch.
  public var batch: Int
  /// Adam's step size.
  public var learningRate: Double
  /// Adam's first decay rate.
  public var beta1: Double
  /// The decay of the generator's average; nil for none.
  public var averageDecay: Double?
  /// The seed of everything random.
  public var seed: UInt64
  /// What is done beyond the plain recipe; nil for nothing.
  public var techniques: TrainingTechniques?
  /// Whether the run stops once the generator has collapsed; nil for no.
  public var stopOnCollapse: Bool?
  /// The format of what convolutions multiply; nil for float32.
  public var precision: Precision?
  /// What the generator began with; nil for random weights.
  public var initialGenerator: RecordedNetwork?
  /// What the discriminator began with; nil for random weights.
  public var initialDiscriminator: RecordedNetwork?

  private enum CodingKeys: String, CodingKey {
    case epochs, steps, batch
    case learningRate = "lr"
    case beta1
    case averageDecay = "ema"
    case seed, techniques
    case stopOnCollapse = "stop_on_collapse"
    case precision
    case initialGenerator = "init_generator"
    case initialDiscriminator = "init_discriminator"
  }

  /// What is done beyond the plain recipe, whether or not there is anything.
  public var techniquesInUse: TrainingTechniques { techniques ?? TrainingTechniques() }

  /// Collects the settings.
  public init(
    epochs: Int = 100, steps: Int? = nil, batch: Int = 64, learningRate: Double = 2e-4,
    beta1: Double = 0.5, averageDecay: Double? = nil, seed: UInt64,
    techniques: TrainingTechniques? = nil, stopOnCollapse: Bool? = nil, precision: Precision? = nil,
    initialGenerator: RecordedNetwork? = nil, initialDiscriminator: RecordedNetwork? = nil
  ) {
    self.epochs = epochs
    self.steps = steps
    self.batch = batch
    self.learningRate = learningRate
    self.beta1 = beta1
    self.averageDecay = averageDecay
    self.seed = seed
    self.techniques = techniques
    self.stopOnCollapse = stopOnCollapse
    self.precision = precision
    self.initialGenerator = initialGenerator
    self.initialDiscriminator = initialDiscriminator
  }
}

/// Which checkpoints a run writes and keeps.
public struct RunCheckpoints: Codable, Equatable, Sendable {
  /// Epochs from one checkpoint to the next.
  public var checkpointEvery: Int
  /// How many of the newest checkpoints stay.
  public var keep: Int
  /// The checkpoint of every so many epochs stays too; 0 for none.
  public var keepEvery: Int

  private enum CodingKeys: String, CodingKey {
    case checkpointEvery = "checkpoint_every"
    case keep
    case keepEvery = "keep_every"
  }

  /// Collects the settings.
  public init(checkpointEvery: Int = 1, keep: Int = 3, keepEvery: Int = 10) {
    (self.checkpointEvery, self.keep, self.keepEvery) = (checkpointEvery, keep, keepEvery)
  }
}

/// What trains a run: it decides how fast, and the last digits of the numbers.
public struct RunProgram: Codable, Equatable, Sendable {
  /// The program's version.
  public var version: String
  /// The kernels in use: `baseline`, `avx2`, `avx512`, `avx512bf16` or `amx`.
  public var variant: String
  /// Threads in use; of several ranks, those of the first.
  public var threads: Int
  /// The ranks that shared each batch in the last session; nil for one process alone. They decide no number.
  public var ranks: Int?
  /// The path of the cache that the images are read from, absolute, or relative to the run's folder; nil
  /// where they are in memory. It decides no number.
  public var cache: String?

  /// Collects the settings.
  public init(
    version: String = DCGANVersion.current, variant: String, threads: Int, ranks: Int? = nil,
    cache: String? = nil
  ) {
    (self.version, self.variant, self.threads) = (version, variant, threads)
    (self.ranks, self.cache) = (ranks, cache)
  }
}
