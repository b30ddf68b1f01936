import Files

/// A review's folder: `review.html` for readers, `key.json` for nobody else, and `passed/`.
public struct ReviewFolder: Sendable {
  /// The folder.
  public let path: String

  /// The path of the page.
  public var pagePath: String { "\(path)/review.html" }
  /// The path of the key.
  public var keyPath: String { "\(path)/\(ReviewKey.fileName)" }
  /// The folder of the samples that passed for real.
  public var passedPath: String { "\(path)/passed" }

  /// Names a folder that may hold a review.
  public init(path: String) { self.path = path }

  /// Makes the folder of a new review; throws `FileError` where it cannot be written, or holds a
  /// review already, whose verdicts nobody could read without its key.
  public static func create(at path: String) throws -> ReviewFolder {
    let folder = ReviewFolder(path: path)
    try Folder.create(path)
    guard !Folder.exists(folder.keyPath) else {
      throw FileError(
        path: path, action: "make a review in",
        reason: "it already holds one, whose verdicts need its \(ReviewKey.fileName); name another "
          + "folder")
    }
    try Folder.checkWritable(file: folder.pagePath)
    return folder
  }

  /// Writes the key, then the page, each whole or not at all; throws `FileError`.
  package func write(_ key: ReviewKey, page: [UInt8]) throws {
    try key.write(to: keyPath)
    try AtomicFile.write(page, to: pagePath)
  }

  /// Reads the key; throws `FileError` with what to do where there is none, and `TableError`.
  public func key() throws -> ReviewKey {
    guard Folder.exists(keyPath) else {
      throw FileError(
        path: keyPath, action: "read",
        reason: "no such file; name the folder of a review")
    }
    return try ReviewKey(contentsOf: keyPath)
  }
}
