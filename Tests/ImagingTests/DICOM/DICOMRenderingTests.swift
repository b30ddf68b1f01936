import Imaging
import TestSupport
import Testing

/// Reads the drawn radiograph from DICOM files of every kind: `Scripts/make-dicom-fixtures.py` has the
/// formulas of what must come of them.
struct DICOMRenderingTests {
  /// Files, and by how many levels the decoder of a lossy one may differ from another.
  private static let syntaxes: [(String, Int)] = [
    ("implicit.dcm", 0), ("explicit.dcm", 0), ("big-endian.dcm", 0), ("deflated.dcm", 0),
    ("rle.dcm", 0), ("jpeg-lossless.dcm", 0), ("jpeg-lossless-sv1.dcm", 0), ("jpeg-ls.dcm", 0),
    ("jpeg-ls-near.dcm", 0), ("jpeg2000.dcm", 0), ("jpeg2000-lossy.dcm", 1),
    ("jpeg-baseline.dcm", 1), ("jpeg-extended.dcm", 1),
  ]

  @Test(arguments: syntaxes.filter { isRead($0.0) })
  func everyTransferSyntaxGivesTheSamePicture(_ name: String, _ tolerance: Int) throws {
    let difference = try difference(name)
    #expect(difference.largest <= tolerance)
  }

  @Test(arguments: [
    "window-exact", "window-sigmoid", "window-two", "no-window", "rescale", "signed-twelve",
    "high-bit", "padding", "tables", "monochrome1", "inverse", "eight-bits", "thirty-two-bits",
    "one-bit", "aspect",
  ])
  func greysAreShownAsTheFileAsks(_ name: String) throws {
    let difference = try difference("\(name).dcm")
    #expect(difference.largest == 0)
  }

  /// Unsigned numbers that an intercept brings below zero: the table begins there, PS3.3 C.11.2.1.1.
  @Test func aTableOfWindowsBeginsWhereRescaledNumbersDo() throws {
    var file = DICOMWriter(side: 16) { column, row in UInt8(16 * row + column) }
    file.set(0x0028_1052, "DS", "-128")
    file.set(0x0028_1053, "DS", "1")
    let falling = (0..<256).flatMap { [UInt8(255 - $0), UInt8(0)] as [UInt8] }
    file.set(
      0x0028_3010,
      item: [(0x0028_3002, "SS", [0, 1, 0x80, 0xFF, 8, 0]), (0x0028_3006, "US", falling)])
    let image = try ImageHeader(bytes: file.data, file: "file").decode().image
    #expect(image.pixels == (0..<256).map { UInt8(255 - $0) })
  }

  @Test(arguments: ["rgb", "rgb-planes", "rgb-sixteen-rle", "ybr", "ybr-422", "palette"])
  func coloursBecomeRedGreenAndBlue(_ name: String) throws {
    let difference = try difference("\(name).dcm")
    #expect(difference.largest == 0)
  }

  @Test(arguments: ["no-preamble.dcm", "no-header", "tiff-too.dcm", "burned-in.dcm"])
  func contentCountsAndNotTheName(_ name: String) throws {
    let difference = try difference(name)
    #expect(difference.largest == 0)
  }

  @Test(
    arguments: ["frames.dcm", "enhanced.dcm", "fragments.dcm", "fragments-no-table.dcm"]
      .filter(isRead))
  func theMiddleFrameIsShownUnlessAnotherIsChosen(_ name: String) throws {
    let header = try ImageHeader(contentsOf: dicomFixture(name))
    let middle = try header.decode().image
    #expect(try header.choosing(frame: header.origin.frames / 2).decode().image == middle)
    #expect(try header.choosing(frame: 0).decode().image != middle)
    let expected = name == "frames.dcm" ? "frames.dcm.2" : name
    #expect(Difference(middle, try expectedDICOM(expected)).largest <= 1)
  }

  @Test func theFirstFrameIsTheFirst() throws {
    let header = try ImageHeader(contentsOf: dicomFixture("frames.dcm"))
    #expect(header.origin.frames == 4)
    let first = try header.choosing(frame: 0).decode().image
    #expect(Difference(first, try expectedDICOM("frames.dcm.0")).largest == 0)
  }

  /// Rescaled, a stored 500 is 50: the window counts in those units.
  @Test func aWindowThatIsAskedForCountsInTheModalitysUnits() throws {
    let header = try ImageHeader(contentsOf: dicomFixture("rescale.dcm"))
    let asked = try header.decode(window: .range(center: 40, width: 400)).image
    #expect(Difference(asked, try expectedDICOM("rescale.dcm")).largest == 0)
    #expect(try header.decode(window: .range(center: 40, width: 500)).image != asked)
    let inUnits = try header.decode(window: .minMax).image
    let plain = try ImageHeader(contentsOf: dicomFixture("no-window.dcm"))
    // A rescaling with a slope above zero does not change what is darkest and what is brightest.
    #expect(Difference(inUnits, try plain.decode().image).largest == 0)
    #expect(try plain.decode(window: .minMax).image == plain.decode().image)
  }

  /// Decodes a file and compares it with what is expected of it.
  private func difference(_ name: String) throws -> Difference {
    Difference(try PixelImage(contentsOf: dicomFixture(name)), try expectedDICOM(name))
  }
}
