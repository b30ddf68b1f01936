import Foundation

/// Finds the image files below a folder.
///
/// Names that begin with a dot are passed over, as are the things that are neither files nor
/// folders. Symbolic links are followed, but a folder is entered once, under the path that sorts
/// first: loops end, and no image counts twice because its folder has two names. A link to nothing
/// counts as a file of no bytes, so that it is named when it cannot be read.
struct FolderWalk {
  static let suffixes = ["jpeg", "jpg", "png"]

  /// Tells folders apart whatever path leads to them.
  private struct Identity: Hashable {
    let device: UInt64
    let node: UInt64
  }

  private let root: String
  private var entered: Set<Identity> = []
  private(set) var files: [ImageFolder.File] = []

  /// Walks `start`, a path relative to `root` (empty for `root` itself), and sorts what it finds
  /// by the bytes of its path relative to `root`. Throws `DataSetError` where a folder cannot be
  /// listed.
  init(root: String, start: String) throws(DataSetError) {
    self.root = root
    try enter(start)
    files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private mutating func enter(_ folder: String) throws(DataSetError) {
    guard let status = fileStatus(join(root, folder)), status.isFolder,
      entered.insert(Identity(device: status.device, node: status.node)).inserted
    else { return }
    for name in try visibleNames(in: join(root, folder)) {
      let path = join(folder, name)
      let status = fileStatus(join(root, path))
      if status?.isFolder == true {
        try enter(path)
      } else if Self.suffixes.contains((name as NSString).pathExtension.lowercased()),
        status?.isFile != false
      {
        files.append(ImageFolder.File(path: path, bytes: status?.bytes ?? 0))
      }
    }
  }
}

/// What the file system says of a path, links followed.
struct FileStatus {
  let isFolder: Bool
  let isFile: Bool
  let bytes: Int
  let device: UInt64
  let node: UInt64
}

/// Returns nil where nothing is at `path`, or nothing that can be asked.
func fileStatus(_ path: String) -> FileStatus? {
  var status = stat()
  guard stat(path, &status) == 0 else { return nil }
  let type = status.st_mode & S_IFMT
  return FileStatus(
    isFolder: type == S_IFDIR, isFile: type == S_IFREG, bytes: Int(status.st_size),
    device: UInt64(truncatingIfNeeded: status.st_dev),
    node: UInt64(truncatingIfNeeded: status.st_ino))
}

/// Returns the names in `folder` that do not begin with a dot, sorted by their bytes.
func visibleNames(in folder: String) throws(DataSetError) -> [String] {
  do {
    return try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { !$0.hasPrefix(".") }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  } catch {
    throw DataSetError(
      .unreadableFolder, "\(folder): the folder cannot be listed: \(error.localizedDescription)")
  }
}

/// Joins two paths of which either may be empty.
func join(_ folder: String, _ name: String) -> String {
  if folder.isEmpty || name.isEmpty { return folder + name }
  return folder.hasSuffix("/") ? folder + name : folder + "/" + name
}
