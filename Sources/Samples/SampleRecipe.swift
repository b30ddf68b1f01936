import Checkpoints
import DCGAN
import DataSets
import Files
import Foundation
import Imaging
import Tensor
import Training

/// How a folder's samples were drawn, all that it takes to draw them again: `samples.json`.
public struct SampleRecipe: Codable, Equatable, Sendable {
  /// The program's version.
  public var version = DCGANVersion.current
  /// The kernels in use: `baseline`, `avx2`, `avx512`, `avx512bf16` or `amx`.
  public var variant: String
  /// The format of what convolutions multiplied; nil for float32.
  public var precision: Precision?
  /// The run's folder, as it was given; nil, as all of a run, for networks of files.
  public var run: String?
  /// The same from anywhere: an absolute path. Nil, as all below that may be, also where an older
  /// version wrote the file.
  public var runPath: String?
  /// What tells the run from others, wherever it lies: see `RunConfiguration`.
  public var runDigest: String?
  /// The epoch of the checkpoint.
  public var epoch: Int?
  /// The steps that the checkpoint's networks had made.
  public var step: Int?
  /// The seed of the run.
  public var runSeed: UInt64?
  /// The file of the generator, by an absolute path, and what it held; nil for that of a run.
  public var generator: RecordedNetwork?
  /// The same of the discriminator; nil also where there was none.
  public var discriminator: RecordedNetwork?
  /// Where the latents came from.
  public var latents: LatentRecipe
  /// The classes that were drawn in turn; nil where each was drawn as often as in training, and where
  /// the networks know none.
  public var drawnClasses: [String]?
  /// The part of the data that the run was trained on.
  public var split: String?
  /// How the patients were divided into parts, by the seed of the run; nil where the folders told those.
  public var splitByPatient: PatientShares?
  /// The classes of it; empty for all.
  public var classes: [String]?
  /// The most images of it; nil for all, too.
  public var limit: Int?
  /// The patterns of names that are left out; nil for none, too.
  public var excluded: [String]?
  /// How the run makes images square.
  public var fit: ImageFit?
  /// The grey level behind transparent parts.
  public var background: Int?
  /// Which grey samples of 16 bits become black and which white; nil for what each file says.
  public var window: IntensityWindow?
  /// Which frames are used of a file that holds several; nil for the middle one.
  public var frames: FrameChoice?
  /// Whether files are used that say that a patient's data are written in their picture; nil for not.
  public var allowsBurnedIn: Bool?
  /// The digest of the list of these images.
  public var dataDigest: String?
  /// How many samples were asked for.
  public var count: Int?
  /// The least score of a sample; 0 for none.
  public var minReal: Float?
  /// The least calibrated score of a sample; 0 for none.
  public var minRealCalibrated: Float?
  /// How many candidates were tried; nil also where drawing failed.
  public var tries: Int?
  /// How samples were selected among the candidates; nil where they were not.
  public var select: SelectionRecipe?

  private enum CodingKeys: String, CodingKey {
    case version, variant, precision, run, runPath, runDigest, epoch, step, runSeed
    case generator, discriminator, latents, drawnClasses, split, splitByPatient
    case classes = "class"
    case excluded = "exclude"
    case limit, fit, background, window, frames, allowsBurnedIn, dataDigest, count
    case minReal, minRealCalibrated, tries, select
  }

  /// The name of the file.
  static let fileName = "samples.json"
  /// More than any recipe takes.
  private static let maximumBytes = 1_000_000

  /// Collects the parts.
  public init(
    variant: String, run: String, epoch: Int, step: Int, runSeed: UInt64, latents: LatentRecipe
  ) {
    self.variant = variant
    self.run = run
    self.epoch = epoch
    self.step = step
    self.runSeed = runSeed
    self.latents = latents
  }

  /// Collects the parts of a drawing from files of networks.
  public init(
    variant: String, generator: RecordedNetwork, discriminator: RecordedNetwork?,
    latents: LatentRecipe
  ) {
    self.variant = variant
    self.generator = generator.fromAnywhere
    self.discriminator = discriminator?.fromAnywhere
    self.latents = latents
  }

