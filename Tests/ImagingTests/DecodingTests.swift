import Foundation
import Imaging
import Testing

@Suite struct DecodingTests {
  /// Decoders may round the inverse cosine transform differently: 2 levels.
  @Test(arguments: ["grey.jpg", "rgb.jpg", "progressive.jpg", "cmyk-adobe.jpg", "cmyk-plain.jpg"])
  func jpegIsDecodedAsPillowDoes(_ name: String) throws {
    let image = try PixelImage(contentsOf: fixture(name))
    #expect(Difference(image, try expectedImage(name)).largest <= 2)
  }

  @Test(arguments: [
    "grey16.png", "rgb16.png", "grey1.png", "grey2.png", "grey4.png", "gamma.png", "interlaced.png",
  ])
  func pngIsDecodedExactly(_ name: String) throws {
    #expect(try PixelImage(contentsOf: fixture(name)) == expectedImage(name))
  }

  @Test(arguments: [
    ("grey.jpg", 60, 44, 1), ("rgb.jpg", 61, 47, 3), ("cmyk-adobe.jpg", 40, 32, 3),
    ("grey16.png", 24, 16, 1), ("grey1.png", 21, 3, 1), ("grey-alpha.png", 20, 12, 1),
    ("palette.png", 20, 6, 3), ("rgba.png", 20, 12, 3),
  ])
  func sizesAndChannelsAreTheFiles(_ name: String, _ width: Int, _ height: Int, _ channels: Int)
    throws
  {
    let image = try PixelImage(contentsOf: fixture(name))
    #expect(image.width == width)
    #expect(image.height == height)
    #expect(image.channels == channels)
  }

  @Test func aSinglePixelIsAnImage() throws {
    let png = try PixelImage(contentsOf: fixture("pixel.png"))
    #expect(png == PixelImage(width: 1, height: 1, channels: 3, pixels: [10, 20, 30]))
    let jpeg = try PixelImage(contentsOf: fixture("pixel.jpg"))
    #expect(jpeg == PixelImage(width: 1, height: 1, channels: 1, pixels: [200]))
  }

  @Test func contentDecidesNotTheName() throws {
    let png = try PixelImage(contentsOf: fixture("png-inside.jpeg"))
    let jpeg = try PixelImage(contentsOf: fixture("jpeg-inside.png"))
    #expect(png.channels == 1)
    #expect(Difference(png, jpeg).largest <= 12)
  }

  @Test func sixteenBitsKeepTheHighByte() throws {
    let image = try PixelImage(contentsOf: fixture("rgb16.png"))
    // Low bytes of 255 would round every sample up, or wrap 255 to 0, were they counted.
    #expect(image.samples(x: 0, y: 0)[1...] == [0, 255])
    #expect(image.samples(x: 23, y: 15)[1...] == [255, 0])
  }

  @Test(arguments: [
    (1000, 800, 128, 4), (2048, 2048, 128, 1), (2047, 2048, 128, 2),
    (600, 512, 128, 4), (600, 511, 128, 8), (100, 50, 128, 8), (3000, 16, 1, 1),
  ])
  func theDecoderLeavesTwiceTheTarget(_ width: Int, _ height: Int, _ target: Int, _ eighths: Int) {
    #expect(decodingEighths(width: width, height: height, target: target) == eighths)
    #expect(decodingEighths(width: width, height: height, target: nil) == 8)
  }

  @Test func aReducedImageRemembersItsFullSize() throws {
    let decoded = try DecodedImage(contentsOf: fixture("landscape.jpg"), forSquareOf: 32)
    #expect(decoded.fullWidth == 701)
    #expect(decoded.fullHeight == 523)
    #expect(decoded.image.width == 88)
    #expect(decoded.image.height == 66)
    #expect(decoded.eighths == 1)
  }
}
