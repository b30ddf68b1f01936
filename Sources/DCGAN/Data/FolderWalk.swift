import Foundation

/// Finds the image files below a folder.
///
/// Names that begin with a dot are passed over, as are the things that are neither files nor
/// folders, and, unless they are asked for, the pictures that this program made of others. Symbolic
/// links are followed, but a folder is entered once, under the path that sorts first: loops end, and
/// no image counts twice because its folder has two names. What cannot be looked at counts as a file
/// of no bytes, so that it is named when it cannot be read.
struct FolderWalk {
  static let suffixes = ["jpeg", "jpg", "png"]

  /// Tells folders apart whatever path leads to them.
  private struct Identity: Hashable {
    let device: UInt64
    let node: UInt64
  }

  private let root: String
  private let includesOwnPictures: Bool
  private var entered: Set<Identity> = []
  private(set) var files: [ImageFolder.File] = []
  /// Tells whether there were pictures of this program's making.
  private(set) var hasPassedOverOwnPictures = false

  /// Walks `start`, a path relative to `root` (empty for `root` itself), and sorts what it finds
  /// by the bytes of its path relative to `root`. Throws `DataSetError` where a folder cannot be
  /// listed.
  init(root: String, start: String, includesOwnPictures: Bool = false) throws(DataSetError) {
    self.root = root
    self.includesOwnPictures = includesOwnPictures
    try enter(start)
    files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private mutating func enter(_ folder: String) throws(DataSetError) {
    guard let status = fileStatus(join(root, folder)), status.isFolder,
      entered.insert(Identity(device: status.device, node: status.node)).inserted
    else { return }
    let entries = try visibleEntries(in: join(root, folder))
    let own = OwnPictures(among: entries, of: join(root, folder))
    for entry in entries {
      if !includesOwnPictures && own.contains(entry.name) {
        hasPassedOverOwnPictures = true
      } else {
        try visit(entry, at: join(folder, entry.name))
      }
    }
  }

  private mutating func visit(_ entry: FolderEntry, at path: String) throws(DataSetError) {
    let isNamedAsImage = Self.suffixes.contains(
      (entry.name as NSString).pathExtension.lowercased())
    let isFolder = entry.status?.isFolder == true
    let isImage = isNamedAsImage && entry.status?.isFile != false
    let isUnknown = entry.status == nil && !entry.isDangling
    if !entry.isExact, isFolder || isImage || isUnknown {
      files.append(
        ImageFolder.File(
          path: path, bytes: 0, problem: "its name is not UTF-8 and cannot be used; rename it"))
    } else if isFolder {
      try enter(path)
    } else if isImage || isUnknown {
      files.append(ImageFolder.File(path: path, bytes: entry.status?.bytes ?? 0, problem: nil))
    }
  }
}

/// Knows which things in a folder are pictures of this program's making, or hold such: those of a
/// run, those of a drawing of samples, and those that passed a review. They are no data, wherever they
/// lie.
private struct OwnPictures {
  private let isRun: Bool
  private let holdsSamples: Bool

  init(among entries: [FolderEntry], of folder: String) {
    func holds(_ name: String, isFolder: Bool) -> Bool {
      entries.contains { $0.name == name && $0.status?.isFolder == isFolder }
    }
    isRun =
      holds(RunFolder.configurationName, isFolder: false)
      && holds(Artifact.checkpoint.folder, isFolder: true)
    holdsSamples =
      holds(SampleFolder.tableName, isFolder: false) && SampleFolder.hasTable(in: folder)
      || holds(PassedSamples.manifestName, isFolder: false) && PassedSamples.hasManifest(in: folder)
  }

  func contains(_ name: String) -> Bool {
    isRun && RunFolder.pictureNames.contains(name)
      || holdsSamples && SampleFolder.isPicture(name)
  }
}
