import Files
import Foundation
import Imaging
import Support

/// Finds the image files below a folder, and accounts for everything else in it.
///
/// Symbolic links are followed, but a folder is entered once, under the path that sorts first: loops
/// end, and no image counts twice because its folder has two names. What cannot be looked at counts as
/// a file of no bytes, so that it is named when it cannot be read; so does a folder that cannot be
/// listed. Pictures that this program made are no data, wherever they lie.
struct FolderWalk {
  /// The suffixes of the files that are read; whether they hold what they say is found out then.
  static let suffixes = ImageKind.all.flatMap(\.suffixes).sorted()

  /// What tells folders apart whatever path leads to them.
  private struct Identity: Hashable {
    let device: UInt64
    let node: UInt64
  }

  private let root: String
  private let excluded: [NamePattern]
  private let includesOwnPictures: Bool
  private let includesSynthetic: Bool
  private var entered: Set<Identity> = []
  /// The image files, sorted by the bytes of their paths relative to the root.
  private(set) var files: [ImageFolder.File] = []
  /// The places of the patterns that left something out.
  private(set) var usedExclusions: Set<Int> = []
  /// The paths of all else, by what it is.
  private(set) var passedOver: [PassedOver: [String]] = [:]

  /// Walks `root`; throws `DataSetError` where that cannot be listed.
  ///
  /// - Parameters:
  ///   - excluded: The patterns of names that are left out with all that lies below them.
  ///   - includesOwnPictures: Whether what this program made counts as well.
  ///   - includesSynthetic: Whether single images that it drew count, although its other pictures do not.
  init(
    root: String, excluding excluded: [String] = [], includesOwnPictures: Bool = false,
    includesSynthetic: Bool = false
  ) throws(DataSetError) {
    self.includesSynthetic = includesSynthetic
    self.root = root
    self.excluded = excluded.map(NamePattern.init)
    self.includesOwnPictures = includesOwnPictures
    do {
      try enter("")
    } catch {
      throw DataSetError(.unreadableFolder, "\(root): \(error.problem)")
    }
    files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private mutating func enter(_ folder: String) throws(FolderListingError) {
    guard let status = fileStatus(Folder.join(root, folder)) else {
      throw FolderListingError(errno)
    }
    let identity = Identity(device: status.device, node: status.node)
    guard entered.insert(identity).inserted else { return passOver(folder, .linked) }
    let entries = try folderEntries(in: Folder.join(root, folder))
    let own = OwnPictures(among: entries, of: Folder.join(root, folder))
    for entry in entries { visit(entry, at: Folder.join(folder, entry.name), own) }
  }

  private mutating func visit(_ entry: FolderEntry, at path: String, _ own: OwnPictures) {
    let matching = excluded.indices.filter { excluded[$0].matches(entry.name) }
    usedExclusions.formUnion(matching)
    if !matching.isEmpty { return passOver(path, .excluded) }
    if PassedOver.isSystem(entry.name) { return passOver(path, .system) }
    if !includesOwnPictures && own.contains(entry.name) && !isSynthetic(path) {
      return passOver(path, .own)
    }
    if entry.status?.isFolder == true {
      visitFolder(entry, at: path)
    } else {
      visitFile(entry, at: path)
    }
  }

  private mutating func visitFolder(_ entry: FolderEntry, at path: String) {
    guard entry.isExact else { return add(path, isFolder: true, problem: Self.nameProblem) }
    do {
      try enter(path)
    } catch {
      add(path, isFolder: true, problem: error.problem)
    }
  }

  private mutating func visitFile(_ entry: FolderEntry, at path: String) {
    let suffix = (entry.name as NSString).pathExtension.lowercased()
    let isNamedAsImage = Self.suffixes.contains(suffix)
    if entry.status?.isFile == false { return passOver(path, .special) }
    if entry.isDangling && !isNamedAsImage { return passOver(path, .brokenLink) }
    if entry.name.uppercased() == "DICOMDIR" { return passOver(path, .directory) }
    guard isNamedAsImage || entry.status == nil || isDICOM(entry, at: path, suffix: suffix) else {
      return passOver(path, kind(of: entry, at: path, suffix: suffix))
    }
    guard entry.isExact else { return add(path, problem: Self.nameProblem) }
    if !includesOwnPictures, let kind = mark(of: path) { return passOver(path, kind) }
    add(path, bytes: entry.status?.bytes ?? 0, modified: entry.status?.modified ?? 0)
  }

  /// Returns what a file is by the mark that it bears; nil for data.
  private func mark(of path: String) -> PassedOver? {
    let path = Folder.join(root, path)
    let head = ImageMark.head(at: path)
    guard let mark = ImageMark(head: head) else {
      let isSynthetic = !includesSynthetic && ImageOrigin.isSynthetic(at: path, head: head)
      return isSynthetic ? .synthetic : nil
    }
    guard mark.kind == .sample else { return .own }
    return includesSynthetic ? nil : .synthetic
  }

  /// Returns whether a file is marked as a single image that this program drew, or says that a program
  /// invented it.
  private func isSynthetic(_ path: String) -> Bool {
    let path = Folder.join(root, path)
    let head = ImageMark.head(at: path)
    return ImageMark(head: head)?.kind == .sample || ImageOrigin.isSynthetic(at: path, head: head)
  }

  /// Returns whether a file is a DICOM file, whose name is often a number and ends in no suffix.
  private func isDICOM(_ entry: FolderEntry, at path: String, suffix: String) -> Bool {
    !PassedOver.isDocument(suffix: suffix) && !PassedOver.isDocument(name: entry.name)
      && FileFormat.read(at: Folder.join(root, path)) == .dicom
  }

  /// Looks into a file that is not named as an image.
  private func kind(of entry: FolderEntry, at path: String, suffix: String) -> PassedOver {
    if PassedOver.isDocument(suffix: suffix) || PassedOver.isDocument(name: entry.name) {
      return .document
    }
    let path = Folder.join(root, path)
    if ImageCache.isCache(path) { return .own }
    let format = FileFormat.read(at: path)
    return format == .gif && ImageMark.read(at: path) != nil ? .own : .file(format, suffix: suffix)
  }

  private mutating func passOver(_ path: String, _ kind: PassedOver) {
    passedOver[kind, default: []].append(path)
  }

  private mutating func add(
    _ path: String, bytes: Int = 0, modified: Int = 0, isFolder: Bool = false,
    problem: String? = nil
  ) {
    files.append(
      ImageFolder.File(
        path: path, bytes: bytes, isFolder: isFolder, problem: problem, modified: modified))
  }

  private static let nameProblem = "its name is not UTF-8 and cannot be used; rename it"
}
