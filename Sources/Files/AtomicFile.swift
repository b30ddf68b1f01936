import Foundation

/// Replaces files so that a reader sees the old content or the new, never a part of either.
package enum AtomicFile {
  /// The start of every temporary file's name, by which a killed process's leftovers are known.
  private static let temporaryPrefix = ".dcgan-partial-"

  /// Writes a file by way of a temporary one in the same folder.
  ///
  /// The temporary is filled by `body`, brought to the disk, renamed to `path`, and the folder is
  /// brought to the disk too, so that the file survives a power failure from then on. Where any of
  /// it fails the temporary is removed and whatever stood at `path` before stays as it was. Throws
  /// `FileError`, or what `body` throws.
  ///
  /// - Parameter isDurable: false where nothing is lost that cannot be made again: then the system
  ///   brings the file to the disk when it likes.
  package static func write(
    to path: String, isDurable: Bool = true, _ body: (FileWriter) throws -> Void
  ) throws {
    let folder = Folder.parent(of: path)
    let token = UInt64.random(in: .min ... .max)
    let name = "\(temporaryPrefix)\(getpid())-\(String(token, radix: 16))"
    let temporary = "\(folder)/\(name)"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileError(path: path, action: "write", code: errno) }
    do {
      try fill(FileWriter(descriptor: descriptor, path: path), isDurable: isDurable, body)
      guard rename(temporary, path) == 0 else {
        throw FileError(path: path, action: "write", code: errno)
      }
    } catch {
      unlink(temporary)
      throw error
    }
    if isDurable { try Folder.synchronize(folder) }
  }

  /// Writes `bytes` as the whole content of the file at `path`; throws `FileError`.
  package static func write(_ bytes: [UInt8], to path: String) throws {
    try write(to: path) { try $0.write(bytes) }
  }

  /// Removes the temporary files that killed processes left in `folder`, and returns their names.
  ///
  /// Only for a folder that nobody else writes to: a temporary in use looks the same. Throws
  /// `FileError`.
  @discardableResult
  package static func removeLeftovers(in folder: String) throws -> [String] {
    let names = try Folder.names(in: folder).filter { $0.hasPrefix(temporaryPrefix) }
    for name in names { try Folder.remove("\(folder)/\(name)") }
    return names
  }

  /// Runs `body`, then flushes and closes; the descriptor is closed in every case.
  private static func fill(
    _ writer: FileWriter, isDurable: Bool, _ body: (FileWriter) throws -> Void
  ) throws {
    do {
      try body(writer)
      if isDurable { try writer.synchronize() }
    } catch {
      close(writer.descriptor)
      throw error
    }
    // Network file systems report a full disk as late as here.
    if close(writer.descriptor) != 0 && errno != EINTR {
      throw FileError(path: writer.path, action: "write", code: errno)
    }
  }
}
