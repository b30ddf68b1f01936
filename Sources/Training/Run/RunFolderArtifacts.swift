import DataSets
import Files
import Support

/// A kind of file that a run makes again and again.
enum Artifact: CaseIterable {
  case progress
  case checkpoint

  var folder: String {
    switch self {
    case .progress: RunNames.progress
    case .checkpoint: RunNames.checkpoints
    }
  }

  private var suffix: String {
    switch self {
    case .progress: "png"
    case .checkpoint: "safetensors"
    }
  }

  /// Returns `progress/epoch-0001.png` and the like; more digits from epoch 10,000 on.
  func path(epoch: Int) -> String { "\(folder)/\(name(epoch: epoch))" }

  /// Returns the epoch in a file's name, or nil where the name is not exactly the one it has.
  func epoch(of name: String) -> Int? {
    let digits = name.dropFirst("epoch-".count).prefix { $0 != "." }
    guard let epoch = Int(digits), epoch > 0, self.name(epoch: epoch) == name else { return nil }
    return epoch
  }

  private func name(epoch: Int) -> String {
    let digits = String(epoch)
    let zeros = String(repeating: "0", count: max(0, 4 - digits.count))
    return "epoch-\(zeros)\(digits).\(suffix)"
  }
}

extension RunFolder {
  /// Lists the epochs that have a contact sheet, ascending; throws `FileError`.
  public func progressEpochs() throws -> [Int] { try epochs(of: .progress) }

  /// Lists the epochs that have a checkpoint, ascending; throws `FileError`.
  public func checkpointEpochs() throws -> [Int] { try epochs(of: .checkpoint) }

  /// Returns the newest epoch that has a checkpoint, or nil; throws `FileError`.
  public func latestCheckpointEpoch() throws -> Int? { try checkpointEpochs().last }

  /// Finds the checkpoint to read: that of `epoch`, or the newest.
  ///
  /// Throws `RunFolderError` that lists the epochs there are, and `FileError`.
  public func findCheckpoint(epoch: Int? = nil) throws -> (epoch: Int, path: String) {
    let found = try find(epoch, of: .checkpoint, named: "checkpoint")
    return (found, checkpointPath(epoch: found))
  }

  /// Finds the contact sheet to read: that of `epoch`, or the newest.
  ///
  /// Throws `RunFolderError` that lists the epochs there are, and `FileError`.
  public func findProgress(epoch: Int? = nil) throws -> (epoch: Int, path: String) {
    let found = try find(epoch, of: .progress, named: "contact sheet")
    return (found, progressPath(epoch: found))
  }

  private func epochs(of artifact: Artifact) throws -> [Int] {
    let folder = "\(path)/\(artifact.folder)"
    guard Folder.exists(folder) else { return [] }
    return try Folder.names(in: folder).compactMap(artifact.epoch).sorted()
  }

  private func find(_ epoch: Int?, of artifact: Artifact, named name: String) throws -> Int {
    let epochs = try epochs(of: artifact)
    guard let newest = epochs.last else {
      throw RunFolderError(
        path: path, problem: "has no \(name) yet",
        advice: "train it for at least one epoch, or choose another folder with \(.run)")
    }
    guard let epoch else { return newest }
    guard epochs.contains(epoch) else {
      throw RunFolderError(
        path: path, problem: "has no \(name) of epoch \(epoch)",
        advice: "choose another with \(.epoch): \(RunFolder.list(epochs))")
    }
    return epoch
  }

  /// Prints ascending epochs with runs drawn together: `1, 3-5, 10`.
  package static func list(_ epochs: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for epoch in epochs {
      if let last = ranges.last, last.upperBound + 1 == epoch {
        ranges[ranges.count - 1] = last.lowerBound...epoch
      } else {
        ranges.append(epoch...epoch)
      }
    }
    let words = ranges.map { range in
      switch range.count {
      case 1: "\(range.lowerBound)"
      case 2: "\(range.lowerBound), \(range.upperBound)"
      default: "\(range.lowerBound)-\(range.upperBound)"
      }
    }
    return words.joined(separator: ", ")
  }
}
