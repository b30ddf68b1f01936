import Files
import Imaging
import Support

/// A file of decoded images, which take the place of a data set's files from then on: built once, and
/// read by every run and process that needs the same images.
public struct ImageCache: Equatable, Sendable {
  /// What happens before the images of a cache can be used.
  public enum Event: Equatable, Sendable {
    /// Another process builds the cache, which is waited for.
    case waiting
    /// The cache is built, of which so many files are done already, with so many bytes in all.
    case building(done: Int, bytes: Int)
  }

  /// The path of the file.
  public let path: String

  /// Names a cache; whether there is one is found out when it is used.
  public init(path: String) { self.path = path }

  /// The name of a cache in the folder of the run that it was built for.
  public static let usualName = "images.cache"

  /// Returns the name of the cache of some images in a folder that holds several.
  public static func name(_ listing: ImageFolder, _ reading: ImageReading) -> String {
    var sum = Fingerprint()
    sum.add(CacheHeader(.init(listing, reading), begun: 0).bytes)
    return "images-\(sum.digits).cache"
  }

  /// Whether there is a complete cache.
  public var exists: Bool { Folder.exists(path) }

  /// Returns whether a file is a cache, or the beginning of one.
  static func isCache(_ path: String) -> Bool {
    guard path.hasSuffix(".cache") || path.hasSuffix(".partial"),
      let file = try? FileReader(path: path),
      let head = try? file.bytes(at: 0, count: CacheHeader.mark.count)
    else { return false }
    return head == CacheHeader.mark
  }

  /// Opens the cache, which is built first where there is none.
  ///
  /// Throws what `CachedImages` and `CacheBuilder` throw; where strict, `ImageError` for the first file that
  /// could not be read; and `DataSetError` where there is no room for it or no file can be read.
  ///
  /// - Parameter isOthers: Whether another process, which may read whole copies of the files, has built it
  ///   and compared it with these: then it is opened as it is.
  func images(
    _ work: Work, isOthers: Bool = false, onEvent: (Event) -> Void
  ) throws -> CachedImages {
    let contents = CacheHeader.Contents(work.listing, work.reading)
    if !isOthers { try CacheConstruction(self, work, onEvent: onEvent)?.decodeTheRest() }
    let images = try CachedImages(contentsOf: path, contents)
    if !isOthers { try images.checkAge(of: work.listing) }
    if work.isStrict { try Self.refuseSkipped(images.index.records, work.listing) }
    return images
  }

  /// Throws `DataSetError` where the file system has not so much room.
  package func checkRoom(for bytes: Int) throws(DataSetError) {
    guard let free = Folder.freeBytes(Folder.parent(of: path)), free < bytes else { return }
    throw DataSetError(
      .unusableCache,
      "\(path): expected room for about \(((bytes - 1) >> 20) + 1) MiB, which the decoded images need, found "
        + "\(free >> 20) MiB; free some space, or name a place on another disk with \(.cache)")
  }

  /// Throws `ImageError` for the first file that could not be used.
  static func refuseSkipped(
    _ records: [CacheRecord], _ listing: ImageFolder
  ) throws(ImageError) {
    for record in records {
      guard case .skipped(let kind, let reason) = record.content else { continue }
      throw ImageError(
        kind, file: listing.path(of: listing.files[record.file]), problem: reason)
    }
  }
}
