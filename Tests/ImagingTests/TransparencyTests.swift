import Foundation
import Imaging
import Support
import Testing

@Suite struct TransparencyTests {
  /// Pillow's `alpha_composite` on black, and what a colour that stands for nothing leaves.
  @Test(arguments: [
    "rgba.png", "grey-alpha.png", "palette.png", "rgba16.png", "interlaced-rgba16.png",
    "grey-alpha16.png", "grey2-nothing.png", "grey16-nothing.png", "rgb-nothing.png",
  ])
  func whatIsTransparentShowsBlackThrough(_ name: String) throws {
    let decoded = try DecodedImage(contentsOf: fixture(name))
    #expect(Difference(decoded.image, try expectedImage(name)).largest <= 1)
    #expect(Difference(decoded.image, try expectedImage(name)).mean <= 0.02)
    #expect(decoded.traits.hasTransparency)
  }

  @Test(arguments: [77, 255] as [UInt8])
  func theBackgroundIsTheCallers(_ level: UInt8) throws {
    let image = try DecodedImage(contentsOf: fixture("rgba.png"), background: level).image
    #expect(Difference(image, try expectedImage("rgba.png.on-\(level)")).largest <= 1)
    #expect(image.samples(x: 0, y: 0) == [level, level, level])
  }

  /// Whole alpha keeps the samples, none the background, and between them the mean is rounded.
  @Test func levelsAreExact() throws {
    let pixels: [[UInt8]] = [
      [200, 255], [200, 0], [200, 128], [1, 128], [255, 1], [255, 254],
    ]
    let data = try png(bits: 8, type: 4, width: 6, row: pixels.flatMap { $0 })
    let decoded = try DecodedImage(bytes: data, file: "")
    #expect(decoded.image.pixels == [200, 0, 100, 1, 1, 254])
    let white = try DecodedImage(bytes: data, file: "", background: 255)
    #expect(white.image.pixels == [200, 255, 227, 128, 255, 255])
  }

  @Test(arguments: [
    ("opaque.png", false), ("grey.jpg", false), ("grey16.png", false), ("rgba.png", true),
  ])
  func onlyVisibleTransparencyIsTold(_ name: String, _ isTransparent: Bool) throws {
    #expect(
      try DecodedImage(contentsOf: fixture(name)).traits.hasTransparency == isTransparent)
  }

  @Test(arguments: [
    ("twelve-bits.png", 4095), ("grey16.png", nil), ("rgb16.png", 65535),
    ("grey16-nothing.png", 0xC014), ("grey.jpg", nil), ("rgba.png", nil),
  ])
  func theLargestSampleIsMeasured(_ name: String, _ largest: Int?) throws {
    let traits = try DecodedImage(contentsOf: fixture(name)).traits
    if name == "grey16.png" {
      // As drawn: a level times 256 and the number of its bar.
      let high = Int(try #require(expectedImage(name).pixels.max()))
      #expect(try #require(traits.largestSample) >> 8 == high)
    } else {
      #expect(traits.largestSample == largest)
    }
    #expect(traits.bitsPerSample == (traits.largestSample == nil ? 8 : 16))
  }

  /// What nobody sees does not make a dark image bright.
  @Test func aHiddenSampleIsNotMeasured() throws {
    let row: [UInt8] = [0xFF, 0xFF, 0, 0, 0x0F, 0xFF, 0xFF, 0xFF]
    let data = try png(bits: 16, type: 4, width: 2, row: row)
    let decoded = try DecodedImage(bytes: data, file: "")
    #expect(decoded.traits.largestSample == 0x0FFF)
    #expect(decoded.traits.hasTransparency)
    #expect(decoded.image.pixels == [0, 15])
  }

  @Test func aTransparencyOfOneInSixtyFiveThousandIsTold() throws {
    let data = try png(bits: 16, type: 4, width: 1, row: [0x80, 0, 0xFF, 0xFE])
    let decoded = try DecodedImage(bytes: data, file: "")
    #expect(decoded.traits.hasTransparency)
    #expect(decoded.image.pixels == [128])
  }

  @Test(arguments: [
    ("grey.jpg", true), ("rgb.jpg", false), ("grey-alpha.png", true), ("rgba.png", false),
    ("palette.png", false),
  ])
  func colourIsTold(_ name: String, _ isGrey: Bool) throws {
    #expect(try DecodedImage(contentsOf: fixture(name)).traits.isGrey == isGrey)
  }

  @Test func threeLikeChannelsAreGrey() throws {
    let data = try png(bits: 8, type: 2, width: 2, row: [7, 7, 7, 9, 9, 9])
    #expect(try DecodedImage(bytes: data, file: "").traits.isGrey)
    let tinted = try png(bits: 8, type: 2, width: 2, row: [7, 7, 7, 9, 9, 8])
    #expect(try !DecodedImage(bytes: tinted, file: "").traits.isGrey)
  }

  /// Makes a PNG file of one row, uncompressed: a block of zlib's kind 0 and its checksum, Adler-32.
  private func png(bits: UInt8, type: UInt8, width: UInt8, row: [UInt8]) throws -> Data {
    let line = [0] + row
    let (length, rest) = (UInt8(line.count), 255 - UInt8(line.count))
    var (low, high): (UInt32, UInt32) = (1, 0)
    for byte in line {
      low = (low + UInt32(byte)) % 65_521
      high = (high + low) % 65_521
    }
    let sum = [high >> 8, high, low >> 8, low].map { UInt8(truncatingIfNeeded: $0) }
    let rows: [UInt8] = [0x78, 0x01, 1, length, 0, rest, 255] + line + sum
    return Data(
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        + chunk("IHDR", [0, 0, 0, width, 0, 0, 0, 1, bits, type, 0, 0, 0])
        + chunk("IDAT", rows) + chunk("IEND", []))
  }
}
