import Foundation

/// Lists, creates and empties folders, with errors that name the path.
package enum Folder {
  /// Returns whether there is a file or folder at `path`.
  package static func exists(_ path: String) -> Bool {
    access(path, F_OK) == 0
  }

  /// Returns the names of everything in a folder, sorted; throws `FileError`.
  package static func names(in folder: String) throws -> [String] {
    guard access(folder, R_OK | X_OK) == 0 else {
      throw FileError(path: folder, action: "list", code: errno)
    }
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      throw FileError(path: folder, action: "list", reason: error.localizedDescription)
    }
  }

  /// Creates a folder and those above it, to stay after a power failure; an existing one is fine.
  /// Throws `FileError`.
  package static func create(_ path: String) throws {
    var prefix = path.hasPrefix("/") ? "/" : ""
    for component in path.split(separator: "/") {
      prefix += component + "/"
      guard mkdir(prefix, 0o777) != 0 else {
        try synchronize(parent(of: String(prefix.dropLast())))
        continue
      }
      let code = errno
      // A read-only or foreign folder above an existing one answers with another code than EEXIST.
      guard isFolder(prefix) else {
        let reason = code == EEXIST ? ENOTDIR : code
        throw FileError(path: path, action: "create the folder", code: reason)
      }
    }
  }

  /// Checks, before long work, that a file can be made at `path`; throws `FileError`.
  ///
  /// A file that stands there already is fine: it is replaced, which its folder must allow.
  package static func checkWritable(file path: String) throws {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[...$0]) } ?? "."
    if isFolder(path) { throw FileError(path: path, action: "write", code: EISDIR) }
    if access(folder, F_OK) != 0 {
      guard errno == ENOENT else { throw FileError(path: path, action: "write", code: errno) }
      throw FileError(
        path: path, action: "write", reason: "there is no folder \(folder): create it first")
    }
    guard access(folder, W_OK | X_OK) == 0 else {
      throw FileError(path: path, action: "write", code: errno)
    }
  }

  /// Removes one file; throws `FileError`.
  package static func remove(_ path: String) throws {
    guard unlink(path) == 0 else { throw FileError(path: path, action: "remove", code: errno) }
  }

  /// Removes a folder that holds nothing, and leaves any other; throws `FileError`.
  package static func removeIfEmpty(_ path: String) throws {
    guard rmdir(path) != 0, ![ENOTEMPTY, EEXIST].contains(errno) else { return }
    throw FileError(path: path, action: "remove", code: errno)
  }

  /// Gives a file another name in the place of whatever has that name, and brings the change to the
  /// disk; throws `FileError`.
  package static func rename(_ path: String, to new: String) throws {
    guard systemRename(path, new) == 0 else {
      throw FileError(path: path, action: "rename", code: errno)
    }
    try synchronize(parent(of: new))
  }

  /// Brings a folder's list of names to the disk; throws `FileError`.
  package static func synchronize(_ folder: String) throws {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    // A folder that may be written but not read cannot be opened; the system writes it in time.
    guard descriptor >= 0 || errno != EACCES else { return }
    guard descriptor >= 0 else { throw FileError(path: folder, action: "open", code: errno) }
    defer { close(descriptor) }
    // Some network file systems keep names safe by themselves and refuse the call for folders.
    if fsync(descriptor) != 0 && ![EINVAL, ENOTSUP, EINTR].contains(errno) {
      throw FileError(path: folder, action: "write", code: errno)
    }
  }

  /// Joins two paths of which either may be empty.
  package static func join(_ folder: String, _ name: String) -> String {
    if folder.isEmpty || name.isEmpty { return folder + name }
    return folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// Cuts the last component off a path: `a/b` gives `a`, `b` gives `.`, `/b` gives `/`.
  package static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Returns the absolute path of what lies at `path`, free of links and dots; where nothing does, `path`
  /// after the current folder.
  package static func absolute(_ path: String) -> String {
    if let resolved = realpath(path, nil) {
      defer { free(resolved) }
      // A name that is not UTF-8 cannot be written down.
      if let text = String(validatingCString: resolved) { return text }
    }
    return path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
  }

  /// Returns whether `path` leads to a folder.
  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Returns the bytes that can still be written below a path; nil where the system does not tell.
  package static func freeBytes(_ path: String) -> Int? {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return nil }
    let (bytes, overflow) = UInt64(status.f_bavail).multipliedReportingOverflow(
      by: UInt64(status.f_frsize))
    return overflow ? .max : Int(clamping: bytes)
  }

  /// Returns whether a path leads to a folder or to a zip archive, which is read as one.
  package static func holdsFiles(_ path: String) -> Bool {
    isFolder(path) || ArchivePath.isArchive(path)
  }
}

/// Calls `rename(2)` from a scope where a method does not hide its name.
private func systemRename(_ old: String, _ new: String) -> Int32 { rename(old, new) }

extension stat {
  /// When the file was changed last, in nanoseconds since 1970.
  package var modified: Int {
    #if canImport(Darwin)
      let time = st_mtimespec
    #else
      let time = st_mtim
    #endif
    let (nanoseconds, overflow) = Int(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
    // Some files claim to be of a year that no such number reaches.
    return overflow ? (time.tv_sec < 0 ? .min : .max) : nanoseconds &+ Int(time.tv_nsec)
  }
}
