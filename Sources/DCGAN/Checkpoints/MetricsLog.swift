import Files
import Foundation

/// Appends to a run's `metrics.jsonl`, one line a step, each out of this process when `append`
/// returns.
public final class MetricsLog: Sendable {
  private let file: FileWriter
  /// Steps up to the one to go on after that have no line, as no crash leaves them: the file was
  /// edited or lost.
  public let missingSteps: Int

  /// Opens the log to go on after step `step`: 0 for a new run.
  ///
  /// Lines of later steps go, and so do a last line that was cut short and a step's second line.
  /// Throws `FileError`, and `RunFolderError` for a line that is no metrics.
  public init(path: String, afterStep step: Int) throws {
    missingSteps = step - (try MetricsLog.truncate(path, afterStep: step))
    let isNew = !Folder.exists(path)
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileError(path: path, action: "write", code: errno) }
    file = FileWriter(descriptor: descriptor, path: path)
    if isNew { try Folder.synchronize(Folder.parent(of: path)) }
  }

  deinit { close(file.descriptor) }

  /// Appends a step's line; throws `FileError`.
  public func append(_ metrics: Metrics) throws {
    try file.write(Array(metrics.line.utf8))
  }

  /// Waits until the lines are on the disk; throws `FileError`.
  ///
  /// Before a checkpoint is written, this keeps a power failure from taking lines of steps that the
  /// checkpoint counts as done.
  public func synchronize() throws { try file.synchronize() }

  /// Reads a log, without a last line that has no line break: it was cut, or is being written.
  ///
  /// A file that does not exist holds no lines. Throws `FileError`, and `RunFolderError` that names
  /// the line that is no metrics.
  public static func read(_ path: String) throws -> [Metrics] {
    try lines(of: path).map(\.metrics)
  }

  /// Reads the last line of a log that has a line break, however long the log is.
  ///
  /// Returns nil where there is none, or no file. Throws `FileError`, and `RunFolderError` where
  /// that line is no metrics.
  public static func last(in path: String) throws -> Metrics? {
    guard Folder.exists(path) else { return nil }
    let file = try FileReader(path: path)
    // A line has about 150 bytes.
    let tail = min(file.size, 1 << 16)
    let bytes = try [UInt8](unsafeUninitializedCapacity: tail) { buffer, count in
      let whole = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: tail)
      try file.read(at: file.size - tail, into: whole)
      count = tail
    }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.count > 1 else { return nil }
    do {
      return try Metrics(parsing: Array(lines[lines.count - 2]))
    } catch {
      throw RunFolderError(
        path: path, problem: "the last whole line: \(error)",
        advice: "remove that line, or start anew with another --run")
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
  /// Throws `RunFolderError` that names the line of the file at `path` that is no metrics.
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
      guard line.metrics.step > last && line.metrics.step <= step else { return false }
      last = line.metrics.step
      return true
    }.map(\.range)
  }

  /// Pairs a line's numbers with where in the file it is, line break included.
  private typealias Line = (metrics: Metrics, range: Range<Int>)

  private static func lines(of path: String) throws -> [Line] {
    guard Folder.exists(path) else { return [] }
    return try lines(of: FileReader(path: path).readAll(), path: path)
  }

  private static func lines(of bytes: [UInt8], path: String) throws -> [Line] {
    var lines: [Line] = []
    var start = 0
    while let lineBreak = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      do {
        let metrics = try Metrics(parsing: Array(bytes[start..<lineBreak]))
        lines.append((metrics, start..<lineBreak + 1))
      } catch {
        throw RunFolderError(
          path: path, problem: "line \(lines.count + 1): \(error)",
          advice: "remove that line, or start anew with another --run")
      }
      start = lineBreak + 1
    }
    return lines
  }
}
