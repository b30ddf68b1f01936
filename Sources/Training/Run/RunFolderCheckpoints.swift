import Checkpoints
import Files
import Support

extension RunFolder {
  /// Reads the checkpoint of `epoch`, or the newest.
  ///
  /// - Parameter isResumed: tells that the run is to go on from it, which decides the advice.
  /// - Throws: `RunFolderError` where there is no such checkpoint, `DamagedCheckpointError` where it
  ///   cannot be used, and `FileError`.
  public func readCheckpoint(
    epoch: Int? = nil, isResumed: Bool = false
  ) throws -> (value: Checkpoint, epoch: Int, path: String) {
    try withCheckpoint(epoch: epoch) { epoch, path in
      do {
        return (try Checkpoint(contentsOf: path), epoch, path)
      } catch  where error is SafeTensorsError || error is CheckpointError {
        let others = try checkpointEpochs().filter { $0 != epoch && isWhole(epoch: $0) }
        throw DamagedCheckpointError(
          problem: "\(error)",
          advice: isResumed
            ? Self.adviceToResume(others, before: epoch) : Self.adviceToDraw(others, before: epoch))
      }
    }
  }

  /// Calls `body` with the checkpoint of `epoch`, or the newest.
  ///
  /// A run that is being trained may remove a checkpoint between the moment it is found and the
  /// moment it is opened; where `body` finds it missing, it is searched for once more.
  package func withCheckpoint<Result>(
    epoch: Int?, _ body: (_ epoch: Int, _ path: String) throws -> Result
  ) throws -> Result {
    let found = try findCheckpoint(epoch: epoch)
    do {
      return try body(found.epoch, found.path)
    } catch let error as FileError where error.isMissing {
      let next = try findCheckpoint(epoch: epoch)
      return try body(next.epoch, next.path)
    }
  }

  private static func adviceToResume(_ others: [Int], before epoch: Int) -> Message {
    if let earlier = others.last(where: { $0 < epoch }) {
      return "continue from the previous one with \(.resume) \(.epoch, earlier)"
    }
    return others.isEmpty
      ? "no other checkpoint is intact: delete them all, and \(.resume) starts the run over"
      : "continue from another with \(.resume) \(.epoch) and one of \(list(others))"
  }

  private static func adviceToDraw(_ others: [Int], before epoch: Int) -> Message {
    if let earlier = others.last(where: { $0 < epoch }) {
      return "use the previous one with \(.epoch, earlier)"
    }
    return others.isEmpty
      ? "delete that file and continue training with \(.resume)"
      : "choose another with \(.epoch): \(list(others))"
  }
}

/// A checkpoint cannot be used; which other one can.
public struct DamagedCheckpointError: MessageError, Equatable {
  /// The file and what is wrong with it.
  public let problem: String
  /// The ways on.
  public let advice: Message

  /// One line.
  public var message: Message { "\(problem); \(advice)" }
}
