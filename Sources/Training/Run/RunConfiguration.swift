import Checkpoints
import DCGAN
import DataSets
import Files
import Foundation
import Imaging

/// Every setting of a run as it was resolved, and what it was trained on: `config.json`.
public struct RunConfiguration: Codable, Equatable, Sendable {
  /// The data folder, as it was given.
  public var dataPath: String
  /// The same from anywhere: an absolute path; nil where an older version wrote the file.
  public var absoluteDataPath: String?
  /// Epochs to train for in all.
  public var epochs: Int
  /// Width and height of an image in pixels.
  public var size: Int
  /// Images in a batch.
  public var batch: Int
  /// Channels of an image: 3 for colour, 1 for grey.
  public var channels: Int
  /// Length of a latent vector.
  public var nz: Int
  /// Channels before the generator's last layer.
  public var ngf: Int
  /// Channels after the discriminator's first layer.
  public var ndf: Int
  /// Adam's step size.
  public var learningRate: Double
  /// Adam's first decay rate.
  public var beta1: Double
  /// The decay of the generator's average; nil for none.
  public var averageDecay: Double?
  /// The seed of everything random.
  public var seed: UInt64
  /// The part of the data that is used: the name of a folder such as `train`, or `all`.
  public var split: String
  /// The classes that are used; empty for all.
  public var classes: [String]
  /// The most images to use, if not all.
  public var limit: Int?
  /// The patterns of names that are left out; nil for none.
  public var excluded: [String]?
  /// How pictures become squares; nil where an older version cropped them.
  public var fit: ImageFit?
  /// The grey level behind transparent parts; nil where an older version showed what they hide.
  public var background: Int?
  /// Steps to stop after, if before the last epoch's end.
  public var steps: Int?
  /// Threads in use.
  public var threads: Int
  /// Epochs from one checkpoint to the next.
  public var checkpointEvery: Int
  /// How many of the newest checkpoints stay.
  public var keep: Int
  /// The checkpoint of every so many epochs stays too; 0 for none.
  public var keepEvery: Int
  /// Whether an unreadable image is an error.
  public var strict: Bool
  /// The program's version.
  public var version: String
  /// The kernels in use: `baseline`, `avx2` or `avx512`.
  public var variant: String
  /// A digest of the data's file list.
  public var dataDigest: String
  /// A digest of the list of images that scores are calibrated on, `noHeldOutImages` where training
  /// leaves none out; nil where an older version wrote the file.
  public var heldOutDigest: String?
  /// Images in use.
  public var images: Int
  /// Images that could not be read.
  public var skipped: Int
  /// What the generator began with; nil for random weights.
  public var initialGenerator: InitialNetwork?
  /// What the discriminator began with; nil for random weights.
  public var initialDiscriminator: InitialNetwork?
  /// What is done beyond the plain recipe; nil for nothing.
  public var techniques: TrainingTechniques?
  /// Whether the run stops once the generator has collapsed; nil for no.
  public var stopOnCollapse: Bool?

  /// What was found in the data folder; nil where an older version wrote the file.
  public var account: DataAccount?
  /// Where the run went on with other images than before; nil for nowhere.
  public var dataChanges: [DataChange]?

  /// What stands in the place of a digest where no images are held out.
  public static let noHeldOutImages = "none"

  private enum CodingKeys: String, CodingKey {
    case dataPath = "data"
    case absoluteDataPath = "data_path"
    case epochs, size, batch, channels, nz, ngf, ndf
    case learningRate = "lr"
    case beta1
    case averageDecay = "ema"
    case seed, split
    case classes = "class"
    case excluded = "exclude"
    case limit, fit, background, steps, threads
    case checkpointEvery = "checkpoint_every"
    case keep
    case keepEvery = "keep_every"
    case strict, version, variant
    case dataDigest = "data_digest"
    case heldOutDigest = "held_out_digest"
    case images, skipped
    case initialGenerator = "init_generator"
    case initialDiscriminator = "init_discriminator"
    case techniques
    case stopOnCollapse = "stop_on_collapse"
    case account
    case dataChanges = "data_changes"
  }

