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
    let data = try linePNG(bits: 8, type: 4, width: 6, row: pixels.flatMap { $0 })
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
    let data = try linePNG(bits: 16, type: 4, width: 2, row: row)
    let decoded = try DecodedImage(bytes: data, file: "")
    #expect(decoded.traits.largestSample == 0x0FFF)
    #expect(decoded.traits.hasTransparency)
    #expect(decoded.image.pixels == [0, 15])
  }

  @Test func aTransparencyOfOneInSixtyFiveThousandIsTold() throws {
    let data = try linePNG(bits: 16, type: 4, width: 1, row: [0x80, 0, 0xFF, 0xFE])
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
    let data = try linePNG(bits: 8, type: 2, width: 2, row: [7, 7, 7, 9, 9, 9])
    #expect(try DecodedImage(bytes: data, file: "").traits.isGrey)
    let tinted = try linePNG(bits: 8, type: 2, width: 2, row: [7, 7, 7, 9, 9, 8])
    #expect(try !DecodedImage(bytes: tinted, file: "").traits.isGrey)
  }
}
