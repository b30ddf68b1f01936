import Imaging
import Testing

@Suite struct ContactSheetTests {
  @Test func tilesLieRowByRowWithGaps() {
    let tiles = (1...3).map { PixelImage(width: 2, height: 1, channels: 1, repeating: UInt8($0)) }
    let sheet = ContactSheet(columns: 2, gap: 1, background: 9).image(of: tiles)
    #expect(sheet.width == 5)
    #expect(sheet.height == 3)
    #expect(
      sheet.pixels == [
        1, 1, 9, 2, 2,
        9, 9, 9, 9, 9,
        3, 3, 9, 9, 9,
      ])
  }

  @Test(arguments: [(8, 64, 2, 1), (8, 64, 0, 3), (3, 7, 5, 1), (1, 1, 2, 3), (5, 3, 2, 1)])
  func aSheetIsCutBackIntoItsTiles(_ columns: Int, _ count: Int, _ gap: Int, _ channels: Int)
    throws
  {
    let tiles = (0..<count).map { pattern(width: 6, height: 4, channels: channels, seed: $0) }
    let layout = ContactSheet(columns: columns, gap: gap, background: 200)
    let rows = (count + columns - 1) / columns
    let back = try layout.tiles(of: layout.image(of: tiles), rows: rows, file: "sheet.png")
    #expect(Array(back.prefix(count)) == tiles)
    let empty = PixelImage(width: 6, height: 4, channels: channels, repeating: 200)
    #expect(back.dropFirst(count).allSatisfy { $0 == empty })
    #expect(back.count == rows * columns)
  }

  @Test func aSheetOfGreyAndColourIsColour() {
    let grey = PixelImage(width: 1, height: 1, channels: 1, repeating: 50)
    let colour = PixelImage(width: 1, height: 1, channels: 3, pixels: [1, 2, 3])
    let sheet = ContactSheet(columns: 2, gap: 0).image(of: [grey, colour])
    #expect(sheet.channels == 3)
    #expect(sheet.pixels == [50, 50, 50, 1, 2, 3])
  }

  @Test(arguments: [(1, 1), (66, 65), (67, 66), (64, 0)])
  func anotherLayoutIsNotCut(_ side: Int, _ rows: Int) {
    let sheet = PixelImage(width: side, height: side, channels: 1, repeating: 0)
    let error = #expect(throws: ImageError.self) {
      try ContactSheet(columns: 8, gap: 2).tiles(of: sheet, rows: rows, file: "epoch-0001.png")
    }
    #expect(error?.kind == .unexpectedLayout)
    #expect(error?.description.hasPrefix("epoch-0001.png: expected a sheet of 8x\(rows)") == true)
  }

  @Test func labelsStandBesideTheirRowsAndAboveTheirColumns() {
    let tiles = (0..<4).map { _ in PixelImage(width: 20, height: 12, channels: 1, repeating: 128) }
    let layout = ContactSheet(columns: 2, gap: 2, background: 0)
    let sheet = layout.image(of: tiles, rowLabels: ["1", "22"], columnLabels: ["A"], textScale: 1)
    // "22" is 11 pixels wide; a gap lies on either side of the labels.
    #expect(sheet.width == 11 + 4 + 42)
    #expect(sheet.height == 8 + 4 + 26)
    let white = inked(sheet)
    #expect(white.count > 20)
    #expect(white.allSatisfy { $0.x < 15 || $0.y < 12 })
    // "A", five wide, stands in the middle of the 20 columns from 15 on.
    #expect(white.filter { $0.y < 12 }.map(\.x).min() == 15 + 7)
    #expect(white.filter { $0.y < 12 }.map(\.x).max() == 15 + 7 + 4)
    // "1" stands in the middle of the 12 rows from 12 on, "22" in that of those from 26 on.
    let rows = Set(white.filter { $0.x < 15 }.map(\.y))
    #expect(rows == Set(14...20).union(28...34))
    // All tiles are untouched.
    #expect(sheet.cropped(x: 15, y: 12, width: 20, height: 12) == tiles[0])
    #expect(sheet.cropped(x: 37, y: 26, width: 20, height: 12) == tiles[3])
  }

  @Test func lettersGrowWithTheScaleAndTurnDarkOnLight() {
    let tile = PixelImage(width: 60, height: 40, channels: 3, repeating: 255)
    let layout = ContactSheet(columns: 1, gap: 1, background: 255)
    let small = layout.image(of: [tile], rowLabels: ["epoch 10"], textScale: 1)
    let large = layout.image(of: [tile], rowLabels: ["epoch 10"], textScale: 3)
    #expect(large.width - 62 == 3 * (small.width - 62))
    let ink = { (image: PixelImage) in image.pixels.count { $0 == 0 } }
    #expect(ink(large) == 9 * ink(small))
    #expect(ink(small) > 3 * 50)
  }

  @Test func everyLetterIsDrawnDifferently() {
    let characters =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.,:-+=/()%#_?!<>'*"
    let shapes = characters.map { marks(String($0)) }
    #expect(Set(shapes).count == characters.count)
    #expect(shapes.allSatisfy { $0.allSatisfy { $0[0] < 5 && $0[1] < 8 } })
    #expect(marks(" ").isEmpty)
    #expect(marks("é") == marks("?"))
    #expect(
      marks("1") == [
        [2, 0], [1, 1], [2, 1], [2, 2], [2, 3], [2, 4], [2, 5], [1, 6], [2, 6], [3, 6],
      ])
  }

  private func marks(_ text: String) -> [[Int]] {
    var marks: [[Int]] = []
    Font.draw(text) { marks.append([$0, $1]) }
    return marks
  }

  private func inked(_ image: PixelImage) -> [(x: Int, y: Int)] {
    image.pixels.indices.filter { image.pixels[$0] == 255 }.map {
      (x: $0 % image.width, y: $0 / image.width)
    }
  }
}
