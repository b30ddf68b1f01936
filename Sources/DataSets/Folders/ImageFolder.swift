import Files

/// The image files of a data set, as the choices of a run leave them, in a fixed order.
///
/// The folder is walked recursively for the suffixes of all `ImageKind`s, in any case. Where folders are
/// named as those of training, validation or test images, only the training images are used
/// unless a split says otherwise, so that nobody trains on the test set by accident.
public struct ImageFolder: Equatable, Sendable {
  /// A file of the data set.
  public struct File: Equatable, Sendable {
    /// The path relative to the data set's folder.
    public let path: String
    /// The size in bytes.
    public let bytes: Int
    /// Whether it is a folder that cannot be read, and may hold images.
    let isFolder: Bool
    /// Why the file cannot be used, where that is known before it is read.
    public let problem: String?
    /// When the file was changed last, in nanoseconds since 1970.
    var modified = 0
    /// The frame that is meant, counted from 0; nil for the one that stands for the file.
    var frame: Int?

    /// The names of the folders on the path.
    var folders: [String] {
      let names = path.split(separator: "/").map(String.init)
      return isFolder ? names : names.dropLast()
    }
  }

  /// The path of the data set's folder, as it was given.
  public let root: String
  /// The part that is used.
  public let split: DataSplit
  /// The files that are used, sorted by the bytes of their relative paths.
  public let files: [File]
  /// Why these.
  package let origin: SplitOrigin

  /// Finds the images below `root`.
  ///
  /// - Parameters:
  ///   - root: The data set's folder.
  ///   - split: The part to use; nil for the training images where the folders' names tell them, else
  ///     everything.
  ///   - classes: Keeps the files that lie, at any depth, in a folder of one of these names; all
  ///     files where it is empty.
  ///   - excluded: Leaves out what has, or lies in what has, a name that fits one of these patterns.
  ///   - limit: Keeps so many files at most, spread evenly over the sorted list, so that classes
  ///     keep their shares: of n files the ones at `floor(i * n / limit)`.
  ///   - includesOwnPictures: Also finds what this program made: the pictures of a run's folder and
  ///     of a folder of samples. They are no data to train on.
  /// - Throws: `DataSetError` where there is no such folder, split or class, where the folder cannot
  ///   be listed, where `limit` is below 1 and where nothing is found.
  public init(
    root: String, split: DataSplit? = nil, classes: [String] = [],
    excluding excluded: [String] = [],
    limit: Int? = nil, includesOwnPictures: Bool = false
  ) throws(DataSetError) {
    let selection = DataSelection(
      split: split, classes: classes, excluded: excluded, limit: limit)
    try self.init(root: root, selection, includesOwnPictures: includesOwnPictures)
  }

  /// Finds the images below `root` that a selection names; otherwise as the initializer above.
  public init(
    root: String, _ selection: DataSelection, includesOwnPictures: Bool = false
  ) throws(DataSetError) {
    let contents = try FolderContents(
      root: root, selection, includesOwnPictures: includesOwnPictures)
    self = try contents.listing(selection)
  }

  /// Finds images that training on the split `train` leaves out: those for validation, and of the test
  /// images, evenly spread, as many as are missing to `count`; nil where there are none.
  ///
  /// Throws `DataSetError` where the folder cannot be listed.
  public static func heldOut(
    root: String, classes: [String] = [], excluding excluded: [String] = [], count: Int
  ) throws(DataSetError) -> ImageFolder? {
    try FolderContents(root: root, excluding: excluded).heldOut(classes: classes, count: count)
  }

  /// Joins what is known of files already.
  init(root: String, split: DataSplit, files: [File], origin: SplitOrigin) {
    (self.root, self.split, self.files, self.origin) = (root, split, files, origin)
  }

  /// Returns the full path of a file.
  public func path(of file: File) -> String { Folder.join(root, file.path) }

  /// What identifies the list of files: FNV-1a, 64 bits, in sixteen hexadecimal digits, over relative
  /// path, a zero byte, the size in decimal and a line feed of every file in order. It tells
  /// different lists apart; it is no protection against forgery.
  public var digest: String {
    var sum = Fingerprint()
    for file in files { sum.add(Array(file.path.utf8) + [0] + Array("\(file.bytes)\n".utf8)) }
    return sum.digits
  }
}
