import Files
import Foundation
import Support

/// Keeps other processes from writing the same run; the system lets go when this one ends.
package final class FolderLock: Sendable {
  private let descriptor: Int32

  /// Locks the folder at `path`.
  ///
  /// Throws `RunFolderError` where somebody else holds the lock, and `FileError`.
  ///
  /// - Parameter advice: What to do where somebody else holds it.
  package init(
    _ path: String,
    advice: Message = "wait for it to finish, stop it, or choose another folder with \(.run)"
  ) throws {
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path, action: "open", code: errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return }
    let code = errno
    // Some network file systems have no locks; a run there works as well without one.
    if code != EWOULDBLOCK { return }
    // The end of this value closes the descriptor: to close it here as well could close the file that
    // another thread opens in between.
    throw RunFolderError(
      path: path, problem: "is being written by another dcgan",
      advice: advice)
  }

  deinit {
    // A process that is being started at this moment has a copy of the descriptor for an instant, and
    // closing this one alone would leave the lock to it.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
