import Foundation
import Imaging
import Testing

/// DICOM files that are broken, hostile or no pictures are named, and nothing that they say is.
struct DICOMDamageTests {
  /// A frame whose library is missing names the package.
  @Test(arguments: [("jpeg-lossless", "libdcmtk-dev"), ("jpeg2000", "libopenjp2-7-dev")])
  func aMissingLibraryIsNamed(_ name: String, _ package: String) throws {
    let error = try problem(of: dicomBytes("\(name).dcm"))
    #expect(isRead(name) == (error == nil))
    #expect(isRead(name) || error?.problem.contains("install \(package) ") == true)
  }

  private static let refused: [(String, ImageError.Kind, String)] = [
    ("truncated.dcm", .damaged, "expected an intact DICOM file: it ends within its pixels"),
    (
      "huge.dcm", .tooLarge,
      "the picture is 65000x65000, but at most 100000000 pixels are allowed"
    ),
    ("no-picture.dcm", .unexpectedLayout, "it is a DICOM file without a picture"),
    (
      "float.dcm", .damaged,
      "its samples are fractions, which is not supported; export its picture as PNG"
    ),
  ]

  @Test(arguments: refused)
  func aFileThatCannotBeShownIsNamed(
    _ name: String, _ kind: ImageError.Kind, _ words: String
  ) throws {
    let error = try #require(problem(of: dicomBytes(name)))
    #expect(error == ImageError(kind, file: "file", problem: words))
  }

  @Test(
    arguments: [
      "explicit", "implicit", "big-endian", "deflated", "rle", "jpeg-baseline", "jpeg-extended",
      "jpeg-lossless", "jpeg-ls", "jpeg2000",
    ].filter(isRead))
  func noFileIsShownThatWasCut(_ name: String) throws {
    let whole = try dicomBytes("\(name).dcm")
    #expect(problem(of: whole) == nil)
    // The last bytes of a compressed file may end the list of its fragments, or fill one up.
    for length in stride(from: 0, to: whole.count - 16, by: 37) {
      let error = try #require(problem(of: whole.prefix(length)))
      #expect(!error.problem.contains("FIXTURE") && !error.problem.contains("Drawn"))
    }
  }

  /// The header of run lengths has the number of segments, and the place of each.
  @Test func segmentsOfRunLengthsThatLieBeforeTheirHeaderAreDamage() throws {
    var bytes = try dicomBytes("rgb-sixteen-rle.dcm")
    let header = try #require(bytes.range(of: Data([6, 0, 0, 0, 64, 0, 0, 0])))
    bytes.replaceSubrange(header.lowerBound + 8..<header.lowerBound + 12, with: [0, 0, 0, 0])
    let error = try #require(problem(of: bytes))
    #expect(error.kind == .damaged)
    #expect(error.problem.contains("its run lengths are not where they should be"))
  }

  /// The size segment: the width and height of tiles at its bytes 24 and 28, the components at 40.
  @Test(
    .enabled(if: isRead("jpeg2000.dcm")),
    arguments: [(24, [0, 0, 0, 1, 0, 0, 0, 1]), (24, [0, 0, 0, 0]), (40, [64, 0])]
      as [(Int, [UInt8])])
  func aCodestreamThatAsksForTooMuchIsRefusedAtOnce(_ place: Int, _ value: [UInt8]) throws {
    var bytes = try dicomBytes("jpeg2000.dcm")
    let start = try #require(bytes.range(of: Data([0xFF, 0x4F, 0xFF, 0x51]))).lowerBound
    bytes.replaceSubrange(start + place..<start + place + value.count, with: value)
    // So wide that there are more tiles than the least side of them allows.
    if place == 24, value.count == 8 {
      bytes.replaceSubrange(start + 8..<start + 10, with: [1, 0])
    }
    let error = try #require(problem(of: bytes))
    #expect(
      error.problem.contains("it has another number of components, too many tiles, or no size"))
  }

  @Test(.enabled(if: isRead("jpeg-baseline.dcm"))) func aFrameOfEndlessScansIsDamage() throws {
    var bytes = try dicomBytes("jpeg-baseline.dcm")
    let start = try #require(bytes.range(of: Data([0xFF, 0xDA]))).upperBound + 10
    for scan in 0..<20 {
      bytes.replaceSubrange(start + 2 * scan..<start + 2 * scan + 2, with: [0xFF, 0xDA])
    }
    let error = try #require(problem(of: bytes))
    #expect(error.problem.contains("data have no header, or too many scans"))
  }

  @Test func sequencesWithinSequencesEnd() throws {
    let whole = try dicomBytes("no-header")
    // A private sequence of unknown length in an item of unknown length, and so on.
    let level: [UInt8] = [
      9, 0, 1, 0x10, 255, 255, 255, 255, 0xFE, 0xFF, 0, 0xE0, 255, 255, 255, 255,
    ]
    let start = try #require(whole.range(of: Data([0x10, 0, 0x10, 0]))).lowerBound
    let deep = whole.prefix(start) + Data(repeatElement(level, count: 100_000).joined())
    #expect(problem(of: deep)?.kind == .damaged)
  }

  /// `Rows` is the only element of its length that may be found in this way.
  @Test(arguments: [(0, "no pixels"), (33, "its pixels")])
  func rowsThatAreNotThereAreMissed(_ rows: UInt8, _ words: String) throws {
    var bytes = try dicomBytes("explicit.dcm")
    let head = Data([0x28, 0, 0x10, 0, 0x55, 0x53, 2, 0])
    let place = try #require(bytes.range(of: head)).upperBound
    bytes[place] = rows
    #expect(try #require(problem(of: bytes)).problem.contains(words))
  }
}
