import DCGANCommand
import DataSets
import Foundation
import Imaging
import TestSupport
import Testing

/// Where `dcgan train` keeps the decoded images.
@Suite struct CacheChoiceTests {
  private let folder: TemporaryFolder
  private let listing: ImageFolder
  private let reading = ImageReading(size: 32, channels: 3)
  /// The bytes of ten grey images and ten in colour.
  private let bytes = 10 * 1024 + 10 * 3 * 1024

  init() throws {
    folder = try TemporaryFolder()
    for index in 0..<20 {
      let name = "data/\(10 + index).png"
      let image = PixelImage(
        width: 32, height: 32, channels: 3,
        pixels: (0..<3072).map { UInt8(index < 10 ? 9 : $0 % 256) })
      try folder.add(image.pngData(file: name), as: name)
    }
    listing = try ImageFolder(root: folder.file("data"))
  }

  private func choice(
    _ given: String? = nil, recorded: String? = nil, memory: Int = .max,
    _ hear: (String) -> Void = { _ in }
  ) throws -> CacheChoice {
    try CacheChoice(
      given, recorded: recorded, run: folder.path, listing, reading, threads: 2, memory: memory,
      say: { hear("say: \($0)") }, warn: { hear("warn: \($0)") })
  }

  @Test func `images are cached once they need more than a quarter of the memory`() throws {
    var heard: [String] = []
    let enough = try choice(memory: 4 * bytes) { heard.append($0) }
    #expect(enough.cache == nil && enough.recorded == nil && heard.isEmpty)
    let scarce = try choice(memory: 4 * bytes - 4) { heard.append($0) }
    #expect(scarce.cache == ImageCache(path: folder.file("images.cache")))
    #expect(scarce.recorded == "images.cache")
    #expect(
      heard == [
        "say: the decoded images need about 41.0 kB, more than a quarter of the 164 kB of memory: they "
          + "are kept in \(folder.path)/images.cache (--cache names another place; --cache none keeps "
          + "them in memory)"
      ])
    #expect(try choice("none", memory: 1).cache == nil)
    #expect(try choice("none", recorded: "images.cache").cache == nil)
    #expect(try choice("none", memory: 1).recorded == "none")
    #expect(try choice(nil, recorded: "none", memory: 1).cache == nil)
  }

  @Test func `a file is taken as it is, a folder gets a file of its own`() throws {
    let file = try choice(folder.file("set.cache"), recorded: "images.cache")
    #expect(file.cache?.path == folder.file("set.cache"))
    #expect(file.recorded == "set.cache")
    let made = try choice(folder.file("a/b/"))
    let name = ImageCache.name(listing, reading)
    #expect(name.wholeMatch(of: #/images-[0-9a-f]{16}\.cache/#) != nil)
    #expect(made.cache?.path == folder.file("a/b/\(name)"))
    #expect(made.recorded?.hasPrefix("/") == true)
    #expect(made.recorded?.hasSuffix("/a/b/\(name)") == true)
    #expect(try choice(folder.file("a/b")).cache == made.cache)
    #expect(name != ImageCache.name(listing, ImageReading(size: 32, channels: 1)))
    let text = message { _ = try choice(folder.file("c/set.cache")) }
    #expect(
      text == "cannot write \(folder.file("c/set.cache")): there is no folder "
        + "\(folder.file("c/")): create it first")
  }

  @Test func `a recorded cache moves with its run, and is missed where it is not there`() throws {
    var heard: [String] = []
    try folder.write("", to: "images.cache")
    let found = try choice(recorded: "images.cache") { heard.append($0) }
    #expect(found.cache?.path == folder.file("images.cache") && found.recorded == "images.cache")
    #expect(heard.isEmpty)
    let missed = try choice(recorded: folder.file("set.cache")) { heard.append($0) }
    #expect(missed.recorded == folder.file("set.cache"))
    #expect(heard.count == 1 && heard[0].hasPrefix("warn: \(folder.file("set.cache")): the run in"))
    #expect(
      message { _ = try choice(recorded: folder.file("gone/set.cache")) }?
        .contains("whose folder is not there now; give its present place with --cache") == true)
  }
}
