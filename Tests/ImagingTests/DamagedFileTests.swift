import Foundation
import Imaging
import Support
import TestSupport
import Testing

@Suite struct DamagedFileTests {
  @Test(arguments: [
    ("truncated.jpg", ImageError.Kind.damaged, "expected an intact JPEG file"),
    ("corrupt.jpg", .damaged, "expected an intact JPEG file"),
    ("truncated.png", .damaged, "expected an intact PNG file: premature end of file"),
    ("corrupt.png", .damaged, "expected an intact PNG file"),
    (
      "text-inside.png", .unknownFormat,
      "expected a readable image, found a file that begins with 54 68"
    ),
    ("empty.jpg", .unknownFormat, "expected a readable image, found an empty file"),
    (
      "huge.jpg", .tooLarge,
      "the picture is 64000x65000, but at most 100000000 pixels are "
        + "allowed"
    ),
    (
      "huge.png", .tooLarge,
      "the picture is 60000x60000, but at most 100000000 pixels are "
        + "allowed"
    ),
    ("absent.jpg", .unreadable, "no such file"),
    ("", .unreadable, "cannot be read: it is not a regular file"),
  ])
  func errorsNameTheFileAndTheProblem(_ name: String, _ kind: ImageError.Kind, _ words: String) {
    let error = #expect(throws: ImageError.self) {
      try PixelImage(contentsOf: fixture(name))
    }
    #expect(error?.kind == kind)
    #expect(error?.file == fixture(name))
    #expect(error?.description.hasPrefix("\(fixture(name)): ") == true)
    #expect(error?.problem.contains(words) == true, "\(error?.problem ?? "no error")")
  }

  /// A file may end anywhere: every beginning of a whole one is an error, none a crash. Only the
  /// twelve bytes that end a PNG file hold nothing of the image.
  @Test(arguments: [
    ("grey.jpg", 0), ("progressive.jpg", 0), ("rgba.png", 12), ("interlaced.png", 12),
  ])
  func everyBeginningIsDamaged(_ name: String, _ end: Int) throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: fixture(name)))
    let image = try DecodedImage(bytes: whole, file: name)
    for length in whole.indices {
      if length >= whole.count - end {
        #expect(try DecodedImage(bytes: whole.prefix(length), file: name) == image)
      } else {
        #expect(throws: ImageError.self, "\(length) of \(whole.count) bytes") {
          try DecodedImage(bytes: whole.prefix(length), file: name)
        }
      }
    }
  }

  /// Some devices fill a JPEG file up before its end.
  @Test(arguments: ["grey.jpg", "rgb.jpg", "cmyk-adobe.jpg"])
  func bytesTooManyAfterTheLastRowOfAJPEGAreNoDamage(_ name: String) throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: fixture(name)))
    let image = try DecodedImage(bytes: whole, file: name)
    for extra in [1, 7, 1000] {
      let filled = whole.dropLast(2) + Data(repeating: 0, count: extra) + whole.suffix(2)
      #expect(try DecodedImage(bytes: filled, file: name) == image)
    }
  }

  /// Others write bytes between the segments before the image.
  @Test(arguments: ["grey.jpg", "rgb.jpg", "progressive.jpg", "cmyk-adobe.jpg"])
  func bytesBetweenTheSegmentsOfAHeaderAreNoDamage(_ name: String) throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: fixture(name)))
    let image = try DecodedImage(bytes: whole, file: name)
    let scan = try #require(whole.firstRange(of: Data([0xFF, 0xDA]))).lowerBound
    var place = 2
    while place <= scan {
      for noise: [UInt8] in [
        [0], [0xFF], [0xFF, 0], [1, 2, 0xFF, 0, 3], .init(repeating: 9, count: 999),
      ]
      where place > 2 || noise[0] == 0xFF && noise.count == 1 {
        let noisy = whole[..<place] + noise + whole[place...]
        #expect(try DecodedImage(bytes: noisy, file: name) == image, "byte \(place)")
      }
      place += 2 + Int(whole[place + 2]) << 8 + Int(whole[place + 3])
    }
    #expect(place > scan)
  }

  @Test func aNoisyHeaderIsReadAndNoiseAmongScansIsRefused() throws {
    #expect(
      try PixelImage(contentsOf: fixture("noisy-header.jpg"))
        == PixelImage(contentsOf: fixture("grey.jpg")))
    let whole = try Data(contentsOf: URL(fileURLWithPath: fixture("progressive.jpg")))
    let start = Data([0xFF, 0xDA])
    let first = try #require(whole.firstRange(of: start)).upperBound
    let second = try #require(whole[first...].firstRange(of: start)).lowerBound
    let noisy = whole[..<second] + [9, 9, 9, 9] + whole[second...]
    let error = #expect(throws: ImageError.self) { try DecodedImage(bytes: noisy, file: "") }
    #expect(error?.problem.contains("extraneous bytes before marker") == true)
  }

  /// Whatever stands where a PNG file should end, the image before it counts; a single bit of
  /// the image's own chunk does too.
  @Test(arguments: ["rgba.png", "interlaced.png", "grey16.png"])
  func aBrokenEndOfAPNGIsNoDamageButABitOfItsRowsIs(_ name: String) throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: fixture(name)))
    let image = try DecodedImage(bytes: whole, file: name)
    for place in whole.count - 12..<whole.count {
      var bytes = whole
      bytes[place] ^= 0x01
      #expect(try DecodedImage(bytes: bytes, file: name) == image, "byte \(place)")
    }
    let rows = try #require(whole.firstRange(of: Data("IDAT".utf8)))
    for place in rows.lowerBound..<whole.count - 12 {
      var bytes = whole
      bytes[place] ^= 0x01
      #expect(throws: ImageError.self, "byte \(place)") {
        try DecodedImage(bytes: bytes, file: name)
      }
    }
  }

  /// Whatever a byte is replaced by, there is an image of the file's size or an error.
  @Test(arguments: ["grey.jpg", "progressive.jpg", "palette.png"])
  func noByteBringsTheDecoderDown(_ name: String) throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: fixture(name)))
    let limits = ImageLimits(maximumPixels: 100_000)
    var errors = 0
    for place in whole.indices {
      var bytes = whole
      bytes[place] ^= 0xFF
      do throws(ImageError) {
        let image = try DecodedImage(bytes: bytes, file: name, limits: limits).image
        #expect(image.width * image.height <= 100_000)
      } catch {
        #expect(error.file == name)
        errors += 1
      }
    }
    #expect(errors > whole.count / 10)
  }

  @Test func aPipeIsNotWaitedFor() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/pipe.png"
      try #require(mkfifo(path, 0o600) == 0)
      let error = #expect(throws: ImageError.self) { try PixelImage(contentsOf: path) }
      #expect(error?.description == "\(path): cannot be read: it is not a regular file")
    }
  }

  @Test func aFileOfTooManyBytesIsRefused() throws {
    let path = fixture("grey.jpg")
    let size = try Data(contentsOf: URL(fileURLWithPath: path)).count
    #expect(
      try PixelImage(contentsOf: path, limits: ImageLimits(maximumFileBytes: size)).width == 60)
    let error = #expect(throws: ImageError.self) {
      try PixelImage(contentsOf: path, limits: ImageLimits(maximumFileBytes: size - 1))
    }
    #expect(error?.kind == .tooLarge)
    #expect(error?.problem == "the file has \(size) bytes, but at most \(size - 1) are allowed")
  }

  @Test func moreMemoryThanAProcessCanAddressIsRefused() {
    #expect(isThereRoom(for: 1 << 20))
    #expect(!isThereRoom(for: 1 << 62))
  }

  @Test func limitsHoldAtTheirEdge() throws {
    let path = fixture("grey.jpg")  // 60x44
    let fitting = ImageLimits(maximumPixels: 2640, maximumSide: 60)
    #expect(try PixelImage(contentsOf: path, limits: fitting).width == 60)
    for limits in [
      ImageLimits(maximumPixels: 2639, maximumSide: 60),
      ImageLimits(maximumPixels: 2640, maximumSide: 59),
    ] {
      let error = #expect(throws: ImageError.self) {
        try PixelImage(contentsOf: path, limits: limits)
      }
      #expect(error?.kind == .tooLarge)
    }
  }

  @Test func aSliceOfAFileIsDecodedFromItsOwnStart() throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: fixture("pixel.png")))
    let slice = (Data([1, 2, 3]) + whole).dropFirst(3)
    let image = try DecodedImage(bytes: slice, file: "slice").image
    #expect(image.pixels == [10, 20, 30])
  }
}
