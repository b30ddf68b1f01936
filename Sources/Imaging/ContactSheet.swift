import Support

/// Images of equal size laid out in rows, each row filled from the left.
public struct ContactSheet: Equatable, Sendable {
  /// The number of images of a row.
  public let columns: Int
  /// The number of pixels between neighbours; there are none around the sheet.
  public let gap: Int
  /// Fills gaps, empty places and the ground of labels.
  public let background: UInt8

  /// Makes a layout; traps where `columns` is below 1 or `gap` below 0.
  public init(columns: Int, gap: Int = 2, background: UInt8 = 0) {
    require(columns >= 1 && gap >= 0, "\(columns) columns with gaps of \(gap) make no sheet")
    self.columns = columns
    self.gap = gap
    self.background = background
  }

  /// Lays `tiles` out; traps where there are none or where they differ in size.
  ///
  /// Labels are drawn, in black or white, to the left of the rows and above the columns, with a gap
  /// to the images; without labels the sheet has no such margins and `tiles(of:rows:file:)` takes
  /// it apart again. The sheet is grey where all tiles are.
  ///
  /// - Parameters:
  ///   - tiles: The images, row by row; the last row may be short.
  ///   - rowLabels: A text for every row, from the top; rows beyond have none.
  ///   - columnLabels: A text for every column, from the left; columns beyond have none.
  ///   - textScale: The side of the squares that letters of 5x8 are made of, in pixels.
  public func image(
    of tiles: [PixelImage], rowLabels: [String] = [], columnLabels: [String] = [],
    textScale: Int = 1
  ) -> PixelImage {
    require(!tiles.isEmpty && textScale >= 1, "a sheet needs a picture and visible letters")
    let (width, height) = (tiles[0].width, tiles[0].height)
    require(
      tiles.allSatisfy { $0.width == width && $0.height == height },
      "the pictures of a sheet differ in size")
    let rows = (tiles.count + columns - 1) / columns
    let left = margin(rowLabels.map { Font.width(of: $0, scale: textScale) }.max())
    let top = margin(columnLabels.isEmpty ? nil : Font.height * textScale)

    var canvas = Canvas(
      width: left + columns * (width + gap) - gap, height: top + rows * (height + gap) - gap,
      channels: tiles.allSatisfy { $0.channels == 1 } ? 1 : 3, background: background)
    for (place, tile) in tiles.enumerated() {
      canvas.draw(
        tile, x: left + place % columns * (width + gap), y: top + place / columns * (height + gap))
    }
    let ink: UInt8 = background < 128 ? 255 : 0
    for (row, label) in rowLabels.prefix(rows).enumerated() {
      let middle = top + row * (height + gap) + (height - Font.height * textScale) / 2
      canvas.draw(label, x: gap, y: middle, scale: textScale, ink: ink)
    }
    for (column, label) in columnLabels.prefix(columns).enumerated() {
      let space = width - Font.width(of: label, scale: textScale)
      let start = left + column * (width + gap) + space / 2
      canvas.draw(label, x: start, y: gap, scale: textScale, ink: ink)
    }
    return canvas.image
  }

  /// Cuts a sheet without labels back into its images, row by row, empty places included.
  ///
  /// - Parameters:
  ///   - sheet: What `image(of:)` returned for this layout.
  ///   - rows: The number of its rows.
  ///   - file: Where it comes from, for the error.
  /// - Throws: `ImageError` where the size of the sheet does not divide into that many places.
  public func tiles(
    of sheet: PixelImage, rows: Int, file: String
  ) throws(ImageError) -> [PixelImage] {
    let (width, restAcross) = (sheet.width + gap).quotientAndRemainder(dividingBy: columns)
    let (height, restDown) = (sheet.height + gap).quotientAndRemainder(dividingBy: max(rows, 1))
    guard rows >= 1, restAcross == 0, restDown == 0, width > gap, height > gap else {
      throw ImageError(
        .unexpectedLayout, file: file,
        problem: "expected a sheet of \(columns)x\(rows) pictures, \(gap) pixels apart; "
          + "\(sheet.width)x\(sheet.height) pixels cannot be divided like that")
    }
    return (0..<rows * columns).map { place in
      sheet.cropped(
        x: place % columns * width, y: place / columns * height, width: width - gap,
        height: height - gap)
    }
  }

  /// Returns the room for labels of a given extent, a gap on either side included.
  private func margin(_ extent: Int?) -> Int {
    extent.map { $0 + 2 * gap } ?? 0
  }
}

extension PixelImage {
  /// Copies the part of `width` x `height` pixels whose upper left corner is at (`x`, `y`); traps
  /// where it leaves the image.
  public func cropped(x: Int, y: Int, width: Int, height: Int) -> PixelImage {
    require(
      x >= 0 && y >= 0 && width >= 1 && height >= 1 && x + width <= self.width
        && y + height <= self.height,
      "\(width)x\(height) at (\(x), \(y)) is not within \(self.width)x\(self.height)")
    var part: [UInt8] = []
    part.reserveCapacity(width * height * channels)
    for row in y..<y + height {
      let start = (row * self.width + x) * channels
      part += pixels[start..<start + width * channels]
    }
    return PixelImage(width: width, height: height, channels: channels, pixels: part)
  }
}
