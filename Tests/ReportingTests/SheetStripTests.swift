import Imaging
import Reporting
import Testing

@Suite struct SheetStripTests {
  /// Makes sheets of noise, which JPEG compresses least.
  private func sheets(_ count: Int, side: Int = 64) throws -> [SheetStrip.Encodings] {
    try (1...count).map { epoch in
      var state = UInt32(epoch)
      let pixels = (0..<side * side).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return UInt8(state >> 24)
      }
      return try SheetStrip.Encodings(
        PixelImage(width: side, height: side, channels: 1, pixels: pixels), epoch: epoch,
        file: "epoch")
    }
  }

  private func bytes(_ strip: SheetStrip) -> Int {
    strip.sheets.reduce(0) { $0 + $1.picture.jpeg.count }
  }

  @Test func whatFitsStaysAtTheBestQuality() throws {
    let strip = SheetStrip(try sheets(5))
    #expect(strip.sheets.map(\.epoch) == [1, 2, 3, 4, 5])
    #expect(strip.quality == 85 && strip.available == 5 && !strip.isReduced)
    #expect(Array(strip.sheets[0].picture.jpeg.prefix(3)) == [0xFF, 0xD8, 0xFF])
  }

  @Test func qualityGoesBeforeSheets() throws {
    let sheets = try sheets(5)
    let best = bytes(SheetStrip(sheets))
    let next = SheetStrip(sheets, byteBudget: best - 1)
    #expect(next.quality == 70 && next.sheets.count == 5)
    let last = SheetStrip(sheets, byteBudget: bytes(next) - 1)
    #expect(last.quality == 55 && last.sheets.count == 5)
    let thinned = SheetStrip(sheets, byteBudget: bytes(last) - 1)
    #expect(thinned.quality == 55 && thinned.available == 5)
    #expect(thinned.sheets.map(\.epoch) == [1, 2, 4, 5])
    #expect(bytes(thinned) < bytes(last))
  }

  @Test func theLastSheetAlwaysStays() throws {
    let strip = SheetStrip(try sheets(3), byteBudget: 1)
    #expect(strip.sheets.map(\.epoch) == [3])
    #expect(SheetStrip([]).sheets.isEmpty)
  }

  @Test func largeSheetsAreMadeSmaller() throws {
    let strip = SheetStrip(try sheets(1, side: 2062))
    #expect(strip.isReduced)
    #expect(strip.sheets[0].picture.width == 1040 && strip.sheets[0].picture.height == 1040)
    #expect(!SheetStrip(try sheets(1, side: 1038)).isReduced)
  }
}
