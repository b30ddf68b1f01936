import DataSets
import Foundation
import Imaging
import Support
import Tensor
import TestSupport
import Testing

@Suite struct DataSetTests {
  /// Four images whose sample at the centre tells which they are, and one more file.
  private func folder(spoiling name: String = "c.png") throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (name, image) in [
      ("a.png", PixelImage(width: 12, height: 10, channels: 1, repeating: 0)),
      ("b.png", PixelImage(width: 8, height: 8, channels: 3, pixels: Self.red)),
      ("d.png", PixelImage(width: 20, height: 40, channels: 1, repeating: 255)),
    ] {
      try folder.add(image.pngData(file: name), as: name)
    }
    let grey = PixelImage(width: 160, height: 90, channels: 1, repeating: 51)
    try folder.add(grey.jpegData(quality: 100, file: "e.jpg"), as: "e.jpg")
    try folder.add(Data("no picture".utf8), as: name)
    return folder
  }

  private static let red = (0..<64).flatMap { _ in [255, 0, 10] as [UInt8] }

  @Test func greyIsKeptAsOneChannel() throws {
    let folder = try folder()
    let neutral = PixelImage(width: 11, height: 10, channels: 3, repeating: 7)
    try folder.add(neutral.pngData(file: "f.png"), as: "f.png")
    for (name, channels) in [("a.png", 1), ("b.png", 3), ("f.png", 1)] {
      let image = try networkImage(
        at: folder.file(name), reading: tiny(10, 3))
      #expect(image.width == 10 && image.height == 10 && image.channels == channels)
    }
    let data = try ImageDataSet(
      listing: ImageFolder(root: folder.path), reading: tiny(10, 3),
      threads: 2)
    #expect(try data.image(at: 4) == PixelImage(width: 10, height: 10, channels: 3, repeating: 7))
  }

  @Test func fillWritesRowsColumnsChannels() throws {
    let folder = try folder()
    let data = try ImageDataSet(
      listing: ImageFolder(root: folder.path), reading: tiny(2, 3),
      threads: 2)
    #expect(data.paths == ["a.png", "b.png", "d.png", "e.jpg"])
    #expect(data.count == 4)
    var floats = [Float](repeating: .nan, count: 3 * 12 + 1)
    try data.fill(&floats, with: [1, 2, 3])
    let pixel: [Float] = [1, -1, 10 / 127.5 - 1]
    #expect(Array(floats[..<12]) == pixel + pixel + pixel + pixel)
    #expect(Array(floats[12..<24]) == Array(repeating: 1, count: 12))
    #expect(Array(floats[24..<36]) == [Float](repeating: -0.6, count: 12))
    #expect(floats[36].isNaN)
    #expect(try data.image(at: 1).samples(x: 1, y: 1) == [255, 0, 10])
    #expect(try data.image(at: 2) == PixelImage(width: 2, height: 2, channels: 3, repeating: 255))
  }

  @Test func aBatchOfImagesIsThatOfTheDataSet() throws {
    let folder = try folder()
    let listing = try ImageFolder(root: folder.path)
    for channels in [1, 3] {
      let data = try ImageDataSet(
        listing: listing, reading: tiny(4, channels), threads: 2)
      let images = try data.paths.map {
        try networkImage(at: folder.file($0), reading: tiny(4, channels))
      }
      let batch = Tensor(networkImages: images, size: 4, channels: channels)
      #expect(batch.shape == Shape(4, 4, 4, channels))
      #expect(try batch.values == Tensor(images: data, at: 0..<4).values)
    }
  }

  #if os(Linux)
    @Test func whatIsKnownToBeUnusableIsSkippedOrAnError() throws {
      let folder = try folder(spoiling: "notes.txt")
      let latin: [CChar] =
        (folder.file("").utf8.map { CChar($0) }) + [99, CChar(bitPattern: 0xE9), 0]
      try #require(mkdir(latin, 0o700) == 0)
      let listing = try ImageFolder(root: folder.path)
      let data = try ImageDataSet(
        listing: listing, reading: tiny(8, 3), threads: 2)
      #expect(data.count == 4)
      #expect(
        data.skipped.map { "\($0.path): \($0.reason)" }
          == ["c\\xE9: its name is not UTF-8 and cannot be used; rename it"])
      let error = #expect(throws: ImageError.self) {
        try ImageDataSet(
          listing: listing, reading: tiny(8, 3), threads: 2, strict: true)
      }
      #expect(error?.file == folder.file("c\\xE9"))
    }
  #endif

  /// Workers that find the allowance used up wait, whatever a single one asks for.
  @Test func anAllowanceIsNeverExceeded() {
    let allowance = Allowance(5)
    let state = Locked((now: 0, most: 0))
    DispatchQueue.concurrentPerform(iterations: 64) { index in
      let amount = index % 8
      allowance.take(amount)
      state.withLock {
        $0.now += min(amount, 5)
        $0.most = max($0.most, $0.now)
      }
      sched_yield()
      state.withLock { $0.now -= min(amount, 5) }
      allowance.giveBack(amount)
    }
    #expect(state.withLock { $0.now } == 0)
    #expect((1...5).contains(state.withLock { $0.most }))
  }

  /// What is being decoded at a time keeps to the limit together; beyond it nothing is decoded.
  @Test(arguments: [99, 100, 250, 800])
  func imagesInFlightShareTheLimit(_ pixels: Int) throws {
    let folder = try TemporaryFolder()
    let image = PixelImage(width: 10, height: 10, channels: 1, repeating: 9)
    try (0..<32).forEach { try folder.add(image.pngData(file: "p.png"), as: "\($0).png") }
    let listing = try ImageFolder(root: folder.path)
    let state = Locked((now: 0, most: 0))
    let queue = DecodingQueue(
      listing.files, of: listing.root, limits: ImageLimits(maximumPixels: pixels)
    ) { (_, header) throws(ImageError) in
      state.withLock {
        $0.now += header.pixelsToDecode
        $0.most = max($0.most, $0.now)
      }
      defer { state.withLock { $0.now -= header.pixelsToDecode } }
      sched_yield()
      return try header.decode().image
    }
    let outcomes = queue.run(threads: 8).compactMap { try? $0?.get() }
    #expect(outcomes == Array(repeating: image, count: pixels < 100 ? 0 : 32))
    #expect(state.withLock { $0.most } <= pixels)
  }

  /// What deflated files inflate to is bounded for all workers together, and for each.
  @Test func deflatedFilesShareTheLimit() throws {
    let folder = try TemporaryFolder()
    let file = try Data(contentsOf: URL(filePath: Fixtures.path("dicom/deflated.dcm")))
    try (0..<32).forEach { try folder.add(file, as: "\($0).dcm") }
    let listing = try ImageFolder(root: folder.path)
    func outcomes(_ limits: ImageLimits, _ state: Locked<(now: Int, most: Int)>) -> Int {
      let queue = DecodingQueue(
        listing.files, of: listing.root, limits: limits
      ) { (_, header) throws(ImageError) in
        state.withLock {
          $0.now += 1
          $0.most = max($0.most, $0.now)
        }
        defer { state.withLock { $0.now -= 1 } }
        for _ in 0..<100 { sched_yield() }
        return try header.decode().image
      }
      return queue.run(threads: 8).count { (try? $0?.get()) != nil }
    }
    // Room for a single one at its most, but for its real size several times over.
    let bytes = ImageHeader.inflatedBytes(of: file, limits: ImageLimits())
    #expect(bytes > 100 * file.count && bytes < 1_032 * file.count)
    let state = Locked((now: 0, most: 0))
    #expect(outcomes(ImageLimits(maximumInflatedBytes: bytes), state) == 32)
    #expect(state.withLock { $0.most } == 1)
    #expect(outcomes(ImageLimits(maximumInflatedBytes: 1_000), state) == 0)
    #expect(
      ImageHeader.inflatedBytes(of: Data(repeating: 0, count: 99), limits: ImageLimits()) == 0)
  }

  @Test func oneChannelIsLuma() throws {
    let folder = try folder()
    let data = try ImageDataSet(
      listing: ImageFolder(root: folder.path), reading: tiny(4, 1),
      threads: 1)
    var floats = [Float](repeating: .nan, count: 2 * 16 + 1)
    try data.fill(&floats, with: [1, 0][...])
    // (19595 * 255 + 7471 * 10 + 32768) >> 16 = 77
    let luma: Float = 77 / 127.5 - 1
    #expect(Array(floats[..<16]) == [Float](repeating: luma, count: 16))
    #expect(Array(floats[16..<32]) == Array(repeating: -1, count: 16))
    #expect(floats[32].isNaN)
    #expect(try data.image(at: 1) == PixelImage(width: 4, height: 4, channels: 1, repeating: 77))
  }

  @Test func positionsSurviveTheWayToTheNetworks() throws {
    let folder = try TemporaryFolder()
    let image = PixelImage(
      width: 3, height: 3, channels: 3, pixels: (0..<27).map { UInt8($0 * 9) })
    try folder.add(image.pngData(file: "p.png"), as: "p.png")
    let data = try ImageDataSet(
      listing: ImageFolder(root: folder.path), reading: tiny(3, 3),
      threads: 1)
    var floats = [Float](repeating: .nan, count: 27)
    try data.fill(&floats, with: [0])
    let expected = image.pixels.map { Float($0) / 127.5 - 1 }
    #expect(floats == expected)
  }

  @Test func unreadableFilesAreNamedAndSkipped() throws {
    let folder = try folder()
    try folder.link("z.jpg", to: "nowhere.jpg")
    let data = try ImageDataSet(
      listing: ImageFolder(root: folder.path), reading: tiny(8, 3),
      threads: 3)
    #expect(data.skipped.map(\.path) == ["c.png", "z.jpg"])
    #expect(data.skipped[0].reason.hasPrefix("expected a readable image, found") == true)
    #expect(data.skipped[1].reason == "cannot be read: no such file or folder")
    #expect(data.count == 4)
  }

  @Test func aFileThatVanishesIsSkipped() throws {
    let folder = try folder()
    let listing = try ImageFolder(root: folder.path)
    try FileManager.default.removeItem(atPath: folder.path + "/a.png")
    let data = try ImageDataSet(
      listing: listing, reading: tiny(8, 3), threads: 2)
    #expect(data.paths == ["b.png", "d.png", "e.jpg"])
    #expect(data.skipped.map(\.path) == ["a.png", "c.png"])
  }

  @Test(arguments: [1, 2, 4])
  func strictMakesTheFirstUnreadableFileAnError(_ threads: Int) throws {
    let folder = try folder()
    try folder.addFiles(["d2.png", "f.png"])
    let listing = try ImageFolder(root: folder.path)
    let error = #expect(throws: ImageError.self) {
      try ImageDataSet(
        listing: listing, reading: tiny(8, 3), threads: threads,
        strict: true)
    }
    #expect(error?.file == folder.path + "/c.png")
  }

  @Test func nothingReadableIsAnError() throws {
    let folder = try TemporaryFolder()
    try folder.addFiles(["a.png", "b.png"])
    let error = #expect(throws: DataSetError.self) {
      try ImageDataSet(
        listing: ImageFolder(root: folder.path), reading: tiny(8, 3),
        threads: 2)
    }
    #expect(error?.kind == .noReadableImages)
    #expect(
      error?.description.hasPrefix(
        "\(folder.path): none of the 2 images can be read; the first, a.png: expected a readable image"
      ) == true
    )
  }

  @Test func limitsReachTheDecoder() throws {
    let folder = try folder()
    let data = try ImageDataSet(
      listing: ImageFolder(root: folder.path), reading: tiny(8, 3),
      threads: 2,
      limits: ImageLimits(maximumPixels: 800))
    #expect(data.paths == ["a.png", "b.png", "d.png"])
    #expect(data.skipped.last?.reason.contains("the picture is 160x90") == true)
  }

  @Test(arguments: [1, 2, 7])
  func theNumberOfThreadsChangesNothing(_ threads: Int) throws {
    let folder = try TemporaryFolder()
    for index in 0..<20 {
      let image = PixelImage(
        width: 9 + index, height: 11, channels: 1,
        pixels: (0..<(9 + index) * 11).map { UInt8(truncatingIfNeeded: $0 * index) })
      try folder.add(image.pngData(file: "p"), as: "\(10 + index).png")
    }
    let listing = try ImageFolder(root: folder.path)
    let seen = Locked<[Int]>([])
    let data = try ImageDataSet(
      listing: listing, reading: tiny(8, 3), threads: threads
    ) {
      done, total in
      seen.withLock { $0.append(100 * total + done) }
    }
    #expect(seen.withLock { $0 } == (1...20).map { 2000 + $0 })
    #expect(data.paths == listing.names)
    for index in 0..<20 {
      let decoded = try DecodedImage(contentsOf: listing.path(of: listing.files[index]))
      #expect(try data.image(at: index) == decoded.squared(to: 8).rgb())
    }
  }
}
