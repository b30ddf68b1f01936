import DataSets
import Foundation
import Imaging
import Support
import TestSupport

/// A folder of small images of which some have colour, some repeat another and one cannot be read, and
/// the cache that is made of them.
struct CacheFixture {
  let folder: TemporaryFolder
  let cache: ImageCache

  /// Makes images whose pixels tell which they are; every seventh is a colour, every eleventh repeats the
  /// one before it.
  init(count: Int = 24, damaged: Int = 5) throws {
    folder = try TemporaryFolder()
    cache = ImageCache(path: folder.file("set.cache"))
    for index in 0..<count {
      let seed = index % 11 == 10 ? index - 1 : index
      let channels = index % 7 == 3 ? 3 : 1
      let pixels = (0..<6 * 6 * channels).map { UInt8(truncatingIfNeeded: $0 * 31 + seed * 7) }
      let image = PixelImage(width: 6, height: 6, channels: channels, pixels: pixels)
      let name = name(index)
      try folder.add(
        index == damaged ? Data("no picture".utf8) : image.pngData(file: name), as: "data/\(name)")
    }
    try date(1_000_000_000)
  }

  /// The path of the file of a cache that is being built.
  var partial: String { "\(cache.path).partial" }
  /// The bytes of the cache.
  var bytes: Data { get throws { try Data(contentsOf: URL(filePath: cache.path)) } }

  func name(_ index: Int) -> String { "image-\(1000 + index).png" }

  /// Lists the files.
  func listing() throws -> ImageFolder { try ImageFolder(root: folder.file("data")) }

  /// Says of files that they were changed so many seconds after 1970.
  func date(_ seconds: Double, of names: [String]? = nil) throws {
    for name in try names ?? FileManager.default.contentsOfDirectory(atPath: folder.file("data")) {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: seconds)],
        ofItemAtPath: folder.file("data/\(name)"))
    }
  }

  /// Reads the images from the cache.
  func read(
    _ reading: ImageReading = tiny(4, 3), threads: Int = 3, strict: Bool = false,
    onEvent: (ImageCache.Event) -> Void = { _ in }
  ) throws -> ImageDataSet {
    try ImageDataSet(
      listing: listing(), reading: reading, threads: threads, strict: strict, cache: cache,
      onEvent: onEvent)
  }

  /// Reads the images from the cache and returns what happened before.
  func events(_ reading: ImageReading = tiny(4, 3)) throws -> [ImageCache.Event] {
    var events: [ImageCache.Event] = []
    _ = try read(reading) { events.append($0) }
    return events
  }

  /// Changes a byte of a file.
  static func spoil(_ path: String, at offset: Int) throws {
    let url = URL(filePath: path)
    var bytes = try Data(contentsOf: url)
    bytes[offset] ^= 0x10
    // Written in place: whoever has the file open sees it.
    let file = try FileHandle(forWritingTo: url)
    try file.write(contentsOf: bytes)
    try file.close()
  }
}
