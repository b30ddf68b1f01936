import Foundation
import Imaging
import Support
import Testing

@Suite struct OrientationTests {
  /// Pillow's `exif_transpose`, of the same decoding but for its rounding; and all are one image.
  @Test(arguments: 1...8)
  func aJPEGIsTurnedAsPillowDoes(_ value: Int) throws {
    let decoded = try DecodedImage(contentsOf: fixture("orientation\(value).jpg"))
    #expect((decoded.fullWidth, decoded.fullHeight) == (27, 17))
    #expect(
      Difference(decoded.image, try expectedImage("orientation\(value).jpg")).largest <= 2)
    #expect(Difference(decoded.image, try expectedImage("orientation6.png")).largest <= 12)
    #expect(decoded.traits.isReoriented == (value != 1))
    #expect((decoded.traits.fullWidth, decoded.traits.fullHeight) == (27, 17))
  }

  @Test(arguments: ["orientation3.png", "orientation6.png"])
  func aPNGIsTurnedWhereverItsChunkStands(_ name: String) throws {
    let decoded = try DecodedImage(contentsOf: fixture(name))
    #expect(decoded.image == (try expectedImage(name)))
    #expect(decoded.traits.isReoriented)
  }

  /// Six pixels, a row of three over another, and where EXIF's definition has them.
  @Test(arguments: [
    (1, 3, [1, 2, 3, 4, 5, 6]), (2, 3, [3, 2, 1, 6, 5, 4]), (3, 3, [6, 5, 4, 3, 2, 1]),
    (4, 3, [4, 5, 6, 1, 2, 3]), (5, 2, [1, 4, 2, 5, 3, 6]), (6, 2, [4, 1, 5, 2, 6, 3]),
    (7, 2, [6, 3, 5, 2, 4, 1]), (8, 2, [3, 6, 2, 5, 1, 4]),
  ])
  func pixelsMoveAsDefined(_ value: Int, _ width: Int, _ expected: [UInt8]) throws {
    let orientation = try #require(Orientation(rawValue: value))
    let grey = PixelImage(width: 3, height: 2, channels: 1, pixels: [1, 2, 3, 4, 5, 6])
    #expect(grey.turned(orientation).pixels == expected)
    #expect(grey.turned(orientation).width == width)
    let colours = grey.pixels.flatMap { [$0, 10 * $0, 20 * $0] }
    let rgb = PixelImage(width: 3, height: 2, channels: 3, pixels: colours).turned(orientation)
    #expect(rgb.pixels == expected.flatMap { [$0, 10 * $0, 20 * $0] })
  }

  /// The last rows and columns of a reduced decoding stand for less than a pixel; turned, they are the
  /// first.
  @Test(arguments: 2...8, ImageFit.allCases)
  func aReducedImageIsTurnedInPlace(_ value: Int, _ fit: ImageFit) throws {
    let plain = try Data(contentsOf: URL(fileURLWithPath: fixture("landscape.jpg")))
    let exif = Self.directory + entry(value: UInt8(value))
    let bytes = withSegment(exif, plain)
    let reduced = try DecodedImage(bytes: bytes, file: "", forSquareOf: 32, fit: fit)
    #expect(reduced.eighths == 1)
    #expect((reduced.fullWidth, reduced.fullHeight) == (value < 5 ? (701, 523) : (523, 701)))
    let full = try DecodedImage(bytes: bytes, file: "")
    let difference = Difference(
      reduced.squared(to: 32, fit: fit), full.squared(to: 32, fit: fit))
    #expect(difference.mean <= 0.7, "\(difference)")
    let orientation = try #require(Orientation(rawValue: value))
    let turned = try DecodedImage(DecodedImage(bytes: plain, file: "").image.turned(orientation))
    #expect(full.squared(to: 32, fit: fit) == turned.squared(to: 32, fit: fit))
  }

  private static let directory: [UInt8] = [0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1]

  private static let nonsense: [(String, [UInt8])] = [
    ("an empty segment", []),
    ("no byte order", [0x4D, 0x49, 0, 42, 0, 0, 0, 8, 0, 1] + entry(value: 6)),
    ("no TIFF", [0x4D, 0x4D, 0, 43, 0, 0, 0, 8, 0, 1] + entry(value: 6)),
    ("a directory beyond the end", [0x4D, 0x4D, 0, 42, 0xFF, 0xFF, 0xFF, 0xFF]),
    ("a directory at the end", [0x4D, 0x4D, 0, 42, 0, 0, 0, 8]),
    ("entries beyond the end", [0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0xFF, 0xFF]),
    ("another tag", directory + entry(tag: 0x13, value: 6)),
    ("a byte for a number", directory + entry(type: 1, value: 6)),
    ("two numbers", directory + entry(count: 2, value: 6)),
    ("value 0", directory + entry(value: 0)),
    ("value 9", directory + entry(value: 9)),
    ("half an entry", directory + entry(value: 6).dropLast(4)),
  ]

  @Test(arguments: nonsense)
  func whatMakesNoSenseIsIgnored(_ name: String, _ exif: [UInt8]) throws {
    let jpeg = try Data(contentsOf: URL(fileURLWithPath: fixture("grey.jpg")))
    let png = try Data(contentsOf: URL(fileURLWithPath: fixture("pixel.png")))
    let turned = withSegment(exif, jpeg)
    #expect(try DecodedImage(bytes: turned, file: "") == DecodedImage(bytes: jpeg, file: ""))
    let marked = png.prefix(33) + chunk("eXIf", exif) + png.dropFirst(33)
    #expect(try DecodedImage(bytes: marked, file: "") == DecodedImage(bytes: png, file: ""))
  }

  @Test func aDamagedChunkAsksForNothing() throws {
    var bytes = try Data(contentsOf: URL(fileURLWithPath: fixture("orientation6.png")))
    let place = try #require(bytes.firstRange(of: Data("eXIf".utf8))).upperBound
    bytes[place + 20] ^= 1
    let decoded = try DecodedImage(bytes: bytes, file: "")
    #expect(!decoded.traits.isReoriented)
    #expect((decoded.fullWidth, decoded.fullHeight) == (17, 27))
  }

  /// A file may end within its EXIF data, and any byte of them may be wrong.
  @Test func noByteOfTheDataBringsTheReaderDown() throws {
    for name in ["orientation6.jpg", "orientation5.jpg"] {
      let whole = try Data(contentsOf: URL(fileURLWithPath: fixture(name)))
      for place in 2..<100 {
        for value: UInt8 in [0, 1, 0x7F, 0xFF] {
          var bytes = whole
          bytes[place] = value
          _ = try? DecodedImage(bytes: bytes, file: "", limits: ImageLimits(maximumPixels: 9999))
        }
        _ = try? DecodedImage(bytes: whole.prefix(place), file: "")
      }
    }
  }
}

/// Puts EXIF data behind the beginning of a JPEG file.
private func withSegment(_ exif: [UInt8], _ file: Data) -> Data {
  let length = UInt8(exif.count + 8)
  return file.prefix(2) + [0xFF, 0xE1, 0, length] + Data("Exif\0\0".utf8) + exif
    + file.dropFirst(2)
}

/// Makes an entry of a directory, big-endian.
private func entry(
  tag: UInt8 = 0x12, type: UInt8 = 3, count: UInt8 = 1, value: UInt8
) -> [UInt8] {
  [1, tag, 0, type, 0, 0, 0, count, 0, value, 0, 0]
}