  /// Makes a configuration; the defaults are those of the command line.
  public init(
    dataPath: String, epochs: Int = 100, size: Int = 128, batch: Int = 64, channels: Int = 3,
    nz: Int = 100, ngf: Int = 64, ndf: Int = 64, learningRate: Double = 2e-4,
    beta1: Double = 0.5, averageDecay: Double? = nil, seed: UInt64, split: String,
    classes: [String] = [], limit: Int? = nil,
    steps: Int? = nil, threads: Int, checkpointEvery: Int = 1, keep: Int = 3, keepEvery: Int = 10,
    strict: Bool = false, version: String = DCGANVersion.current, variant: String,
    dataDigest: String, heldOutDigest: String? = nil, images: Int, skipped: Int = 0,
    initialGenerator: InitialNetwork? = nil, initialDiscriminator: InitialNetwork? = nil,
    techniques: TrainingTechniques? = nil, stopOnCollapse: Bool? = nil
  ) {
    self.dataPath = dataPath
    self.epochs = epochs
    self.size = size
    self.batch = batch
    self.channels = channels
    self.nz = nz
    self.ngf = ngf
    self.ndf = ndf
    self.learningRate = learningRate
    self.beta1 = beta1
    self.averageDecay = averageDecay
    self.seed = seed
    self.split = split
    self.classes = classes
    self.limit = limit
    self.steps = steps
    self.threads = threads
    self.checkpointEvery = checkpointEvery
    self.keep = keep
    self.keepEvery = keepEvery
    self.strict = strict
    self.version = version
    self.variant = variant
    self.dataDigest = dataDigest
    self.heldOutDigest = heldOutDigest
    self.images = images
    self.skipped = skipped
    self.initialGenerator = initialGenerator
    self.initialDiscriminator = initialDiscriminator
    self.techniques = techniques
    self.stopOnCollapse = stopOnCollapse
  }
}

extension RunConfiguration {
  /// The sizes of the run's networks.
  public var model: ModelSettings {
    ModelSettings(size: size, channels: channels, nz: nz, ngf: ngf, ndf: ndf)
  }

  /// Which images of the data folder are used.
  public var selection: DataSelection {
    DataSelection(
      split: DataSplit(rawValue: split), classes: classes, excluded: excluded ?? [], limit: limit)
  }

  /// Where the data folder lies, seen from any folder: its absolute path, unless it has moved from there
  /// along with the place that the run was started from.
  public var dataLocation: String {
    guard let absoluteDataPath, Folder.isFolder(absoluteDataPath) else { return dataPath }
    return Folder.isFolder(dataPath) && Folder.absolute(dataPath) == absoluteDataPath
      ? dataPath : absoluteDataPath
  }

  /// How files become images.
  public var reading: ImageReading {
    ImageReading(
      size: size, channels: channels, fit: fit ?? .crop,
      background: UInt8(clamping: background ?? 0))
  }

  /// What tells runs of other numbers apart: a fingerprint, in sixteen hexadecimal digits, of every
  /// setting that decides them, but neither of paths nor of how long the run is or who computes it. It
  /// is that of the images that the run began with, also where it went on with others.
  public var digest: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let numbers = "\(learningRate) \(beta1) \(averageDecay ?? 0) \(seed)"
    let begun = dataChanges?.first.map { ($0.digest, $0.images) } ?? (dataDigest, images)
    let choice = "\(split) \(classes.sorted()) \((excluded ?? []).sorted()) \(limit ?? 0)"
    let data = "\(begun.0) \(begun.1) \(choice) \(reading.fit) \(reading.background)"
    let techniques = techniques.flatMap { try? encoder.encode($0) }.map {
      String(decoding: $0, as: UTF8.self)
    }
    let start = "\(initialGenerator?.digest ?? "") \(initialDiscriminator?.digest ?? "")"
    var sum = Fingerprint()
    sum.add(
      [
        "\(size) \(channels) \(nz) \(ngf) \(ndf) \(batch)", numbers, data, start,
        techniques ?? "",
      ].joined(separator: "\n").utf8)
    return sum.digits
  }
}
