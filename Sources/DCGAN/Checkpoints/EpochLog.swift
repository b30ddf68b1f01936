import Files

/// Keeps a run's `epochs.jsonl`, a line an epoch: whole at every instant, for it is written anew.
///
/// - Complexity: O(epochs) for each line, which a progress sheet's picture outweighs.
public enum EpochLog {
  /// Reads a log; a file that does not exist holds no lines.
  ///
  /// Throws `FileError`, and `RunFolderError` that names the line that is none of an epoch.
  public static func read(_ path: String) throws -> [EpochMetrics] {
    guard Folder.exists(path) else { return [] }
    let lines = try FileReader(path: path).readAll().split(separator: UInt8(ascii: "\n"))
    return try lines.enumerated().map { index, line in
      do {
        return try EpochMetrics(parsing: Array(line))
      } catch {
        throw RunFolderError(
          path: path, problem: "line \(index + 1): \(error)",
          advice: "remove that line, or start anew with another --run")
      }
    }
  }

  /// Removes the lines of epochs that end after a step, and returns the others; throws as `read`, and
  /// `FileError`.
  package static func goBack(_ path: String, to step: Int) throws -> [EpochMetrics] {
    let all = try read(path)
    let kept = all.filter { $0.step <= step }
    if kept != all { try write(kept, to: path) }
    return kept
  }

  /// Adds an epoch's line, in the place of one of the same or a later epoch; throws as `goBack`.
  package static func append(_ epoch: EpochMetrics, to path: String) throws {
    let earlier = try read(path).filter { $0.epoch < epoch.epoch }
    try write(earlier + [epoch], to: path)
  }

  private static func write(_ epochs: [EpochMetrics], to path: String) throws {
    try AtomicFile.write(epochs.flatMap { Array($0.line.utf8) }, to: path)
  }
}
