import Foundation
import Support

/// A path that leads into a zip archive, such as `set.zip/train/a.png`.
package struct ArchivePath {
  /// The archive.
  package let archive: ZipArchive
  /// The path within it; empty for its top folder.
  package let inner: String

  /// Finds the archive on a path: the first part of it that ends in `.zip` and is a regular file; nil where
  /// there is none.
  ///
  /// Throws `FileError` where that file is no archive that can be read.
  package init?(_ path: String) throws {
    guard let (file, inner) = Self.split(path) else { return nil }
    archive = try Self.open(file)
    self.inner = inner
  }

  /// What lies there.
  package var entry: ZipArchive.Entry? { archive.entry(at: inner) }

  /// Returns the file that a member is read from; nil where the path leads to none.
  var member: ZipArchive.Member? {
    if case .file(let member)? = entry { member } else { nil }
  }

  /// Returns whether a path is that of an archive, by its name and kind alone.
  package static func isArchive(_ path: String) -> Bool { split(path)?.inner.isEmpty == true }

  private static func split(_ path: String) -> (file: String, inner: String)? {
    var search = path.startIndex..<path.endIndex
    while let suffix = path.range(of: ".zip", options: .caseInsensitive, range: search) {
      let rest = path[suffix.upperBound...]
      let file = String(path[..<suffix.upperBound])
      if rest.isEmpty || rest.hasPrefix("/"), Stamp(file) != nil {
        return (file, rest.split(separator: "/").joined(separator: "/"))
      }
      search = suffix.upperBound..<path.endIndex
    }
    return nil
  }

  /// What tells whether a file is the one that was there before.
  private struct Stamp: Equatable {
    let node: UInt64
    let bytes: Int
    let modified: Int

    /// Looks at a regular file; nil where there is none.
    init?(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      node = UInt64(truncatingIfNeeded: status.st_ino)
      bytes = Int(status.st_size)
      modified = status.modified
    }
  }

  /// The archives that were opened, so that each list of names is read once.
  private static let opened = Locked<[String: (stamp: Stamp, archive: ZipArchive)]>([:])

  private static func open(_ file: String) throws -> ZipArchive {
    guard let stamp = Stamp(file) else { throw FileError(path: file, action: "read", code: ENOENT) }
    return try opened.withLock { opened in
      if let known = opened[file], known.stamp == stamp { return known.archive }
      let archive = try ZipArchive(path: file)
      opened[file] = (stamp, archive)
      return archive
    }
  }
}
