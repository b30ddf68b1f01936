import Support

/// What is wrong with a folder of training images: which folder or choice, what was looked for and
/// what was found.
public struct DataSetError: MessageError, Equatable, Sendable {
  /// Sorts the ways in which a data set can be unusable.
  public enum Kind: Equatable, Sendable {
    /// The path leads to no folder.
    case notAFolder
    /// A folder cannot be listed.
    case unreadableFolder
    /// The part of the data set that was asked for is not there.
    case noSuchSplit
    /// No file lies in a folder of the name that was asked for.
    case noSuchClass
    /// The folders do not part the images into classes, or into too many.
    case unsuitableClasses
    /// The patients cannot be divided into parts: nothing tells them apart, or there are too few.
    case unknownPatients
    /// The patients are to be divided, but the folders do that already.
    case alreadyDivided
    /// The limit leaves nothing.
    case invalidLimit
    /// No image file was found.
    case noImages
    /// Image files were found and none of them can be read.
    case noReadableImages
    /// The cache of decoded images is another data set's, out of date, or damaged.
    case unusableCache
  }

  /// What sort of problem it is.
  public let kind: Kind
  /// What was looked for, where, and what was found.
  public let message: Message

  /// Makes an error of the given kind and words.
  public init(_ kind: Kind, _ message: Message) {
    self.kind = kind
    self.message = message
  }
}

extension DataSetError {
  /// Makes an error about the cache in a file.
  static func cache(_ path: String, _ problem: String) -> DataSetError {
    DataSetError(
      .unusableCache,
      "\(path): \(problem); remove it to have it built again, or name another with \(.cache)")
  }
}
