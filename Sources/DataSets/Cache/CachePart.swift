import Files
import Imaging

/// What became of some files of a cache that is being built, in bytes that another process can read.
///
/// The number of bytes of all images, lowest byte first; those bytes; a record for each file, in which the
/// place of an image is counted from the first of those bytes; the CRC-32 of all that.
package struct CachePart: Sendable {
  /// The bytes.
  package let bytes: [UInt8]

  private static let headBytes = 8
  private static let sumBytes = 4

  /// Takes the bytes that another process made.
  package init(bytes: [UInt8]) { self.bytes = bytes }

  /// Decodes some of the files, or frames, of a cache; where strict, throws `ImageError` for the first that
  /// cannot be used.
  package init(
    _ places: Range<Int>, of files: ImageCache.Work.Files, _ work: ImageCache.Work
  ) throws(ImageError) {
    let items = files.items[places]
    let queue = work.queue(for: items)
    var (pixels, records) = ([UInt8](), [CacheRecord]())
    for (item, outcome) in zip(items, queue.run(threads: work.threads)) {
      // None is left out before the first failure.
      guard let outcome else { break }
      if work.isStrict { _ = try outcome.get() }
      let content = Self.content(of: outcome, at: pixels.count)
      records.append(item.record(content))
      if case .success(let decoded) = outcome { pixels += decoded.image.pixels }
    }
    var bytes: [UInt8] = []
    bytes.append(number: UInt64(pixels.count))
    bytes += pixels
    bytes += CacheRecord.bytes(records)
    bytes.appendChecksum()
    self.bytes = bytes
  }

  private static func content(
    of outcome: Result<CacheBuilder.Decoded, ImageError>, at offset: Int
  ) -> CacheRecord.Content {
    switch outcome {
    case .success(let decoded):
      let channels = decoded.image.channels
      return .image(
        CachedPicture(offset: offset, channels: channels, checksum: decoded.checksum),
        decoded.traits)
    case .failure(let error): return .skipped(error.kind, reason: error.problem)
    }
  }

  /// Reads what became of each file; throws where the bytes were damaged.
  func outcomes(
    of work: ImageCache.Work
  ) throws(CacheCursor.Damage) -> [Result<CacheBuilder.Decoded, ImageError>] {
    guard bytes.endsInChecksum else { throw .init() }
    let bytes = Array(bytes.dropLast(Self.sumBytes))
    var head = CacheCursor(bytes)
    guard let count = Int(exactly: try head.number(UInt64.self)),
      count <= bytes.count - Self.headBytes
    else { throw .init() }
    var cursor = CacheCursor(bytes, at: Self.headBytes + count)
    var outcomes: [Result<CacheBuilder.Decoded, ImageError>] = []
    while !cursor.isAtEnd {
      outcomes.append(try outcome(CacheRecord(&cursor), pixels: count, work))
    }
    return outcomes
  }

  private func outcome(
    _ record: CacheRecord, pixels count: Int, _ work: ImageCache.Work
  ) throws(CacheCursor.Damage) -> Result<CacheBuilder.Decoded, ImageError> {
    let side = work.reading.size
    switch record.content {
    case .skipped(let kind, let reason):
      guard work.listing.files.indices.contains(record.file) else { throw .init() }
      let path = work.listing.path(of: work.listing.files[record.file])
      return .failure(ImageError(kind, file: path, problem: reason))
    case .image(let picture, let traits):
      let size = side * side * picture.channels
      guard picture.offset <= count - size else { throw .init() }
      let start = Self.headBytes + picture.offset
      let image = PixelImage(
        width: side, height: side, channels: picture.channels,
        pixels: Array(bytes[start..<start + size]))
      return .success(CacheBuilder.Decoded((image, traits)))
    }
  }
}
