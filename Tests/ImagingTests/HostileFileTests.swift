import Foundation
import Imaging
import Support
import Testing

/// Files that are correct and made to exhaust whoever reads them, and shapes at the edge of sense.
@Suite struct HostileFileTests {
  /// Writes the first scans of a progressive file, then one scan `count` times. Each repetition is
  /// valid, and passes over every block of the image.
  private func repeatingAScan(_ count: Int) throws -> Data {
    let whole = try Data(contentsOf: URL(fileURLWithPath: fixture("progressive.jpg")))
    let start = Data([0xFF, 0xDA])
    let first = try #require(whole.firstRange(of: start)).upperBound
    let second = try #require(whole[first...].firstRange(of: start)).upperBound
    let third = try #require(whole[second...].firstRange(of: start)).lowerBound
    let end = try #require(whole[third...].firstRange(of: Data([0xFF, 0xC4]))).lowerBound
    var scan = whole[third..<end]
    // The last byte of the scan's header: no bits before, none left out.
    scan[third + 9] = 0x00
    let scans = repeatElement(scan, count: count).reduce(into: Data()) { $0 += $1 }
    return whole[..<third] + scans + [0xFF, 0xD9]
  }

  @Test func aJPEGOfEndlessScansIsRefused() throws {
    let few = try repeatingAScan(400)
    #expect(try DecodedImage(bytes: few, file: "few").fullWidth == 48)
    let error = try #require(throws: ImageError.self) {
      try DecodedImage(bytes: repeatingAScan(100_000), file: "many")
    }
    #expect(error.description == "many: expected an intact JPEG file: more than 500 scans")
  }

  private static let buffers: [(name: String, bytesOfAPixel: Int, isInterlaced: Bool)] = [
    ("rgba.png", 4, false), ("grey-alpha16.png", 4, false), ("grey16.png", 2, false),
    ("interlaced-rgba16.png", 8, true), ("interlaced.png", 0, true), ("grey4.png", 0, false),
    ("grey2-nothing.png", 2, false), ("palette.png", 4, false),
  ]

  /// An interlaced image is whole before any of it is converted: that counts as pixels of three bytes.
  @Test(arguments: buffers)
  func whatIsConvertedCounts(
    _ expected: (name: String, bytesOfAPixel: Int, isInterlaced: Bool)
  ) throws {
    let header = try ImageHeader(contentsOf: fixture(expected.name))
    let pixels = header.fullWidth * header.fullHeight
    let bytes =
      expected.bytesOfAPixel * (expected.isInterlaced ? pixels : header.fullWidth)
    #expect(header.pixelsToDecode == pixels + (bytes + 2) / 3)
  }

  @Test func withoutRoomForWhatIsConvertedNothingIsDecoded() throws {
    let error = #expect(throws: ImageError.self) {
      try ImageLimits.checkRoom(
        width: 1, height: 1, channels: 1, orientation: .upright, bufferBytes: 1 << 62, file: "a")
    }
    #expect(error?.kind == .tooLarge)
    for orientation in [Orientation.upright, .upsideDown] {
      try ImageLimits.checkRoom(
        width: 9, height: 9, channels: 3, orientation: orientation, bufferBytes: 9, file: "a")
    }
  }

  @Test(arguments: [(20_000, 3), (3, 20_000), (65_500, 1), (1, 65_500)])
  func stripsAreUsed(_ width: Int, _ height: Int) throws {
    let pixels = (0..<width * height).map { UInt8($0 * 255 / (width * height)) }
    let image = PixelImage(width: width, height: height, channels: 1, pixels: pixels)
    for data in [
      try image.pngData(file: "strip"), try image.jpegData(quality: 100, file: "strip"),
    ] {
      let decoded = try DecodedImage(bytes: data, file: "strip", forSquareOf: 32)
      #expect(decoded.fullWidth == width && decoded.fullHeight == height)
      let square = decoded.squared(to: 32)
      #expect(square.width == 32 && square.height == 32)
      // The centre of a ramp from black to white.
      for level in square.pixels { #expect(abs(Int(level) - 127) <= 85) }
      let mean = square.pixels.reduce(0) { $0 + Int($1) } / square.pixels.count
      #expect((124...130).contains(mean))
    }
  }
}
