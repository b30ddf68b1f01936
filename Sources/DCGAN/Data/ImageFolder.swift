/// The image files of a data set, as the choices of a run leave them, in a fixed order.
///
/// The folder is walked recursively for `.jpeg`, `.jpg` and `.png` in any case. Where it holds a
/// folder `train`, only that is used unless a split says otherwise, so that nobody trains on the
/// test set by accident.
public struct ImageFolder: Equatable, Sendable {
  /// A file of the data set.
  public struct File: Equatable, Sendable {
    /// Holds the path relative to the data set's folder.
    public let path: String
    /// Counts the bytes.
    public let bytes: Int
    /// Says why the file cannot be used, where that is known before it is read.
    public let problem: String?
  }

  /// Holds the path of the data set's folder, as it was given.
  public let root: String
  /// Tells which part is used.
  public let split: DataSplit
  /// Holds the files that are used, sorted by the bytes of their relative paths.
  public let files: [File]
  /// Holds the relative path of a folder with folders `train` and `test`, both of which are used
  /// because nothing else was asked for: the data set may begin there. Nil where there is none.
  public let deeperDataSet: String?

  /// Finds the images below `root`.
  ///
  /// - Parameters:
  ///   - root: The data set's folder.
  ///   - split: The part to use; nil for `train` where there is such a folder, else everything.
  ///   - classes: Keeps the files that lie, at any depth, in a folder of one of these names; all
  ///     files where it is empty.
  ///   - limit: Keeps so many files at most, spread evenly over the sorted list, so that classes
  ///     keep their shares: of n files the ones at `floor(i * n / limit)`.
  ///   - includesOwnPictures: Also finds what this program made: the pictures of a run's folder and
  ///     of a folder of samples. They are no data to train on.
  /// - Throws: `DataSetError` where there is no such folder, split or class, where a folder cannot
  ///   be listed, where `limit` is below 1 and where nothing is found.
  public init(
    root: String, split: DataSplit? = nil, classes: [String] = [], limit: Int? = nil,
    includesOwnPictures: Bool = false
  ) throws(DataSetError) {
    guard let status = fileStatus(root), status.isFolder else {
      let found = fileStatus(root) == nil ? "there is nothing at that path" : "it is not a folder"
      throw DataSetError(
        .notAFolder, "\(root): expected a folder of images; \(found); name the one that holds them")
    }
    if let limit, limit < 1 {
      throw DataSetError(.invalidLimit, "a limit of \(limit) images leaves none; the least is 1")
    }
    self.root = root
    self.split = try Self.resolve(split, in: root)
    let start = self.split == .all ? "" : self.split.rawValue
    let walk = try FolderWalk(
      root: root, start: start, includesOwnPictures: includesOwnPictures)
    let found = walk.files
    guard !found.isEmpty else {
      let suffixes = FolderWalk.suffixes.map { "." + $0 }.joined(separator: " ")
      let own = walk.hasPassedOverOwnPictures ? ", but for what dcgan itself made" : ""
      throw DataSetError(
        .noImages,
        "\(join(root, start)): no image found; looked for \(suffixes) at any depth\(own); "
          + "name a folder that holds images")
    }
    deeperDataSet = split == nil && self.split == .all ? Self.dataSet(within: found) : nil
    let chosen = try Self.choose(classes, of: found, root: root, start: start)
    files = Self.spread(chosen, limit: limit)
  }

  /// Finds the images below `root` that a selection names; otherwise as the initializer above.
  public init(
    root: String, _ selection: DataSelection, includesOwnPictures: Bool = false
  ) throws(DataSetError) {
    try self.init(
      root: root, split: selection.split, classes: selection.classes, limit: selection.limit,
      includesOwnPictures: includesOwnPictures)
  }

  /// Finds images that training on the split `train` leaves out: those of `val`, and of `test`, evenly
  /// spread, as many as are missing to `count`; nil where there are none.
  ///
  /// Throws `DataSetError` where a folder cannot be listed.
  public static func heldOut(
    root: String, classes: [String] = [], count: Int
  ) throws(DataSetError) -> ImageFolder? {
    var files: [File] = []
    for split in [DataSplit.val, .test] where files.count < count {
      do {
        files += try ImageFolder(
          root: root, split: split, classes: classes, limit: count - files.count
        ).files
      } catch {
        guard [.noSuchSplit, .noImages, .noSuchClass].contains(error.kind) else { throw error }
      }
    }
    return files.isEmpty ? nil : ImageFolder(root: root, split: .all, files: files)
  }

  /// Joins what is known of files already.
  private init(root: String, split: DataSplit, files: [File]) {
    (self.root, self.split, self.files, deeperDataSet) = (root, split, files, nil)
  }

  /// Returns the full path of a file.
  public func path(of file: File) -> String { join(root, file.path) }

  /// Identifies the list of files: FNV-1a, 64 bits, in sixteen hexadecimal digits, over relative
  /// path, a zero byte, the size in decimal and a line feed of every file in order. It tells
  /// different lists apart; it is no protection against forgery.
  public var digest: String {
    var sum = Fingerprint()
    for file in files { sum.add(Array(file.path.utf8) + [0] + Array("\(file.bytes)\n".utf8)) }
    return sum.digits
  }

  private static func resolve(
    _ split: DataSplit?, in root: String
  ) throws(DataSetError) -> DataSplit {
    func isThere(_ split: DataSplit) -> Bool {
      fileStatus(join(root, split.rawValue))?.isFolder == true
    }
    guard let split else { return isThere(.train) ? .train : .all }
    guard split != .all, !isThere(split) else { return split }
    let folders = try visibleEntries(in: root).filter { $0.status?.isFolder == true }.map(\.name)
    let found = folders.isEmpty ? "it holds no folders" : "its folders are \(shortList(folders))"
    throw DataSetError(
      .noSuchSplit,
      "\(root): expected a folder '\(split.rawValue)' for that split; \(found); "
        + "choose another --split, or all")
  }

  private static func choose(
    _ classes: [String], of files: [File], root: String, start: String
  ) throws(DataSetError) -> [File] {
    guard !classes.isEmpty else { return files }
    let folders = files.map {
      Set($0.path.dropFirst(start.count).split(separator: "/").dropLast().map(String.init))
    }
    let known = folders.reduce(into: Set<String>()) { $0.formUnion($1) }
    for name in classes where !known.contains(name) {
      let found =
        known.isEmpty
        ? "the images lie in no folders"
        : "the folders that hold images are \(shortList(nearestFirst(known, to: name)))"
      let advice = known.isEmpty ? "leave out --class" : "choose one of those with --class"
      throw DataSetError(
        .noSuchClass,
        "\(join(root, start)): no image lies in a folder '\(name)'; \(found); \(advice)")
    }
    return zip(files, folders).filter { !$0.1.isDisjoint(with: classes) }.map(\.0)
  }

  /// Returns the first folder below which files lie both in `train` and in `test`.
  private static func dataSet(within files: [File]) -> String? {
    var parts: [String: Set<Substring>] = [:]
    for file in files {
      let folders = file.path.split(separator: "/").dropLast()
      for (depth, name) in folders.enumerated() where name == "train" || name == "test" {
        let parent = folders.prefix(depth).joined(separator: "/")
        parts[parent, default: []].insert(name)
        if parts[parent]?.count == 2 { return parent }
      }
    }
    return nil
  }

  private static func spread(_ files: [File], limit: Int?) -> [File] {
    guard let limit, limit < files.count else { return files }
    return (0..<limit).map { files[$0 * files.count / limit] }
  }
}
