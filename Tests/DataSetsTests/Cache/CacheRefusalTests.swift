import DataSets
import Foundation
import Imaging
import TestSupport
import Testing

/// Caches that must not be used.
@Suite struct CacheRefusalTests {
  private let fixture: CacheFixture

  init() throws {
    fixture = try CacheFixture()
    _ = try fixture.read()
  }

  private func problem(_ reading: ImageReading = tiny(4, 3)) -> String? {
    message { _ = try fixture.read(reading) }
  }

  private func expected(_ problem: String) -> String {
    "\(fixture.cache.path): \(problem); remove it to have it built again, or name another with 'cache'"
  }

  @Test func `another way of reading is named with both values`() {
    var readings: [(ImageReading, String)] = []
    func other(_ words: String, _ change: (inout ImageReading) -> Void) {
      var reading = tiny(4, 3)
      change(&reading)
      readings.append((reading, words))
    }
    other("images of size 5, found 4") { $0.size = 5 }
    other("channels 1, found 3") { $0.channels = 1 }
    other("images made square by pad, found crop") { $0.fit = .pad }
    other("the background 9, found 0") { $0.background = 9 }
    other("the window minmax, found file") { $0.window = .minMax }
    other("the frames first, found middle") { $0.frames = .first }
    other("images with burned-in data to be used, found skipped") { $0.allowsBurnedIn = true }
    other("a shorter side of at least 2, found 1") { $0.leastSide = 2 }
    for (reading, words) in readings {
      #expect(problem(reading) == expected("it was made of other images: expected \(words)"))
    }
    #expect(problem() == nil)
  }

  @Test func `another list of files is named with both digests`() throws {
    let before = try fixture.listing().digest
    try FileManager.default.removeItem(atPath: fixture.folder.file("data/\(fixture.name(7))"))
    let now = try fixture.listing().digest
    #expect(
      problem()
        == expected(
          "it was made of other images: expected a list of 23 files with digest \(now), found 24 "
            + "files with digest \(before)"))
  }

  @Test(arguments: [900_000_000.0, 4_000_000_000])
  func `a cache is refused where a file has another date`(_ date: Double) throws {
    #expect(problem() == nil)
    try fixture.date(date, of: [fixture.name(7)])
    let path = fixture.folder.file("data/\(fixture.name(7))")
    #expect(problem() == expected("\(path) has another date than when it was made"))
    // A date in the future that the file had from the beginning is no change.
    try FileManager.default.removeItem(atPath: fixture.cache.path)
    #expect(problem() == nil)
    #expect(problem() == nil)
  }

  @Test func `damage is found on opening or when the image is used, wherever it is`() throws {
    let whole = try fixture.bytes
    let memory = try ImageDataSet(listing: fixture.listing(), reading: tiny(4, 3), threads: 1)
    let layout = CacheLayout(whole)
    // What lies between the images and the list serves building alone.
    let pixels = layout.blocks[0] + 28..<layout.blocks[0] + 28 + 20 * 16 + 3 * 48
    for place in Array(stride(from: 0, to: layout.blocks[0], by: 7)) + Array(pixels)
      + Array(layout.index..<whole.count)
    {
      try CacheFixture.spoil(fixture.cache.path, at: place)
      let text = message {
        let images = try fixture.read()
        for index in 0..<images.count {
          #expect(try images.image(at: index) == memory.image(at: index))
        }
      }
      #expect(text?.hasPrefix("\(fixture.cache.path): ") == true, "\(place)")
      try whole.write(to: URL(filePath: fixture.cache.path))
    }
    #expect(problem() == nil)
  }

  @Test func `a file of any length is refused`() throws {
    let whole = try fixture.bytes
    for size in 0..<whole.count {
      try whole.prefix(size).write(to: URL(filePath: fixture.cache.path))
      #expect(problem()?.hasPrefix("\(fixture.cache.path): ") == true, "\(size)")
    }
    try Data("no cache".utf8).write(to: URL(filePath: fixture.cache.path))
    #expect(
      problem() == "\(fixture.cache.path): expected a cache of images, found another file; name "
        + "another place with 'cache'")
    var other = whole
    other[8] = 2
    try other.write(to: URL(filePath: fixture.cache.path))
    #expect(problem() == expected("expected a cache of version 1, found another version's"))
  }

  @Test func `a file that shrinks or is spoilt while it is used is an error`() throws {
    let images = try fixture.read()
    let layout = CacheLayout(try fixture.bytes)
    try CacheFixture.spoil(fixture.cache.path, at: layout.blocks[0] + 28 + 16)
    _ = try images.image(at: 0)
    #expect(message { _ = try images.image(at: 1) } == expected("image 2 of 23 is damaged"))
    let file = try FileHandle(forWritingTo: URL(filePath: fixture.cache.path))
    try file.truncate(atOffset: UInt64(layout.blocks[0]))
    #expect(
      message { _ = try images.image(at: 0) }
        == "cannot read \(fixture.cache.path): it became shorter while being read")
  }

  @Test func `a file that replaces the cache is not noticed by who reads the old one`() throws {
    let images = try fixture.read()
    let first = try images.image(at: 0)
    try FileManager.default.removeItem(atPath: fixture.cache.path)
    try Data("other".utf8).write(to: URL(filePath: fixture.cache.path))
    #expect(try images.image(at: 0) == first)
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
  func `a folder that may not be written serves a cache that is there`() throws {
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o500], ofItemAtPath: fixture.folder.path)
    defer {
      try? FileManager.default.setAttributes(
        [.posixPermissions: 0o700], ofItemAtPath: fixture.folder.path)
    }
    #expect(problem() == nil)
  }
}
