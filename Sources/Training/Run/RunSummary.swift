import Checkpoints
import Files
import Support

/// What there is to say about a run, from its folder's files.
public struct RunSummary: Equatable, Sendable {
  /// A checkpoint's epoch and the size of its file.
  public struct CheckpointFile: Codable, Equatable, Sendable {
    /// The epoch.
    public let epoch: Int
    /// The file's size.
    public let bytes: Int
  }

  /// The folder.
  public let path: String
  /// The settings.
  public let configuration: RunConfiguration
  /// The numbers of the last step, or nil before there is one.
  public let lastMetrics: StepMetrics?
  /// The checkpoints, oldest first.
  public let checkpoints: [CheckpointFile]
  /// The epochs that have a contact sheet, ascending.
  public let progressEpochs: [Int]
  /// Weights that training changes.
  public let parameters: ParameterCounts

  /// Steps done.
  public var stepsDone: Int { lastMetrics?.step ?? 0 }
  /// Whole epochs done.
  public var epochsDone: Int { configuration.position(after: stepsDone).epochsDone }

  /// Reads the folder at `path`, which may be in use.
  ///
  /// Throws `RunFolderError` where there is no run or one of its files is damaged, and `FileError`.
  public init(contentsOf path: String) throws {
    guard RunFolder.exists(at: path) else {
      throw RunFolderError(
        path: path, problem: "is not a run: it has no config.json",
        advice: "name a run's folder or a checkpoint")
    }
    let folder = try RunFolder.open(at: path)
    let configuration = try folder.configuration()
    self.path = path
    self.configuration = configuration
    lastMetrics = try MetricsLog.last(in: folder.metricsPath)
    checkpoints = try folder.checkpointEpochs().compactMap { epoch in
      do {
        let file = try FileReader(path: folder.checkpointPath(epoch: epoch))
        return CheckpointFile(epoch: epoch, bytes: file.size)
      } catch let error as FileError where error.isMissing {
        // A run that is being trained has removed it since it was listed.
        return nil
      }
    }
    progressEpochs = try folder.progressEpochs()
    parameters = ParameterCounts(configuration.model)
  }
}
