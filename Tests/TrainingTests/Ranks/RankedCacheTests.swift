import DataSets
import Foundation
import Imaging
import Support
import Tensor
import TestSupport
import Testing
import Training

/// Caches that ranks build together.
@Suite struct RankedCacheTests {
  private let folder: TemporaryFolder
  private let listing: ImageFolder
  private let reading = ImageReading(size: 4, channels: 3)

  /// Makes more images than ranks decode at a time, some with colour; one file is no picture.
  init() throws {
    folder = try TemporaryFolder()
    for index in 0..<600 {
      let channels = index % 7 == 3 ? 3 : 1
      let pixels = (0..<16 * 16 * channels).map { UInt8(truncatingIfNeeded: $0 * 31 + index * 7) }
      let name = "image-\(1000 + index).png"
      let image = PixelImage(width: 16, height: 16, channels: channels, pixels: pixels)
      try folder.add(
        index == 450 ? Data("no picture".utf8) : image.pngData(file: name), as: "data/\(name)")
    }
    listing = try ImageFolder(root: folder.file("data"))
  }

  private func work(strict: Bool = false) -> ImageCache.Work {
    ImageCache.Work(listing: listing, reading: reading, threads: 2, isStrict: strict)
  }

  private func cache(_ name: String) -> ImageCache { ImageCache(path: folder.file(name)) }

  private func images(_ cache: ImageCache) throws -> ImageDataSet {
    try ImageDataSet(listing: listing, reading: reading, threads: 2, cache: cache)
  }

  /// Builds a cache on some ranks and returns what rank 0 was told, and each rank's images.
  private func build(
    _ cache: ImageCache, ranks: Int
  ) throws -> (events: [ImageCache.Event], images: [ImageDataSet]) {
    let events = Locked<[ImageCache.Event]>([])
    let (work, listing, reading) = (work(), listing, reading)
    let images = try LocalRanks.run(ranks) { _, backend in
      try backend.build(cache, work, onEvent: { event in events.withLock { $0.append(event) } })
      return try ImageDataSet(listing: listing, reading: reading, threads: 2, cache: cache)
    }
    return (events.withLock { $0 }, images)
  }

  /// The bytes of a cache after its header, which says when it was begun.
  private func content(_ cache: ImageCache) throws -> Data {
    let bytes = try Data(contentsOf: URL(filePath: cache.path))
    let start = try #require(bytes.firstRange(of: Data("DBLK".utf8)))
    return bytes[start.lowerBound...]
  }

  @Test(arguments: [2, 3])
  func `ranks build the cache that one process builds`(ranks: Int) throws {
    let alone = try images(cache("alone.cache"))
    let built = try build(cache("together.cache"), ranks: ranks)
    #expect(built.events.count == 1)
    for images in built.images {
      #expect(images.checksum == alone.checksum && images.count == 599)
      #expect(images.paths == alone.paths && images.skipped == alone.skipped)
      #expect(images.tally == alone.tally)
    }
    #expect(try content(cache("together.cache")) == content(cache("alone.cache")))
    #expect(try folder.names() == ["alone.cache", "data", "together.cache"])
    // There is nothing left to do.
    #expect(try build(cache("together.cache"), ranks: ranks).events.isEmpty)
  }

  @Test func `images have the same sum in memory and in a cache, and another without one`() throws {
    let cached = try images(cache("set.cache"))
    let inMemory = try ImageDataSet(listing: listing, reading: reading, threads: 2)
    #expect(cached.checksum == inMemory.checksum)
    #expect(cached.keeping(Array(0..<598)).checksum != cached.checksum)
  }

  @Test func `ranks continue what was stopped`() throws {
    _ = try images(cache("whole.cache"))
    let whole = try Data(contentsOf: URL(filePath: folder.file("whole.cache")))
    try whole.prefix(whole.count * 2 / 5)
      .write(to: URL(filePath: folder.file("set.cache.partial")))
    let built = try build(cache("set.cache"), ranks: 2)
    guard case .building(let done, _) = try #require(built.events.first) else {
      Issue.record("\(built.events)")
      return
    }
    #expect(done == 256)
    #expect(try Data(contentsOf: URL(filePath: folder.file("set.cache"))) == whole)
  }

  @Test func `where strict, the first file that cannot be read is said once`() throws {
    let (work, cache) = (work(strict: true), cache("set.cache"))
    let endings = LocalRanks.endings(3) { _, backend in try backend.build(cache, work) }
    let texts = endings.map { ending in
      guard case .failure(let error)? = ending else { return "" }
      return "\(error)"
    }
    // Of 600 files, rank 2 decodes those from 400 on.
    #expect(texts[2].hasPrefix(folder.file("data/image-1450.png")))
    #expect(texts[0] == "rank 2 of this training failed" && texts[1] == texts[0])
    #expect(!cache.exists)
  }

  @Test func `a part that was damaged on its way is refused`() throws {
    let construction = try #require(
      try CacheConstruction(cache("set.cache"), work(), onEvent: { _ in }))
    let part = try CachePart(0..<20, of: construction.files, work())
    for place in [0, 7, 30, part.bytes.count - 1] {
      var bytes = part.bytes
      bytes[place] ^= 0x40
      let text = message { try construction.add(CachePart(bytes: bytes), of: 20) }
      #expect(
        text
          == "\(folder.file("set.cache")): images that another rank decoded were damaged on their way; "
          + "start again, and the cache is continued", "\(place)")
    }
    // One that lacks the end is damaged too.
    #expect(
      message { try construction.add(part, of: 21) }?.contains("damaged on their way") == true)
    #expect(construction.done == 0)
    try construction.add(part, of: 20)
    #expect(construction.done == 20)
  }
}