  /// Notes what the run was trained on.
  public mutating func note(_ configuration: RunConfiguration, digest: String) {
    runDigest = digest
    (split, classes) = (configuration.split, configuration.classes)
    (limit, dataDigest) = (configuration.limit, configuration.dataDigest)
    excluded = configuration.excluded
    splitByPatient = configuration.splitByPatient
    (fit, background) = (configuration.reading.fit, Int(configuration.reading.background))
    (window, frames) = (configuration.data.window, configuration.data.frames)
    allowsBurnedIn = configuration.data.allowsBurnedIn
  }

  /// Finds the run's folder: by its absolute path, or as it was given, seen from here; nil where there
  /// is no run at either.
  public func findRun() -> String? {
    [runPath, run].compactMap { $0 }.first(where: RunFolder.exists)
  }

  /// Reads the recipe in the folder of a table of samples; nil where there is none.
  ///
  /// Throws `FileError`, and `TableError` where the file is no recipe.
  public static func beside(table: String) throws -> SampleRecipe? {
    let folder = (table as NSString).deletingLastPathComponent
    let path = folder.isEmpty ? fileName : "\(folder)/\(fileName)"
    guard Folder.exists(path) else { return nil }
    let bytes = try FileReader(path: path).readAll(atMost: maximumBytes)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let recipe = try? decoder.decode(SampleRecipe.self, from: Data(bytes)),
      recipe.namesNetworks, recipe.latents.isInRange
    else {
      throw TableError(
        path: path,
        expected: "the settings that samples were drawn with, as dcgan sample writes them",
        found: "something else; move the file away and give them as options")
    }
    return recipe
  }

  /// Whether all of a run is there, or the file of a generator.
  private var namesNetworks: Bool {
    guard let epoch, run != nil, step != nil, runSeed != nil else { return generator != nil }
    return SettingBounds.epochs.contains(epoch) && generator == nil && discriminator == nil
  }

  /// Writes the file into a folder, whole or not at all; throws `FileError`.
  func write(to folder: String) throws {
    try AtomicFile.writeJSON(self, to: "\(folder)/\(Self.fileName)")
  }
}

/// Where latents come from: a seed, the arc between the first latents of two, or a file.
public enum LatentRecipe: Codable, Equatable, Sendable {
  /// Latent i of a seed; numbers beyond ±`truncation` are drawn again.
  case seeded(seed: UInt64, truncation: Float?)
  /// `steps` latents on the arc from the first latent of a seed to that of another.
  case arc(from: UInt64, to: UInt64, steps: Int, truncation: Float?)
  /// The latents of a safetensors file.
  case file(path: String)

  /// Finds the latents; throws what reading a file of them throws.
  public func source(nz: Int) throws -> LatentSource {
    switch self {
    case .seeded(let seed, let truncation):
      LatentSource(seed: seed, nz: nz, truncation: truncation)
    case .arc(let from, let to, let steps, let truncation):
      LatentSource(from: from, to: to, steps: steps, nz: nz, truncation: truncation)
    case .file(let path): try LatentSource(contentsOf: path, nz: nz)
    }
  }

  /// The same with numbers beyond ±`bound` drawn again; a file's latents stay as they are.
  public func truncated(to bound: Float?) -> LatentRecipe {
    switch self {
    case .seeded(let seed, _): .seeded(seed: seed, truncation: bound)
    case .arc(let from, let to, let steps, _):
      .arc(from: from, to: to, steps: steps, truncation: bound)
    case .file: self
    }
  }

  /// The same with the absolute path of a file, that works from any folder.
  public var fromAnywhere: LatentRecipe {
    if case .file(let path) = self { return .file(path: Folder.absolute(path)) }
    return self
  }

  /// The bound beyond which numbers are drawn again, if there is one.
  public var truncation: Float? {
    switch self {
    case .seeded(_, let truncation), .arc(_, _, _, let truncation): truncation
    case .file: nil
    }
  }

  /// Whether the numbers are among those that options take.
  var isInRange: Bool {
    if case .arc(_, _, let steps, _) = self, !SettingBounds.frames.contains(steps) { return false }
    return truncation.map { SettingBounds.truncation.contains($0) } ?? true
  }
}
