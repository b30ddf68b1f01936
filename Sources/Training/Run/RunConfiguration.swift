import DCGAN
import DataSets
import Files
import Foundation

/// Every setting of a run as it was resolved, and what it was trained on: `config.json`.
///
/// The settings are made in groups and read as one: `configuration.batch` is
/// `configuration.training.batch`, as the keys of the file are those of no group.
@dynamicMemberLookup
public struct RunConfiguration: Equatable, Sendable {
  /// What the run is trained on.
  public var data: RunData
  /// The sizes of the networks.
  public var model: ModelSettings
  /// How the networks are trained.
  public var training: RunTraining
  /// Which checkpoints are written and kept.
  public var checkpoints: RunCheckpoints
  /// What trains them.
  public var program: RunProgram

  /// What stands in the place of a digest where no images are held out.
  public static let noHeldOutImages = "none"

  /// Joins the groups; the defaults are those of the command line.
  public init(
    data: RunData, model: ModelSettings = ModelSettings(), training: RunTraining,
    checkpoints: RunCheckpoints = RunCheckpoints(), program: RunProgram
  ) {
    self.data = data
    self.model = model
    self.training = training
    self.checkpoints = checkpoints
    self.program = program
  }

  /// A setting of the data.
  public subscript<Value>(dynamicMember path: WritableKeyPath<RunData, Value>) -> Value {
    get { data[keyPath: path] }
    set { data[keyPath: path] = newValue }
  }

  /// A setting of the training.
  public subscript<Value>(dynamicMember path: WritableKeyPath<RunTraining, Value>) -> Value {
    get { training[keyPath: path] }
    set { training[keyPath: path] = newValue }
  }

  /// A setting of the checkpoints.
  public subscript<Value>(dynamicMember path: WritableKeyPath<RunCheckpoints, Value>) -> Value {
    get { checkpoints[keyPath: path] }
    set { checkpoints[keyPath: path] = newValue }
  }

  /// A setting of the program.
  public subscript<Value>(dynamicMember path: WritableKeyPath<RunProgram, Value>) -> Value {
    get { program[keyPath: path] }
    set { program[keyPath: path] = newValue }
  }

  /// What follows from the settings of the training.
  public subscript<Value>(dynamicMember path: KeyPath<RunTraining, Value>) -> Value {
    training[keyPath: path]
  }

  /// A size of the networks.
  public subscript<Value>(dynamicMember path: KeyPath<ModelSettings, Value>) -> Value {
    model[keyPath: path]
  }
}

extension RunConfiguration {
  /// Which images of the data folder are used.
  public var selection: DataSelection {
    DataSelection(
      split: DataSplit(rawValue: data.split), classes: data.classes, excluded: data.excluded ?? [],
      limit: data.limit, includesSynthetic: data.allowsSynthetic == true,
      patients: data.splitByPatient.map { PatientSplit(shares: $0, runSeed: training.seed) })
  }

  /// Where the data folder lies, seen from any folder: its absolute path, unless it has moved from there
  /// along with the place that the run was started from.
  public var dataLocation: String {
    guard let absolute = data.absoluteDataPath, Folder.holdsFiles(absolute) else {
      return data.dataPath
    }
    return Folder.holdsFiles(data.dataPath) && Folder.absolute(data.dataPath) == absolute
      ? data.dataPath : absolute
  }

  /// How files become images.
  public var reading: ImageReading {
    ImageReading(
      size: model.size, channels: model.channels, fit: data.fit ?? .crop,
      background: UInt8(clamping: data.background ?? 0), window: data.window ?? .ofFile,
      frames: data.frames ?? .middle, allowsBurnedIn: data.allowsBurnedIn == true)
  }

  /// What tells runs of other numbers apart: a fingerprint, in sixteen hexadecimal digits, of every
  /// setting that decides them, but neither of paths nor of who computes it, nor of how long the run is
  /// unless rates fall by that. It is that of the images that the run began with, also where it went on
  /// with others.
  public var digest: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let sizes = "\(model.size) \(model.channels) \(model.nz) \(model.ngf) \(model.ndf)"
    let rates = "\(training.learningRate) \(training.beta1) \(training.averageDecay ?? 0)"
    let begun =
      data.dataChanges?.first.map { ($0.digest, $0.images) } ?? (data.dataDigest, data.images)
    let patients = data.splitByPatient.map { " by patient \($0)" } ?? ""
    let names =
      "\(data.split)\(patients) \(data.classes.sorted()) \((data.excluded ?? []).sorted())"
    let shown =
      (data.window.map { " \($0)" } ?? "") + (data.frames.map { " \($0)" } ?? "")
      + (data.allowsBurnedIn == true ? " burned in" : "")
    let length = training.techniquesInUse.finalLearningRate != nil ? " \(training.epochs)" : ""
    let choice = "\(names) \(data.limit ?? 0) \(reading.fit) \(reading.background)\(shown)"
    let classes = model.classes.map { "\nclasses \($0.names) \($0.images)" } ?? ""
    let techniques = training.techniques.flatMap { try? encoder.encode($0) }.map {
      String(decoding: $0, as: UTF8.self)
    }
    let first = [training.initialGenerator, training.initialDiscriminator].map { $0?.digest ?? "" }
    var sum = Fingerprint()
    sum.add(
      [
        "\(sizes) \(training.batch)\(length)", "\(rates) \(training.seed)",
        "\(begun.0) \(begun.1) \(choice)", first.joined(separator: " "),
        (techniques ?? "") + classes + (model.hasMinibatchDeviation ? "\nminibatch_std" : "")
          + (training.precision.map { "\nprecision \($0.rawValue)" } ?? ""),
      ].joined(separator: "\n").utf8)
    return sum.digits
  }
}
