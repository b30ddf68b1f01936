import Files
import Imaging
import Support

/// A cache that is being built, to which what its files hold is added in their order.
///
/// No other process writes it for as long as this value lives. Where several decode its files, one has this and
/// the others hand it parts: see `CachePart`.
package final class CacheConstruction: Sendable {
  private let cache: ImageCache
  private let work: ImageCache.Work
  private let partial: PartialCache
  private let builder: CacheBuilder
  /// The files of the cache, or their frames.
  package let files: ImageCache.Work.Files

  /// Begins a cache, or continues where an earlier process was stopped; nil where there is one.
  ///
  /// Throws what `CacheBuilder` throws; where strict, `ImageError` for the first file known to be of no use;
  /// and `DataSetError` where there is no room.
  ///
  /// - Parameter onEvent: Is told what happens before that.
  package init?(
    _ cache: ImageCache, _ work: ImageCache.Work, onEvent: (ImageCache.Event) -> Void
  ) throws {
    guard let partial = try PartialCache.lock(cache.path, onWait: { onEvent(.waiting) }) else {
      return nil
    }
    (self.cache, self.work, self.partial) = (cache, work, partial)
    let bytes = DecodedSize(of: work.listing, work.reading, threads: work.threads).bytes
    try cache.checkRoom(for: bytes - partial.size)
    files = work.files()
    builder = try CacheBuilder(
      partial, .init(work.listing, work.reading), items: files.items)
    let earlier = builder.records
    if work.isStrict { try ImageCache.refuseSkipped(earlier, work.listing) }
    onEvent(.building(done: earlier.count, bytes: bytes))
  }

  /// How many files, or frames, are done.
  package var done: Int { builder.count }

  /// Adds what became of the next file; throws `FileError`, and `ImageError` for a file of no use where strict.
  func add(_ outcome: Result<CacheBuilder.Decoded, ImageError>) throws {
    if work.isStrict { _ = try outcome.get() }
    try builder.add(outcome)
  }

  /// Adds the next part, which is of so many files; throws as the other, and `DataSetError` where the part was
  /// damaged on its way.
  package func add(_ part: CachePart, of files: Int) throws {
    let outcomes: [Result<CacheBuilder.Decoded, ImageError>]
    do throws(CacheCursor.Damage) {
      outcomes = try part.outcomes(of: work)
      guard outcomes.count == files else { throw .init() }
    } catch {
      throw DataSetError(
        .unusableCache,
        "\(cache.path): images that another rank decoded were damaged on their way; start again, and the "
          + "cache is continued")
    }
    for outcome in outcomes { try add(outcome) }
  }

  /// Decodes all that is missing, and completes the cache; throws what adding and completing it throw.
  func decodeTheRest() throws {
    let earlier = done
    let (progress, count) = (work.progress, files.count)
    let queue = work.queue(for: files.items[earlier...]) { done, _ in
      progress?(earlier + done, count)
    }
    try queue.run(threads: work.threads) { outcome in try self.add(outcome) }
    try finish()
  }

  /// Completes the cache; throws `FileError`, and `DataSetError` where no file can be read.
  package func finish() throws {
    // A cache without an image would be in the way of the repaired files.
    let known = builder.records.parted(by: work.listing)
    if known.images.isEmpty { try Folder.remove(partial.path) }
    try ImageDataSet.checkReadable(known.images.count, known.skipped, work.listing)
    try builder.finish(as: cache.path)
  }
}
