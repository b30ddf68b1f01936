import DataSets
import Foundation
import TestSupport
import Testing

/// Caches whose building was stopped, wherever that was.
@Suite struct CacheResumptionTests {
  /// More images than a block holds.
  private let fixture: CacheFixture
  private let whole: Data
  private let layout: CacheLayout

  init() throws {
    fixture = try CacheFixture(count: 600)
    _ = try fixture.read()
    whole = try fixture.bytes
    layout = CacheLayout(whole)
  }

  /// Leaves the beginning of the cache, as a process does that is killed.
  private func stop(at size: Int, _ change: (inout Data) -> Void = { _ in }) throws {
    try? FileManager.default.removeItem(atPath: fixture.cache.path)
    var beginning = whole.prefix(size)
    change(&beginning)
    try beginning.write(to: URL(filePath: fixture.partial))
  }

  /// Builds the rest and returns how many files were done before.
  private func done() throws -> Int? {
    let events = try fixture.events()
    guard case .building(let done, _)? = events.first, events.count == 1 else { return nil }
    return done
  }

  @Test func `building goes on after the last whole block`() throws {
    #expect(layout.blocks.count == 3)
    for (size, expected) in [
      (layout.headerEnd, 0), (layout.blocks[1] - 1, 0), (layout.blocks[1], 256),
      (layout.blocks[1] + 9, 256), (layout.blocks[2] - 1, 256), (layout.blocks[2], 512),
      (layout.index - 1, 512), (layout.index, 600), (layout.index + 5, 600), (whole.count, 600),
    ] {
      try stop(at: size)
      #expect(try done() == expected, "\(size)")
      #expect(try fixture.bytes == whole, "\(size)")
    }
  }

  @Test func `what is damaged is built anew, with all after it`() throws {
    for (place, expected) in [
      (layout.blocks[0] + 2, 0), (layout.blocks[0] + 40, 0), (layout.blocks[1] - 7, 0),
      (layout.blocks[1] + 6, 256), (layout.blocks[1] + 3000, 256), (layout.blocks[2] + 28, 512),
    ] {
      try stop(at: whole.count) { $0[place] ^= 1 }
      #expect(try done() == expected, "\(place)")
      #expect(try fixture.bytes == whole, "\(place)")
    }
  }

  @Test func `a header that was cut off or damaged begins anew`() throws {
    for size in [0, 1, 15, layout.headerEnd - 1] {
      try stop(at: size)
      #expect(try done() == 0)
      #expect(try fixture.read().count == 599)
    }
    try stop(at: whole.count) { $0[20] ^= 1 }
    #expect(try done() == 0)
  }

  @Test func `a file that is no cache is not overwritten`() throws {
    try FileManager.default.removeItem(atPath: fixture.cache.path)
    try Data("somebody's".utf8).write(to: URL(filePath: fixture.partial))
    let text = message { _ = try fixture.read() }
    #expect(
      text == "\(fixture.partial): expected a cache of images, found another file; name another "
        + "place with 'cache'")
    #expect(try fixture.folder.read("set.cache.partial") == Array("somebody's".utf8))
  }

  @Test func `a file that was changed meanwhile is decoded again`() throws {
    try stop(at: layout.blocks[2])
    try fixture.date(4_000_000_000, of: [fixture.name(3)])
    #expect(try done() == 0)
    #expect(try fixture.read().count == 599)
  }

  @Test func `the beginning of another cache is refused by name`() throws {
    try stop(at: layout.blocks[2])
    let text = message { _ = try fixture.read(tiny(8, 3)) }
    #expect(
      text
        == "\(fixture.partial): it is the beginning of a cache of other images: expected images of "
        + "size 8, found 4; remove it to have it built again, or name another with 'cache'")
    #expect(try done() == 512)
  }
}
