import Imaging
import Testing

@Suite struct FittingTests {
  /// Pillow's `ImageOps.pad` and `resize`, bilinear. The landscape stretched to 32 shrinks by another
  /// factor each way, the line shrinks along and grows across, and the small image only grows.
  /// Pillow begins with the columns where that is less work; bytes between the steps are then others.
  @Test(
    arguments: ["landscape.png", "portrait.png", "small.png", "even.png", "line.png"],
    [ImageFit.pad, .stretch])
  func fittingIsPillows(_ name: String, _ fit: ImageFit) throws {
    let squared = try DecodedImage(contentsOf: fixture(name), forSquareOf: 32, fit: fit)
      .squared(to: 32, fit: fit)
    let expected = try expectedImage("\(name).\(fit)")
    let beginsWithColumns = name == "portrait.png" && fit == .stretch
    #expect(Difference(squared, expected).largest <= (beginsWithColumns ? 1 : 0))
  }

  @Test(arguments: [ImageFit.pad, .stretch])
  func theDecodersReductionStaysNear(_ fit: ImageFit) throws {
    let path = fixture("landscape.jpg")
    let expected = try expectedImage("landscape.jpg.\(fit)")
    let reduced = try DecodedImage(contentsOf: path, forSquareOf: 32, fit: fit)
    #expect(reduced.eighths == 1)
    #expect(Difference(reduced.squared(to: 32, fit: fit), expected).mean <= 1)
    let full = try DecodedImage(contentsOf: path)
    #expect(Difference(full.squared(to: 32, fit: fit), expected).largest <= 1)
  }

  @Test func cropIsTheDefault() throws {
    let decoded = try DecodedImage(contentsOf: fixture("landscape.png"))
    #expect(decoded.squared(to: 32) == decoded.squared(to: 32, fit: .crop))
  }

  @Test(arguments: [
    // width, height, size, resized width, resized height, left, top; `ImageOps.contain` and `pad`
    [2090, 1858, 128, 128, 114, 0, 7],
    [1858, 2090, 128, 114, 128, 7, 0],
    [100, 100, 32, 32, 32, 0, 0],
    [32, 31, 32, 32, 31, 0, 0],
    [32, 29, 32, 32, 29, 0, 2],
    [64, 33, 32, 32, 16, 0, 8],
    [64, 35, 32, 32, 18, 0, 7],
    [65500, 1, 32, 32, 1, 0, 16],
    [13, 20, 32, 21, 32, 6, 0],
  ])
  func paddingIsPillows(_ row: [Int]) {
    let geometry = ResizeGeometry(width: row[0], height: row[1], size: row[2], fit: .pad)
    #expect([geometry.resizedWidth, geometry.resizedHeight] == Array(row[3...4]))
    #expect([geometry.padLeft, geometry.padTop] == Array(row[5...6]))
    #expect([geometry.cropLeft, geometry.cropTop] == [0, 0])
  }

  @Test(arguments: [1, 3])
  func barsAreBlackAndCentred(_ channels: Int) {
    let wide = PixelImage(width: 40, height: 20, channels: channels, repeating: 200)
    let squared = DecodedImage(wide).squared(to: 8, fit: .pad)
    for y in 0..<8 {
      let level: UInt8 = (2..<6).contains(y) ? 200 : 0
      #expect(squared.samples(x: y, y: y) == Array(repeating: level, count: channels))
    }
  }

  /// A stretched image needs twice the target on its shorter side, a padded one on its longer.
  @Test(arguments: [
    (2048, 1024, 128, 2, 1, 2), (2048, 511, 128, 8, 1, 8), (1024, 3000, 128, 2, 1, 2),
    (2047, 16, 128, 8, 2, 8),
  ])
  func theSideThatDecidesKeepsTwiceTheTarget(
    _ width: Int, _ height: Int, _ target: Int, _ crop: Int, _ pad: Int, _ stretch: Int
  ) {
    let eighths = ImageFit.allCases.map {
      decodingEighths(width: width, height: height, target: target, fit: $0)
    }
    #expect(eighths == [crop, pad, stretch])
  }

  @Test func namesAreContracts() {
    #expect(ImageFit.allCases.map(\.rawValue) == ["crop", "pad", "stretch"])
  }
}
