import Files
import Foundation

/// A thing in a folder, by its name and what the file system says of it.
struct FolderEntry {
  /// The name; where that is not UTF-8, with the bytes that are not ASCII as `\xE9`.
  let name: String
  /// Whether `name` is the true name.
  let isExact: Bool
  /// What it is, links followed, or nil where the file system does not tell.
  let status: FileStatus?
  /// Whether it is a link whose way leads nowhere.
  let isDangling: Bool

  /// Describes an entry of a folder of a zip archive.
  fileprivate init(_ name: String, _ entry: ZipArchive.Entry?, of archive: ZipArchive) {
    (self.name, isExact, isDangling) = (name, true, false)
    status = entry.map { FileStatus($0, of: archive) }
  }

  /// Asks about an entry of an open folder by the bytes of its name.
  fileprivate init(_ bytes: UnsafePointer<CChar>, in folder: Int32) {
    var found = stat()
    let code = fstatat(folder, bytes, &found, 0) == 0 ? 0 : errno
    status = code == 0 ? FileStatus(found) : nil
    isDangling = code == ENOENT || code == ELOOP
    let exact = String(validatingCString: bytes)
    isExact = exact != nil
    name = exact ?? escaped(bytes)
  }
}

/// What the file system says of a path, links followed.
struct FileStatus {
  let isFolder: Bool
  let isFile: Bool
  let bytes: Int
  let device: UInt64
  let node: UInt64
  /// When it was changed last, in nanoseconds since 1970.
  let modified: Int

  /// Describes what lies in a zip archive; its folders are told apart by their numbers, and whatever
  /// changes the archive changes it.
  init(_ entry: ZipArchive.Entry, of archive: ZipArchive) {
    (device, modified) = (.max, archive.modified)
    switch entry {
    case .folder(let number):
      (isFolder, isFile, bytes, node) = (true, false, 0, UInt64(number))
    case .file(let member):
      (isFolder, isFile, bytes, node) = (false, !member.isSpecial, member.bytes, 0)
    }
  }

  init(_ status: stat) {
    let type = status.st_mode & S_IFMT
    isFolder = type == S_IFDIR
    isFile = type == S_IFREG
    bytes = Int(status.st_size)
    device = UInt64(truncatingIfNeeded: status.st_dev)
    node = UInt64(truncatingIfNeeded: status.st_ino)
    modified = status.modified
  }
}

/// Returns nil where nothing is at `path`, or nothing that can be asked. A zip archive is a folder.
func fileStatus(_ path: String) -> FileStatus? {
  if let place = try? ArchivePath(path) {
    return place.entry.map { FileStatus($0, of: place.archive) }
  }
  var status = stat()
  return stat(path, &status) == 0 ? FileStatus(status) : nil
}

/// Returns what `folder` holds, sorted by the bytes of the names.
func folderEntries(in folder: String) throws(FolderListingError) -> [FolderEntry] {
  if let place = try? ArchivePath(folder) {
    return place.archive.names(in: place.inner).map { name in
      FolderEntry(
        name, place.archive.entry(at: Folder.join(place.inner, name)), of: place.archive)
    }
  }
  guard let stream = opendir(folder) else { throw FolderListingError(errno) }
  defer { closedir(stream) }
  var entries: [FolderEntry] = []
  while true {
    errno = 0
    guard let entry = readdir(stream) else { break }
    withUnsafePointer(to: &entry.pointee.d_name) { name in
      name.withMemoryRebound(to: CChar.self, capacity: 1) { name in
        guard strcmp(name, ".") != 0, strcmp(name, "..") != 0 else { return }
        entries.append(FolderEntry(name, in: dirfd(stream)))
      }
    }
  }
  if errno != 0 { throw FolderListingError(errno) }
  return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
}

/// A folder cannot be listed.
struct FolderListingError: Error {
  /// What is wrong and what to do, without the folder's name.
  let problem: String

  init(_ code: Int32) {
    problem =
      "the folder cannot be listed: \(String(cString: strerror(code))); "
      + "allow reading it, or move it out of the data"
  }
}

/// Writes the bytes of a name that is not UTF-8 in ASCII.
private func escaped(_ name: UnsafePointer<CChar>) -> String {
  (0..<strlen(name)).map { place in
    let byte = UInt8(bitPattern: name[place])
    return byte < 0x80
      ? String(UnicodeScalar(byte)) : "\\x" + String(byte, radix: 16, uppercase: true)
  }.joined()
}
