import DataSets
import Files
import Support

/// The folder of a run, with the place of everything in it, written by one process at a time.
///
///     config.json  metrics.jsonl  epochs.jsonl  real-samples.png  real-first.png
///     progress/epoch-0001.png     checkpoints/epoch-0001.safetensors
public struct RunFolder: Sendable {
  /// The folder.
  public let path: String
  /// Held for as long as this value or a copy lives, where the run may be written.
  private let lock: FolderLock?

  /// Starts a run: creates the folder and writes `config.json`.
  ///
  /// Throws what `claim` throws.
  public static func create(
    at path: String, configuration: RunConfiguration
  ) throws -> RunFolder {
    let folder = try claim(at: path)
    try folder.write(configuration)
    return folder
  }

  /// Creates the folder of a run whose settings are still to be written; until they are, it holds no
  /// run and may be claimed again.
  ///
  /// Throws `RunFolderError` where the folder holds a run already or another process writes it, and
  /// `FileError`.
  public static func claim(at path: String) throws -> RunFolder {
    try Folder.create(path)
    let folder = RunFolder(path: path, lock: try FolderLock(path))
    try folder.checkEmpty()
    try folder.prepare()
    return folder
  }

  /// Opens a run to continue it, and removes what a killed process left half-written.
  ///
  /// Throws `RunFolderError` where there is no run or another process writes it, and `FileError`.
  public static func resume(at path: String) throws -> RunFolder {
    try checkRun(at: path)
    let folder = RunFolder(path: path, lock: try FolderLock(path))
    try Folder.checkWritable(file: folder.configurationPath)
    try folder.prepare()
    return folder
  }

  /// Opens a run to read it, which may go on while it is being trained.
  ///
  /// Throws `RunFolderError` where there is no run.
  public static func open(at path: String) throws -> RunFolder {
    try checkRun(at: path)
    return RunFolder(path: path, lock: nil)
  }

  /// Returns whether the folder at `path` holds a run.
  public static func exists(at path: String) -> Bool {
    Folder.exists(RunFolder(path: path, lock: nil).configurationPath)
  }

  /// Names the folder of a run that another rank of the same training writes, and this one does not.
  public static func writtenByFirstRank(at path: String) -> RunFolder {
    RunFolder(path: path, lock: nil)
  }

  /// The path of `config.json`: the settings.
  public var configurationPath: String { "\(path)/\(RunNames.configuration)" }
  /// The path of `data-files.json`: the files that the run trains on.
  public var dataFilesPath: String { "\(path)/data-files.json" }
  /// The path of `metrics.jsonl`: a line a step.
  public var metricsPath: String { "\(path)/metrics.jsonl" }
  /// The path of `epochs.jsonl`: a line an epoch.
  public var epochsPath: String { "\(path)/epochs.jsonl" }
  /// The path of `real-samples.png`: 64 images, evenly spread over the data, as the networks see
  /// them; the first 64 where there is no `real-first.png`, as earlier versions wrote it.
  public var realSamplesPath: String { "\(path)/\(RunNames.realSamples)" }
  /// The path of `real-first.png`: the first 64 images of the sorted data, as the networks see them.
  public var realFirstPath: String { "\(path)/\(RunNames.realFirst)" }

  /// Returns the path of the contact sheet made after an epoch, counted from 1.
  public func progressPath(epoch: Int) -> String {
    "\(path)/\(Artifact.progress.path(epoch: epoch))"
  }

  /// Returns the path of the checkpoint made after an epoch, counted from 1.
  public func checkpointPath(epoch: Int) -> String {
    "\(path)/\(Artifact.checkpoint.path(epoch: epoch))"
  }

  /// Reads the settings; throws `FileError` and `RunFolderError`.
  public func configuration() throws -> RunConfiguration {
    try RunConfiguration(contentsOf: configurationPath)
  }

  /// Replaces the settings, whole or not at all; throws `FileError`.
  public func write(_ configuration: RunConfiguration) throws {
    try configuration.write(to: configurationPath)
  }

  /// Replaces the list of the files that the run trains on; throws `FileError`.
  public func write(_ files: DataFileList) throws { try files.write(to: dataFilesPath) }

  private static func checkRun(at path: String) throws {
    let folder = RunFolder(path: path, lock: nil)
    guard !Folder.exists(folder.configurationPath) else { return }
    throw RunFolderError(
      path: path,
      problem: Folder.exists(path) ? "is not a run: it has no config.json" : "does not exist",
      advice: "name a run's folder with \(.run), or train one first")
  }

  /// Refuses a folder that holds anything of a run.
  private func checkEmpty() throws {
    if Folder.exists(configurationPath) {
      throw RunFolderError(
        path: path, problem: "already holds a run",
        advice: "continue it with \(.resume), or choose another folder with \(.run)")
    }
    let hasCheckpoints = try !checkpointEpochs().isEmpty
    if hasCheckpoints || Folder.exists(metricsPath) {
      let found = hasCheckpoints ? "checkpoints" : "metrics.jsonl"
      throw RunFolderError(
        path: path, problem: "holds \(found) of an earlier run, but not its config.json",
        advice: "put config.json back and use \(.resume), or choose another folder with \(.run)")
    }
  }

  /// Makes the inner folders and clears them of half-written files.
  private func prepare() throws {
    try AtomicFile.removeLeftovers(in: path)
    for artifact in Artifact.allCases {
      let folder = "\(path)/\(artifact.folder)"
      try Folder.create(folder)
      try AtomicFile.removeLeftovers(in: folder)
    }
  }
}
