import Foundation
import Imaging
import Testing

/// The formats beside JPEG and PNG, in files that Pillow, tifffile or a script wrote.
@Suite struct FormatTests {
  /// Returns the path of a file in Fixtures/formats.
  private static func path(_ name: String) -> String { fixture("../formats/\(name)") }

  private static func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path(name)))
  }

  /// All files that can be decoded: those beside which it stands what must come of them.
  private static let allNames: [String] = {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: path(""))) ?? []
    return all.filter { all.contains("\($0).expected.png") }.sorted()
  }()

  /// Those of them that this build decodes.
  private static let names = allNames.filter(isRead)

  /// Decoders may round the inverse cosine transform differently; mixing with the background rounds once
  /// more than Pillow, or with 16 bits on the way once less.
  private static func tolerance(_ name: String) -> Int {
    name.contains("jpeg") ? 2 : name.contains("alpha") || name.contains("premultiplied") ? 1 : 0
  }

  @Test func thereAreFilesOfEveryFormat() {
    for suffix in ["bmp", "gif", "pbm", "pgm", "ppm", "tif", "webp"] {
      #expect(Self.allNames.contains { $0.hasSuffix(".\(suffix)") }, "\(suffix)")
    }
    #expect(Self.allNames.count > 60)
  }

  @Test(arguments: names)
  func filesAreDecodedAsPillowDoes(_ name: String) throws {
    let expected = try PixelImage(contentsOf: Self.path("\(name).expected.png"))
    let header = try ImageHeader(contentsOf: Self.path(name))
    let decoded = try header.decode()
    // Pillow keeps a table of colours even where all are greys.
    let image = decoded.image.channels == expected.channels ? decoded.image : decoded.image.rgb()
    #expect(Difference(image, expected).largest <= Self.tolerance(name))
    #expect(header.channels == decoded.image.channels)
    #expect((header.fullWidth, header.fullHeight) == (expected.width, expected.height))
    #expect(decoded.traits.isReoriented == (name.contains("orientation") && !name.contains("n1")))
    #expect(decoded.traits.bitsPerSample == (name.contains("16") || name.contains("12") ? 16 : 8))
  }

  @Test(arguments: ["alpha32.bmp", "transparent.gif", "alpha.tif", "alpha.webp"].filter(isRead))
  func theBackgroundIsTheCallers(_ name: String) throws {
    let decoded = try DecodedImage(contentsOf: Self.path(name), background: 77)
    let expected = try PixelImage(contentsOf: Self.path("\(name).on-77.expected.png"))
    #expect(Difference(decoded.image, expected).largest <= 1)
    #expect(decoded.traits.hasTransparency)
  }

  @Test(
    arguments: [("webp.jpg", 3), ("gif.png", 3), ("bmp.png", 3), ("tiff.jpg", 3)].filter {
      isRead($0.0)
    })
  func contentDecidesNotTheName(_ name: String, _ channels: Int) throws {
    let image = try PixelImage(contentsOf: fixture(name))
    #expect(image.width == 16 && image.height == 16 && image.channels == channels)
  }

  /// The samples in the fixtures of 16 bits, by the formula that drew them.
  private static func deep(_ high: PixelImage, _ name: String) -> [Int] {
    high.pixels.indices.map { place in
      let (level, column) = (Int(high.pixels[place]), place % high.width)
      return name.hasPrefix("grey12") ? 16 * level + 7 : 257 * level - column
    }
  }

  @Test(
    arguments: ["grey16.tif", "grey16-big-endian.tif", "grey16.pgm", "grey12.pgm"].filter(isRead))
  func windowsCountInTheFilesUnits(_ name: String) throws {
    let grey = try PixelImage(contentsOf: Self.path("grey.pgm"))
    let samples = Self.deep(grey, name)
    let (least, most) = (try #require(samples.min()), try #require(samples.max()))
    let own = try DecodedImage(contentsOf: Self.path(name), window: .minMax).image
    #expect(
      own.pixels
        == samples.map { UInt8((255 * Double($0 - least) / Double(most - least)).rounded()) })
    let window = IntensityWindow.range(center: 1500, width: 1001)
    let seen = try DecodedImage(contentsOf: Self.path(name), window: window).image
    #expect(
      seen.pixels
        == samples.map {
          let share = (Double($0) - 1499.5) / 1000 + 0.5
          return UInt8((255 * min(1, max(0, share))).rounded())
        })
  }

  /// What 0 means is settled before the window: dark and bright are swapped behind it.
  @Test(.enabled(if: isRead("white-is-zero16.tif")))
  func aWindowOfAnInvertedFileIsOfItsOwnSamples() throws {
    let name = "white-is-zero16.tif"
    let all = try DecodedImage(contentsOf: Self.path(name), window: .minMax).image
    #expect(all.pixels.min() == 0 && all.pixels.max() == 255)
    let plain = try DecodedImage(contentsOf: Self.path("grey16.tif"), window: .minMax).image
    #expect(Difference(all, plain).largest <= 1)
    let low = try DecodedImage(contentsOf: Self.path(name), window: .range(center: 50, width: 2))
    #expect(low.image.pixels.filter { $0 == 255 }.count < 40)
  }

  @Test(.enabled(if: isRead("grey16.tif")))
  func twelveBitsOfSixteenAreDarkAndOfTwelveAreNot() throws {
    #expect(
      try DecodedImage(contentsOf: Self.path("grey12.pgm")).traits.largestSample ?? 0 > 32_768)
    #expect(
      try DecodedImage(contentsOf: Self.path("grey16.tif")).traits.largestSample ?? 0 > 32_768)
  }

  @Test(
    arguments: [
      ("cmyk.tif", "CMYK TIFF"), ("float.tif", "TIFF of floating-point numbers"),
      ("signed.tif", "TIFF of signed or complex numbers"),
      ("words.tif", "TIFF of 32 bits per sample"),
      ("animated.webp", "an animated WebP"), ("jpeg-inside.bmp", "BMP with compression 4"),
    ].filter { isRead($0.0) })
  func whatIsNotReadIsNamed(_ name: String, _ kind: String) {
    let error = #expect(throws: ImageError.self) { try PixelImage(contentsOf: Self.path(name)) }
    #expect(error?.kind == .damaged)
    #expect(error?.problem == "\(kind) is not read; convert it to PNG or to grey JPEG")
  }

  @Test func aSampleAboveTheMaximumIsDamage() {
    let error = #expect(throws: ImageError.self) {
      try PixelImage(contentsOf: Self.path("too-large.pgm"))
    }
    #expect(error?.problem.contains("is above the maximum of 99") == true)
  }

  @Test(arguments: ["huge.bmp", "huge.pgm", "huge.tif"].filter(isRead))
  func aClaimOfManyPixelsTakesNoMemory(_ name: String) {
    let error = #expect(throws: ImageError.self) { try ImageHeader(contentsOf: Self.path(name)) }
    #expect(error?.kind == .tooLarge)
    #expect(error?.problem.hasPrefix("the picture is 60000x60000") == true)
  }

  /// A file may end anywhere. What is cut off may be padding: then the image is the same. Of the last
  /// number of a text nobody knows how many digits it had.
  @Test(arguments: names)
  func aBeginningIsDamagedOrTheSame(_ name: String) throws {
    let whole = try Self.bytes(name)
    let image = try DecodedImage(bytes: whole, file: name)
    for length in Set(stride(from: 0, to: whole.count, by: 7)).union([whole.count - 1]) {
      do throws(ImageError) {
        let found = try DecodedImage(bytes: whole.prefix(length), file: name)
        let isCutNumber = name.contains("-text.") && length >= whole.count - 3
        #expect(found == image || isCutNumber, "\(length) of \(whole.count) bytes")
      } catch {
        #expect(error.file == name && !error.problem.contains("\n"))
      }
    }
    #expect(throws: ImageError.self) {
      try DecodedImage(bytes: whole.prefix(whole.count / 2), file: name)
    }
  }
}
