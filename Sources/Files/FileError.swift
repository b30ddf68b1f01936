import Foundation

/// Which file could not be read, written, listed or removed, and why.
public struct FileError: Error, CustomStringConvertible, Equatable {
  /// The file or folder.
  public let path: String
  /// What was tried, as a verb: `read`, `write`, `list`, `remove`, …
  public let action: String
  /// Why it failed, in words, with what to do where that is known.
  public let reason: String
  /// What a system call left in `errno`, where one failed.
  public let code: Int32?

  /// Describes a failure in words of the caller.
  package init(path: String, action: String, reason: String) {
    self.path = path
    self.action = action
    self.reason = reason
    code = nil
  }

  /// Describes the failure of a system call that left `code` in `errno`.
  package init(path: String, action: String, code: Int32) {
    self.path = path
    self.action = action
    reason = FileError.words(for: code)
    self.code = code
  }

  /// Whether there is nothing at the path.
  package var isMissing: Bool { code == ENOENT }

  /// Prints one line: `cannot write run/config.json: the disk is full: …`.
  public var description: String { "cannot \(action) \(path): \(reason)" }

  /// Puts an `errno` code into words; the common ones say what to do.
  private static func words(for code: Int32) -> String {
    switch code {
    case ENOSPC: "the disk is full: free some space or choose a folder on another disk"
    case EDQUOT: "the disk quota is used up: free some space or choose another folder"
    case EFBIG: "the file may not grow any larger: raise the limit (ulimit -f) or the quota"
    case EROFS: "the file system is read-only: choose another folder"
    case ENOENT: "no such file or folder"
    case EACCES, EPERM: "permission denied"
    case ENOTDIR: "part of the path is a file, not a folder"
    case EISDIR: "it is a folder, not a file"
    default: String(cString: strerror(code))
    }
  }
}
