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

  /// What decoding needs to know.
  struct Work {
    let listing: ImageFolder
    let reading: ImageReading
    let threads: Int
    let isStrict: Bool
    let limits: ImageLimits
    let progress: (@Sendable (_ done: Int, _ total: Int) -> Void)?
  }

  /// Opens the cache, which is built first where there is none.
  ///
  /// Throws what `CachedImages` and `CacheBuilder` throw; where strict, `ImageError` for the first file that
  /// could not be read; and `DataSetError` where there is no room for it or no file can be read.
  func images(_ work: Work, onEvent: (Event) -> Void) throws -> CachedImages {
    let contents = CacheHeader.Contents(work.listing, work.reading)
    if let partial = try PartialCache.lock(path, onWait: { onEvent(.waiting) }) {
      try build(partial, contents, work, onEvent)
    }
    let images = try CachedImages(contentsOf: path, contents)
    try images.checkAge(of: work.listing)
    if work.isStrict { try Self.refuseSkipped(images.index.records, work.listing) }
    return images
  }

  private func build(
    _ partial: PartialCache, _ contents: CacheHeader.Contents, _ work: Work,
    _ onEvent: (Event) -> Void
  ) throws {
    let bytes = DecodedSize(of: work.listing, work.reading, threads: work.threads).bytes
    try checkRoom(for: bytes - partial.size)
    let items = CacheBuilder.Item.list(work.listing, work.reading.frames)
    let builder = try CacheBuilder(partial, contents, items: items)
    let earlier = builder.records
    if work.isStrict { try Self.refuseSkipped(earlier, work.listing) }
    onEvent(.building(done: earlier.count, bytes: bytes))
    let progress = work.progress.map { progress in
      { @Sendable (done: Int, _: Int) in progress(earlier.count + done, items.count) }
    }
    let queue = DecodingQueue(
      items[earlier.count...].map(\.file), of: work.listing.root, limits: work.limits,
      progress: progress
    ) { (file, header) throws(ImageError) in
      CacheBuilder.Decoded(try header.decode(for: work.reading, frame: file.frame))
    }
    try queue.run(threads: work.threads) { outcome in
      if work.isStrict { _ = try outcome.get() }
      try builder.add(outcome)
    }
    // A cache without an image would be in the way of the repaired files.
    let known = builder.records.parted(by: work.listing)
    if known.images.isEmpty { try Folder.remove(partial.path) }
    try ImageDataSet.checkReadable(known.images.count, known.skipped, work.listing)
    try builder.finish(as: path)
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
  private static func refuseSkipped(
    _ records: [CacheRecord], _ listing: ImageFolder
  ) throws(ImageError) {
    for record in records {
      guard case .skipped(let kind, let reason) = record.content else { continue }
      throw ImageError(
        kind, file: listing.path(of: listing.files[record.file]), problem: reason)
    }
  }
}
