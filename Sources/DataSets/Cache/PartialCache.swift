import Files
import Foundation

/// The file of a cache that is being built, which one process writes at a time: `FILE.partial`.
final class PartialCache: Sendable {
  /// The path of the file.
  let path: String
  private let descriptor: Int32

  /// Returns the path of the file beside a cache that is still to be built.
  static func path(of cache: String) -> String { cache + ".partial" }

  /// Opens or makes the file that will be the cache, and keeps other processes from writing it for as
  /// long as this value lives; nil where there is a cache, because another process has built it.
  ///
  /// Throws `FileError`.
  ///
  /// - Parameter onWait: Is called before this waits for another process that builds the cache.
  static func lock(_ cache: String, onWait: () -> Void) throws -> PartialCache? {
    while !Folder.exists(cache) {
      let file = try PartialCache(path(of: cache))
      try file.wait(onWait)
      // Whoever had it has renamed or removed it.
      guard file.isAtItsPath else { continue }
      guard Folder.exists(cache) else { return file }
      try Folder.remove(file.path)
    }
    return nil
  }

  private init(_ path: String) throws {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o666)
    guard descriptor >= 0 else { throw FileError(path: path, action: "write", code: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileError(path: path, action: "write", reason: "it is not a regular file")
    }
  }

  deinit {
    // As `FolderLock` does, and why.
    if descriptor >= 0 {
      flock(descriptor, LOCK_UN)
      close(descriptor)
    }
  }

  private var status: stat {
    var status = stat()
    fstat(descriptor, &status)
    return status
  }

  /// When the file was changed last, in nanoseconds since 1970, by the clock of its file system.
  var modified: Int { status.modified }
  /// The bytes of the file.
  var size: Int { Int(status.st_size) }
  /// Writes where the file was cut off last.
  var writer: FileWriter { FileWriter(descriptor: descriptor, path: path) }

  /// Waits until no other process has the lock. Throws `FileError` where there are no locks, as on some
  /// file systems of clusters: two processes would write over each other.
  private func wait(_ onWait: () -> Void) throws {
    guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return }
    if errno == EWOULDBLOCK {
      onWait()
      while flock(descriptor, LOCK_EX) != 0 {
        guard errno == EINTR else { throw FileError(path: path, action: "lock", code: errno) }
      }
      return
    }
    throw FileError(path: path, action: "lock", code: errno)
  }

  private var isAtItsPath: Bool {
    var found = stat()
    guard stat(path, &found) == 0 else { return false }
    return found.st_ino == status.st_ino && found.st_dev == status.st_dev
  }

  /// Cuts off what comes after so many bytes, where writing goes on; throws `FileError`.
  func cut(to size: Int) throws {
    guard ftruncate(descriptor, off_t(size)) == 0,
      lseek(descriptor, off_t(size), SEEK_SET) == off_t(size)
    else { throw FileError(path: path, action: "write", code: errno) }
  }

  /// Gives the file, which is complete, the name of the cache; throws `FileError`.
  func complete(as cache: String) throws {
    try writer.synchronize()
    try Folder.rename(path, to: cache)
  }
}
