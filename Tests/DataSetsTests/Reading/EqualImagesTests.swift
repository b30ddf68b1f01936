import DataSets
import Foundation
import Imaging
import Support
import Tensor
import TestSupport
import Testing

/// Which images of a folder are measured.
@Suite struct EqualImagesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Writes an image of one shade, reddish where it has colour.
  private func write(
    _ name: String, side: Int = 32, height: Int? = nil, colour: Bool = false
  ) throws {
    try folder.addFiles([name])
    let height = height ?? side
    let pixels: [UInt8] =
      colour
      ? (0..<side * height).flatMap { _ in [90, 60, 60] }
      : Array(repeating: 80, count: side * height)
    try PixelImage(width: side, height: height, channels: colour ? 3 : 1, pixels: pixels)
      .writePNG(to: folder.file(name))
  }

  @Test func whatMostAreDecidesNotTheFirst() throws {
    try write("a.png", side: 518)
    try write("b.png", colour: true)
    for name in ["c.png", "inner/d.png", "e.png"] { try write(name) }
    try folder.write("no picture", to: "f.png")
    let found = try EqualImages(in: folder.path)
    #expect(found.files == ["c.png", "e.png", "inner/d.png"])
    #expect(found.paths.first == folder.file("c.png"))
    #expect(found.size?.width == 32 && found.size?.height == 32)
    #expect(found.shorterSide == 32 && !found.isColour)
    #expect(found.leftOut.map(\.file) == ["a.png", "b.png", "f.png"])
    #expect(
      found.leftOut.prefix(2).map(\.reason) == ["518x518 pixels, grey", "32x32 pixels, colour"])
    #expect(
      found.warning?.hasPrefix(
        "\(folder.path): using the 3 images of 32x32 pixels, grey; left out: 'a.png' (518x518 pixels, "
          + "grey), 'b.png' (32x32 pixels, colour), 'f.png' (") == true)
  }

  /// A user's own images beside the samples are not what the generator made.
  @Test func whereSamplesWereDrawnNothingElseCounts() throws {
    for name in ["sample-0001.png", "scan1.png", "scan2.png", "inner/sample-0001.png"] {
      try write(name)
    }
    #expect(try EqualImages(in: folder.path).files.count == 4)
    try folder.write("file,candidate,score,calibrated\nsample-0001.png,0,0.5,\n", to: "samples.csv")
    let found = try EqualImages(in: folder.path)
    #expect(found.files == ["sample-0001.png"])
    #expect(found.leftOut.map(\.file) == ["inner/sample-0001.png", "scan1.png", "scan2.png"])
    #expect(found.leftOut.first?.reason == "not one of the samples")
  }

  @Test func ofEqualImagesNoneIsLeftOut() throws {
    for name in ["a.png", "b.png"] { try write(name, side: 40, height: 30, colour: true) }
    let found = try EqualImages(in: folder.path)
    #expect(found.leftOut.isEmpty && found.warning == nil)
    #expect(found.size?.width == 40 && found.size?.height == 30)
    #expect(found.shorterSide == 30 && found.isColour)
  }

  /// Radiographs as they come from a hospital, say: no size is that of most.
  @Test func whereSizesDifferAllOfThemCount() throws {
    for side in 33...37 { try write("\(side).png", side: side) }
    try write("colour.png", side: 38, colour: true)
    let found = try EqualImages(in: folder.path)
    #expect(found.files == (33...37).map { "\($0).png" })
    #expect(found.size == nil && found.shorterSide == 35 && !found.isColour)
    #expect(
      found.warning == "\(folder.path): using the 5 images of different sizes, grey; left out: "
        + "'colour.png' (38x38 pixels, colour)")
  }

  /// A file of three channels without colour is one of a grey folder, and one of a coloured folder.
  @Test func threeEqualChannelsFitBoth() throws {
    try folder.addFiles(["grey.png"])
    try PixelImage(width: 32, height: 32, channels: 3, repeating: 7)
      .writePNG(to: folder.file("grey.png"))
    for name in ["x.png", "y.png"] { try write(name) }
    #expect(try EqualImages(in: folder.path).files == ["grey.png", "x.png", "y.png"])
    for name in ["1.png", "2.png", "3.png", "4.png"] { try write(name, colour: true) }
    let coloured = try EqualImages(in: folder.path)
    #expect(coloured.files == ["1.png", "2.png", "3.png", "4.png", "grey.png"])
    #expect(coloured.leftOut.map(\.file) == ["x.png", "y.png"])
  }

  @Test func ofManyLeftOutFiveAreNamed() throws {
    for index in 0..<9 { try write("a\(index).png") }
    for index in 0..<7 { try write("b\(index).png", side: 33) }
    let warning = try #require(try EqualImages(in: folder.path).warning)
    #expect(warning.hasSuffix("'b4.png' (33x33 pixels, grey) and 2 more"))
  }

  /// Neither does what is said of the progress, which counts up one by one.
  @Test func whatIsFoundDoesNotDependOnThreads() throws {
    for index in 0..<20 { try write("a\(index).png", side: 32 + index % 2, height: 32) }
    try folder.write("no picture", to: "b.png")
    let told = Locked<[Int]>([])
    let one = try EqualImages(in: folder.path, threads: 1)
    let many = try EqualImages(in: folder.path, threads: 4) { done, total in
      told.withLock { $0.append(done + 100 * total) }
    }
    #expect(one == many && one.files.count == 10)
    #expect(told.withLock { $0 } == (1...21).map { $0 + 2100 })
  }

  @Test func theImagesAreReadInOrder() throws {
    for index in 0..<9 {
      try PixelImage(width: 32, height: 32, channels: 1, repeating: UInt8(index))
        .writePNG(to: folder.file("\(index).png"))
    }
    let found = try EqualImages(in: folder.path)
    let reading = ImageReading(size: 32, channels: 1)
    for threads in [1, 4] {
      let images = try found.networkImages(atMost: 7, reading: reading, threads: threads)
      #expect(images.map { $0.pixels.first } == (0..<7).map { UInt8($0) })
    }
    // Of several that cannot be read any more, the first is named.
    for name in ["3.png", "5.png"] { try folder.write("gone", to: name) }
    let words = message {
      _ = try found.networkImages(atMost: 9, reading: reading, threads: 4)
    }
    #expect(words?.hasPrefix("\(folder.file("3.png")): ") == true)
  }

  @Test func sheetsAreNoSamples() throws {
    try write("a.png")
    for (name, kind) in [("sheet", ImageMark.Kind.sampleSheet), ("real", .realImages)] {
      try PixelImage(width: 32, height: 32, channels: 1, repeating: 1).writePNG(
        to: folder.file("\(name).png"), mark: ImageMark(program: "dcgan 1.0.0", kind: kind))
    }
    let found = try EqualImages(in: folder.path)
    #expect(found.files == ["a.png"] && found.leftOut.isEmpty)
  }

  @Test func whereNoneCanBeReadTheFirstIsNamed() throws {
    try folder.write("no picture", to: "a.png")
    let words = try #require(message { _ = try EqualImages(in: folder.path) })
    #expect(
      words.hasPrefix("\(folder.path): none of the 1 images can be read; the first, 'a.png': "))
  }
}
