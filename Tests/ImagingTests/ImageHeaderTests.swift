import Foundation
import Imaging
import Testing

/// What is known of an image before it is decoded.
@Suite struct ImageHeaderTests {
  @Test(arguments: [
    ("grey.jpg", 60, 44, 1), ("rgb.jpg", 61, 47, 3), ("cmyk-adobe.jpg", 40, 32, 3),
    ("grey16.png", 24, 16, 1), ("palette.png", 20, 6, 3), ("rgba.png", 20, 12, 3),
  ])
  func sizeAndChannelsAreTheFiles(_ name: String, _ width: Int, _ height: Int, _ channels: Int)
    throws
  {
    let header = try ImageHeader(contentsOf: fixture(name))
    #expect(header.file == fixture(name))
    #expect(header.fullWidth == width && header.fullHeight == height)
    #expect(header.channels == channels)
  }

  @Test(arguments: ["orientation1.jpg", "orientation3.png", "orientation6.jpg", "orientation6.png"])
  func theSizeIsThatOfTheUprightImage(_ name: String) throws {
    let header = try ImageHeader(contentsOf: fixture(name))
    let image = try header.decode().image
    #expect(header.fullWidth == image.width && header.fullHeight == image.height)
  }

  /// However small a JPEG is decoded, its full size counts.
  @Test func whatDecodingNeedsIsKnownBefore() throws {
    let header = try ImageHeader(contentsOf: fixture("landscape.jpg"))
    #expect(header.pixelsToDecode == 701 * 523)
    #expect(try header.decode(forSquareOf: 32).image.width == 88)
    #expect(try ImageHeader(contentsOf: fixture("grey.jpg")).pixelsToDecode == 60 * 44)
  }

  @Test(arguments: ["rgb.jpg", "rgba.png"])
  func aHeaderIsDecodedAsOftenAsIsWanted(_ name: String) throws {
    let header = try ImageHeader(contentsOf: fixture(name))
    let decoded = try DecodedImage(contentsOf: fixture(name))
    for _ in 0..<2 { #expect(try header.decode() == decoded) }
  }

  /// What is broken behind the header is found when it is decoded, under the name that was given.
  @Test(arguments: ["corrupt.png", "truncated.jpg", "truncated.png"])
  func aHeaderMayBeIntactWhereTheImageIsNot(_ name: String) throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: fixture(name)))
    let header = try ImageHeader(bytes: bytes, file: "a file")
    let error = #expect(throws: ImageError.self) { try header.decode() }
    #expect(error?.kind == .damaged && error?.file == "a file")
  }

  @Test(arguments: ["huge.jpg", "huge.png"])
  func thereIsNoHeaderBeyondTheLimits(_ name: String) throws {
    let error = #expect(throws: ImageError.self) { try ImageHeader(contentsOf: fixture(name)) }
    #expect(error?.kind == .tooLarge)
  }
}
