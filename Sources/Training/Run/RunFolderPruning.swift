import Checkpoints
import Files
import Support

extension RunFolder {
  /// Removes old checkpoints once that of `epoch` is written: the `keep` newest stay, at least one,
  /// and those of epochs that `keepEvery` divides, where it is not 0.
  ///
  /// Nothing goes before the checkpoint of `epoch` is read back and found whole, and those of later
  /// epochs are neither counted nor removed, so a whole one always stays. Returns the epochs whose
  /// checkpoints went; throws `DamagedCheckpointError` and `FileError`.
  @discardableResult
  public func prune(keep: Int, keepEvery: Int, after epoch: Int) throws -> [Int] {
    let doomed = RunFolder.epochsToRemove(
      from: try checkpointEpochs().filter { $0 <= epoch }, keep: keep, keepEvery: keepEvery)
    guard !doomed.isEmpty else { return [] }
    do {
      try SafeTensors.verify(contentsOf: checkpointPath(epoch: epoch))
    } catch let error as SafeTensorsError {
      throw DamagedCheckpointError(
        problem: "\(error)",
        advice: "it was written a moment ago, so check the disk and the memory; the older "
          + "checkpoints were kept: continue with \(.resume) \(.epoch, doomed.last ?? epoch)")
    }
    for epoch in doomed { try Folder.remove(checkpointPath(epoch: epoch)) }
    return doomed
  }

  /// Returns those of `epochs`, ascending, that `prune` removes.
  package static func epochsToRemove(from epochs: [Int], keep: Int, keepEvery: Int) -> [Int] {
    epochs.sorted().dropLast(max(1, keep)).filter { keepEvery <= 0 || $0 % keepEvery != 0 }
  }

  /// Gives the checkpoints of epochs after `epoch` names under which no run looks for them, since it
  /// goes on from `epoch` and comes to those epochs again.
  ///
  /// The newest goes first: a process that is killed on the way leaves a run that another can go on
  /// with. Returns the new paths, oldest first; throws `FileError`.
  public func setAside(after epoch: Int) throws -> [String] {
    try checkpointEpochs().filter { $0 > epoch }.reversed().map { later in
      let path = checkpointPath(epoch: later)
      try Folder.rename(path, to: path + ".set-aside")
      return path + ".set-aside"
    }.reversed()
  }

  /// Returns whether the checkpoint of an epoch can be read whole.
  func isWhole(epoch: Int) -> Bool {
    let path = checkpointPath(epoch: epoch)
    do {
      _ = try CheckpointSummary(contentsOf: path)
      try SafeTensors.verify(contentsOf: path)
      return true
    } catch {
      return false
    }
  }
}
