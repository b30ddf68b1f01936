import Imaging
import Testing

@Suite struct ResizingTests {
  /// Sizes and corners as Python computes them: `int(size * long / short)` and
  /// `int(round((side - size) / 2.0))`, which rounds halves to even.
  @Test(arguments: [
    // width, height, size, resized width, resized height, left, top
    [2090, 1858, 128, 143, 128, 8, 0],
    [1858, 2090, 128, 128, 143, 0, 8],
    [1000, 1000, 64, 64, 64, 0, 0],
    [35, 32, 32, 35, 32, 2, 0],
    [33, 32, 32, 33, 32, 0, 0],
    [37, 32, 32, 37, 32, 2, 0],
    [39, 32, 32, 39, 32, 4, 0],
    [13, 20, 32, 32, 49, 0, 8],
    [1, 1, 256, 256, 256, 0, 0],
    [65500, 1, 32, 2_096_000, 32, 1_047_984, 0],
    [168, 438, 128, 128, 333, 0, 102],
  ])
  func geometryIsTorchvisions(_ row: [Int]) {
    let geometry = ResizeGeometry(width: row[0], height: row[1], size: row[2])
    #expect(geometry.resizedWidth == row[3])
    #expect(geometry.resizedHeight == row[4])
    #expect(geometry.cropLeft == row[5])
    #expect(geometry.cropTop == row[6])
  }

  @Test(arguments: ["landscape.png", "portrait.png", "small.png", "even.png"])
  func resizingIsPillows(_ name: String) throws {
    let squared = try DecodedImage(contentsOf: fixture(name), forSquareOf: 32).squared(to: 32)
    #expect(squared == (try expectedImage(name)))
  }

  @Test func greyIsMadeBeforeResizing() throws {
    let squared = try DecodedImage(contentsOf: fixture("portrait.png")).grey().squared(to: 32)
    #expect(squared == (try expectedImage("portrait-grey.png")))
  }

  @Test func theDecodersReductionStaysWithinTwoLevels() throws {
    let reduced = try DecodedImage(contentsOf: fixture("landscape.jpg"), forSquareOf: 32)
    let expected = try expectedImage("landscape.jpg")
    #expect(Difference(reduced.squared(to: 32), expected).mean <= 1)
    let full = try DecodedImage(contentsOf: fixture("landscape.jpg"))
    #expect(Difference(full.squared(to: 32), expected).largest <= 1)
  }

  @Test func oneColourStaysOneColour() {
    let flat = PixelImage(width: 17, height: 90, channels: 3, repeating: 255)
    let squared = DecodedImage(flat).squared(to: 8)
    #expect(squared == PixelImage(width: 8, height: 8, channels: 3, repeating: 255))
  }

  @Test func onlyTheCropOfALongImageIsMade() {
    let line = PixelImage(width: 65500, height: 1, channels: 1, repeating: 77)
    let squared = DecodedImage(line).squared(to: 256)
    #expect(squared == PixelImage(width: 256, height: 256, channels: 1, repeating: 77))
  }

  @Test func lumaIsPillows() {
    // Image.fromarray(...).convert("L") of these colours.
    let colours: [UInt8] = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 10, 20, 30, 3, 3, 3]
    let image = PixelImage(width: 6, height: 1, channels: 3, pixels: colours)
    #expect(image.grey().pixels == [76, 150, 29, 255, 18, 3])
    #expect(image.grey().rgb().samples(x: 1, y: 0) == [150, 150, 150])
    #expect(image.rgb() == image)
    #expect(image.grey().grey() == image.grey())
  }

  @Test func onlyEqualChannelsAreLeftOut() {
    let neutral: [UInt8] = [1, 1, 1, 200, 200, 200]
    let image = PixelImage(width: 2, height: 1, channels: 3, pixels: neutral)
    #expect(image.withoutRepeatedChannels().pixels == [1, 200])
    for place in neutral.indices {
      var pixels = neutral
      pixels[place] += 1
      let coloured = PixelImage(width: 2, height: 1, channels: 3, pixels: pixels)
      #expect(coloured.withoutRepeatedChannels() == coloured)
    }
    #expect(image.grey().withoutRepeatedChannels() == image.grey())
  }
}
