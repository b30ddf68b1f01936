import DataSets
import Dispatch
import Foundation
import Imaging
import Support
import Tensor
import TestSupport
import Testing

@Suite struct ImageCacheTests {
  private let fixture: CacheFixture

  init() throws { fixture = try CacheFixture() }

  @Test(arguments: [1, 3], [1, 4])
  func `cached images are those in memory, bit for bit`(channels: Int, threads: Int) throws {
    let reading = tiny(4, channels)
    let expected = try ImageDataSet(listing: fixture.listing(), reading: reading, threads: 2)
    for _ in 0..<2 {
      let found = try fixture.read(reading, threads: threads)
      #expect(found.paths == expected.paths && found.count == 23)
      #expect(found.skipped == expected.skipped && found.skipped.count == 1)
      #expect(found.tally == expected.tally && found.tally.duplicates == 1)
      let order = [7, 0, 22, 7, 3, 13]
      #expect(
        try Tensor(images: found, at: order).values == Tensor(images: expected, at: order).values)
      for index in 0..<23 {
        #expect(try found.image(at: index) == expected.image(at: index))
      }
      let part = found.keeping([9, 3, 20])
      #expect(part.paths == [9, 3, 20].map { expected.paths[$0] })
      #expect(try part.image(at: 2) == expected.image(at: 20))
    }
  }

  @Test func `a cache is built once, and its bytes do not depend on the threads`() throws {
    // Of 23 images that can be read three have colours.
    #expect(try fixture.events() == [.building(done: 0, bytes: 24 * 16 * 29 / 23 + 1)])
    let bytes = try fixture.bytes
    #expect(try fixture.events().isEmpty)
    #expect(!FileManager.default.fileExists(atPath: fixture.partial))
    try FileManager.default.moveItem(atPath: fixture.cache.path, toPath: fixture.partial)
    // What is there already is taken over, so that the time of the beginning is the same.
    let file = try FileHandle(forWritingTo: URL(filePath: fixture.partial))
    try file.truncate(atOffset: UInt64(CacheLayout(bytes).headerEnd))
    _ = try fixture.read(threads: 1)
    #expect(try fixture.bytes == bytes)
  }

  @Test func `left out are the images that another set holds too, cached or not`() throws {
    let cached = try fixture.read()
    let memory = try ImageDataSet(listing: fixture.listing(), reading: tiny(4, 3), threads: 2)
    let some = memory.keeping([2, 5, 19])
    for (own, others) in [(cached, some), (memory, cached.keeping([2, 5, 19])), (cached, cached)] {
      let expected = try memory.leavingOut(imagesOf: others.count == 3 ? some : memory)
      let found = try own.leavingOut(imagesOf: others)
      #expect(found.leftOut == expected.leftOut && found.images.paths == expected.images.paths)
    }
  }

  @Test func `many processes at once build a cache once`() throws {
    let built = Locked(0)
    let (listing, cache) = (try fixture.listing(), fixture.cache)
    let expected = try ImageDataSet(listing: listing, reading: tiny(4, 3), threads: 1)
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      do {
        let found = try ImageDataSet(
          listing: listing, reading: tiny(4, 3), threads: 2, cache: cache
        ) { event in
          if case .building = event { built.withLock { $0 += 1 } }
        }
        #expect(try found.image(at: 22) == expected.image(at: 22))
      } catch {
        Issue.record(error)
      }
    }
    #expect(built.withLock { $0 } == 1)
    #expect(try fixture.folder.names() == ["data", "set.cache"])
  }

  @Test func `one image is enough, none is refused and leaves no cache`() throws {
    let one = try CacheFixture(count: 1)
    #expect(try one.read().count == 1)
    let none = try CacheFixture(count: 1, damaged: 0)
    let memory = message {
      _ = try ImageDataSet(listing: none.listing(), reading: tiny(4, 3), threads: 1)
    }
    #expect(message { _ = try none.read() } == memory && memory != nil)
    #expect(try none.folder.names() == ["data"])
  }

  @Test func `what cannot be read is an error where strict, whether built or found`() throws {
    let expected = message {
      _ = try ImageDataSet(
        listing: fixture.listing(), reading: tiny(4, 3), threads: 2, strict: true)
    }
    #expect(expected?.contains(fixture.name(5)) == true)
    #expect(message { _ = try fixture.read(strict: true) } == expected)
    // Not complete.
    #expect(!fixture.cache.exists)
    #expect(try fixture.read().skipped.count == 1)
    #expect(message { _ = try fixture.read(strict: true) } == expected)
  }

  @Test func `room is asked for before anything is decoded`() throws {
    let text = message { try fixture.cache.checkRoom(for: .max / 2) }
    #expect(
      text?.hasPrefix(
        "\(fixture.cache.path): expected room for about 4398046511104 MiB, which the decoded images need, "
          + "found ") == true)
    try fixture.cache.checkRoom(for: 1)
  }

  @Test func `a cache within the data is none of its images`() throws {
    let listing = try fixture.listing()
    let inner = ImageCache(path: fixture.folder.file("data/inner.cache"))
    _ = try ImageDataSet(listing: listing, reading: tiny(4, 3), threads: 1, cache: inner)
    let contents = try FolderContents(root: fixture.folder.file("data"))
    #expect(contents.passedOver.values.map(\.count) == [1])
    let areByProducts = contents.passedOver.keys.allSatisfy(\.isByProduct)
    #expect(areByProducts)
    #expect(try fixture.listing().digest == listing.digest)
  }

  @Test func `the size of decoded images follows from some of them`() throws {
    let listing = try fixture.listing()
    #expect(DecodedSize(of: listing, tiny(4, 1), threads: 2).bytes == 24 * 16)
    // Of 23 that can be read three have colours.
    let mean = Double(20 + 3 * 3) / 23
    #expect(
      DecodedSize(of: listing, tiny(4, 3), threads: 2).bytes
        == Int((24 * 16 * mean).rounded(.up)))
    #expect(DecodedSize.bound(of: listing, tiny(4, 3)) == 24 * 16 * 3)
    var all = tiny(4, 3)
    all.frames = .all
    #expect(DecodedSize.bound(of: listing, all) == nil)
  }
}
