import Files
import Imaging
import Support

/// Fills a cache's file, block after block, and goes on where an earlier process was stopped.
final class CacheBuilder: Sendable {
  /// An image with the CRC-32 of its bytes.
  struct Decoded: Sendable {
    let image: PixelImage
    let traits: ImageTraits
    let checksum: UInt32

    /// Sums an image up.
    init(_ decoded: NetworkImage) {
      (image, traits) = decoded
      checksum = decoded.image.pixels.withUnsafeBytes { Checksum(of: $0) }.value
    }
  }

  private struct State {
    var records: [CacheRecord]
    var block: CacheBlock
  }

  private let partial: PartialCache
  private let items: [Item]
  private let side: Int
  private let state: Locked<State>

  /// A file, or a frame of one, and the place of the file in the listing.
  struct Item: Sendable {
    let file: ImageFolder.File
    let place: Int

    /// Lists the files of a listing, or their frames where all are used.
    static func list(_ listing: ImageFolder, _ frames: FrameChoice) -> [Item] {
      var items: [Item] = []
      for file in listing.files(frames) {
        let isSame = items.last?.file.path == file.path
        let place = items.last.map { isSame ? $0.place : $0.place + 1 } ?? 0
        items.append(Item(file: file, place: place))
      }
      return items
    }

    /// Returns the record of the file as it is now.
    func record(_ content: CacheRecord.Content) -> CacheRecord {
      CacheRecord(file: place, frame: file.frame, modified: file.modified, content: content)
    }

    /// Returns whether a record is that of this file as it is now.
    fileprivate func fits(_ record: CacheRecord) -> Bool {
      record.file == place && record.frame == file.frame
        && !file.wasChanged(since: record)
    }
  }

  /// Begins a cache, or reads what there is of it already.
  ///
  /// What is damaged, and what comes after it, is built anew; so is all where a file was changed. Throws
  /// `FileError`, and `DataSetError` where the file is being made of other images.
  init(
    _ partial: PartialCache, _ contents: CacheHeader.Contents, items: [Item]
  ) throws {
    (self.partial, self.items, side) = (partial, items, contents.size)
    if let known = try Self.resume(partial, contents, items) {
      try partial.cut(to: known.end)
      state = Locked(State(records: known.records, block: CacheBlock(at: known.end)))
    } else {
      try partial.cut(to: 0)
      let header = CacheHeader(contents, begun: partial.modified)
      try partial.writer.write(header.bytes)
      state = Locked(State(records: [], block: CacheBlock(at: header.bytes.count)))
    }
  }

  /// Reads the whole blocks of an earlier process; nil where there is nothing of use.
  private static func resume(
    _ partial: PartialCache, _ contents: CacheHeader.Contents, _ items: [Item]
  ) throws -> (records: [CacheRecord], end: Int)? {
    guard partial.size > 0 else { return nil }
    let file = try FileReader(path: partial.path)
    let head = try file.bytes(at: 0, count: min(file.size, CacheHeader.mark.count))
    guard CacheHeader.mark.starts(with: head) else { throw CacheHeader.otherFile(partial.path) }
    guard let header = try? CacheHeader(file, path: partial.path) else { return nil }
    if let difference = header.contents.difference(from: contents) {
      throw DataSetError.cache(
        partial.path, "it is the beginning of a cache of other images: \(difference)")
    }
    var (records, end) = ([CacheRecord](), header.bytes.count)
    while records.count < items.count,
      let block = CacheBlock.read(file, at: end, side: contents.size, channels: contents.channels)
    {
      let expected = items[records.count...].prefix(block.records.count)
      guard expected.count == block.records.count,
        zip(expected, block.records).allSatisfy({ $0.fits($1) })
      else { return nil }
      records += block.records
      end = block.end
    }
    return (records, end)
  }

  /// What became of the files so far.
  var records: [CacheRecord] { state.withLock { $0.records + $0.block.records } }

  /// How many files are done.
  var count: Int { state.withLock { $0.records.count + $0.block.records.count } }

  /// Takes what became of the next file; throws `FileError`.
  func add(_ outcome: Result<Decoded, ImageError>) throws {
    try state.withLock { state in
      let item = items[state.records.count + state.block.records.count]
      switch outcome {
      case .success(let decoded):
        state.block.add(decoded.image.pixels) { offset in
          let picture = CachedPicture(
            offset: offset, channels: decoded.image.channels, checksum: decoded.checksum)
          return item.record(.image(picture, decoded.traits))
        }
      case .failure(let error):
        state.block.add(item.record(.skipped(error.kind, reason: error.problem)))
      }
      if state.block.isFull { try write(&state) }
    }
  }

  private func write(_ state: inout State) throws {
    guard !state.block.records.isEmpty else { return }
    let end = try state.block.write(to: partial.writer)
    state.records += state.block.records
    state.block = CacheBlock(at: end)
  }

  /// Writes the rest, and gives the file the name of the cache once all is on the disk; throws
  /// `FileError`, and `DataSetError` where what was written is damaged.
  func finish(as cache: String) throws {
    try state.withLock { state in
      try write(&state)
      let duplicates = try countDuplicates(state.records.compactMap(\.picture))
      let index = CacheIndex(state.records, duplicates: duplicates)
      try partial.writer.write(index.bytes(at: state.block.offset))
    }
    try partial.complete(as: cache)
  }

  /// Counts the images that equal another before them: those of the same sum are compared.
  private func countDuplicates(_ pictures: [CachedPicture]) throws -> Int {
    struct Sum: Hashable {
      let channels: Int
      let checksum: UInt32
    }
    let file = try FileReader(path: partial.path)
    func bytes(_ picture: CachedPicture) throws -> [UInt8] {
      try file.bytes(at: picture.offset, count: side * side * picture.channels)
    }
    var known: [Sum: [CachedPicture]] = [:]
    var duplicates = 0
    for picture in pictures {
      let sum = Sum(channels: picture.channels, checksum: picture.checksum)
      let others = known[sum, default: []]
      let own = others.isEmpty ? [] : try bytes(picture)
      if try others.contains(where: { try bytes($0) == own }) {
        duplicates += 1
      } else {
        known[sum, default: []].append(picture)
      }
    }
    return duplicates
  }
}
