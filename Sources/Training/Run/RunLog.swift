import Files
import Foundation
import Support

/// A line of one of a run's logs: a JSON object.
package protocol LogLine: Sendable {
  /// The steps done when it was written.
  var step: Int { get }
  /// Prints the object on one line, with its line break.
  var line: String { get }
  /// Reads a line's bytes; throws where they are no such object.
  init(parsing line: [UInt8]) throws
}

extension StepMetrics: LogLine {}
extension EpochMetrics: LogLine {}

/// Keeps a run's `metrics.jsonl`, a line a step.
package typealias MetricsLog = RunLog<StepMetrics>
/// Keeps a run's `epochs.jsonl`, a line an epoch.
package typealias EpochLog = RunLog<EpochMetrics>

/// Appends lines to one of a run's logs, each out of this process when `append` returns.
package final class RunLog<Entry: LogLine>: Sendable {
  private let file: FileWriter
  /// How many lines there were before.
  package let earlierLines: Int

  /// Opens the log to go on after step `step`: 0 for a new run.
  ///
  /// Lines of later steps go, and so do a last line that was cut short and a step's second line.
  /// Throws `FileError`, and `RunFolderError` for a line that is none of this log.
  package init(path: String, afterStep step: Int) throws {
    earlierLines = try RunLog.truncate(path, afterStep: step)
    let isNew = !Folder.exists(path)
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileError(path: path, action: "write", code: errno) }
    file = FileWriter(descriptor: descriptor, path: path)
    if isNew { try Folder.synchronize(Folder.parent(of: path)) }
  }

  deinit { close(file.descriptor) }

  /// Appends a line; throws `FileError`.
  package func append(_ entry: Entry) throws {
    try file.write(Array(entry.line.utf8))
  }

  /// Waits until the lines are on the disk; throws `FileError`.
  ///
  /// Before a checkpoint is written, this keeps a power failure from taking lines of steps that the
  /// checkpoint counts as done.
  package func synchronize() throws { try file.synchronize() }

  /// Reads a log, without a last line that has no line break: it was cut, or is being written.
  ///
  /// A file that does not exist holds no lines. Throws `FileError`, and `RunFolderError` that names
  /// the line that is none.
  package static func read(_ path: String) throws -> [Entry] {
    try lines(of: path).map(\.entry)
  }

  /// Reads the last line of a log that has a line break, however long the log is.
  ///
  /// Returns nil where there is none, or no file. Throws `FileError`, and `RunFolderError` where
  /// that line is none.
  package static func last(in path: String) throws -> Entry? {
    guard Folder.exists(path) else { return nil }
    let file = try FileReader(path: path)
    // A line has about 150 bytes.
    let tail = min(file.size, 1 << 16)
    let bytes = try [UInt8](count: tail) { try file.read(at: file.size - tail, into: $0) }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.count > 1 else { return nil }
    do {
      return try Entry(parsing: Array(lines[lines.count - 2]))
    } catch {
      throw RunFolderError(
        path: path, problem: "the last complete line: \(error)",
        advice: "remove that line, or start a new run in another \(.run) folder")
    }
  }

  /// Keeps one line for each step up to `step`, and returns how many those are.
  private static func truncate(_ path: String, afterStep step: Int) throws -> Int {
    guard Folder.exists(path) else { return 0 }
    let whole = try FileReader(path: path).readAll()
    let kept = try keptRanges(of: whole, path: path, afterStep: step)
    let bytes = kept.flatMap { whole[$0] }
    if bytes != whole { try AtomicFile.write(bytes, to: path) }
    return kept.count
  }

  /// Returns a log's bytes with one line for each step up to `step`, without a last line that was cut
  /// short.
  ///
  /// Throws `RunFolderError` that names the line of the file at `path` that is none.
  package static func kept(
    of bytes: [UInt8], path: String, afterStep step: Int
  ) throws -> [UInt8] {
    try keptRanges(of: bytes, path: path, afterStep: step).flatMap { bytes[$0] }
  }

  /// Returns where the lines that are kept lie.
  private static func keptRanges(
    of bytes: [UInt8], path: String, afterStep step: Int
  ) throws -> [Range<Int>] {
    var last = 0
    return try lines(of: bytes, path: path).filter { line in
      guard line.entry.step > last && line.entry.step <= step else { return false }
      last = line.entry.step
      return true
    }.map(\.range)
  }

  /// Pairs a line's numbers with where in the file it is, line break included.
  private typealias Line = (entry: Entry, range: Range<Int>)

  private static func lines(of path: String) throws -> [Line] {
    guard Folder.exists(path) else { return [] }
    return try lines(of: FileReader(path: path).readAll(), path: path)
  }

  private static func lines(of bytes: [UInt8], path: String) throws -> [Line] {
    var lines: [Line] = []
    var start = 0
    while let lineBreak = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      do {
        let entry = try Entry(parsing: Array(bytes[start..<lineBreak]))
        lines.append((entry, start..<lineBreak + 1))
      } catch {
        throw RunFolderError(
          path: path, problem: "line \(lines.count + 1): \(error)",
          advice: "remove that line, or start a new run in another \(.run) folder")
      }
      start = lineBreak + 1
    }
    return lines
  }
}
