/// Some rows and columns of a map, with zeros where they lie outside it.
///
/// Copied once into a worker's scratch memory, a window needs no test for the border, and its rows
/// are contiguous.
struct Band {
  /// The map's rows that the band holds, some of them perhaps outside the map.
  let rows: Range<Int>
  /// The map's columns that the band holds, some of them perhaps outside the map.
  let columns: Range<Int>
  /// The floats of a column.
  let channels: Int

  /// The floats of a row of the band.
  var rowStride: Int { columns.count * channels }

  /// The floats of the band.
  var count: Int { rows.count * rowStride }

  /// Returns where a row and column of the map lie in the band.
  func offset(row: Int, column: Int) -> Int {
    (row - rows.lowerBound) * rowStride + (column - columns.lowerBound) * channels
  }

  /// Copies the band of one image of `shape`.
  func copy(
    _ image: UnsafePointer<Float>, of shape: Shape, to target: UnsafeMutablePointer<Float>
  ) {
    let inside = columns.clamped(to: 0..<shape.width)
    let left = (inside.lowerBound - columns.lowerBound) * channels
    let middle = inside.count * channels
    let right = rowStride - left - middle
    var row = target
    for y in rows {
      if (0..<shape.height).contains(y) {
        row.update(repeating: 0, count: left)
        (row + left).update(
          from: image + (y * shape.width + inside.lowerBound) * channels, count: middle)
        (row + left + middle).update(repeating: 0, count: right)
      } else {
        row.update(repeating: 0, count: rowStride)
      }
      row += rowStride
    }
  }
}

extension Band {
  /// Makes the band of a large map that the windows of some rows of the small map see.
  init(of large: Shape, seenBy rows: Range<Int>, _ geometry: ConvolutionGeometry) {
    let (k, s, p) = (geometry.kernelSize, geometry.stride, geometry.padding)
    self.init(
      rows: rows.lowerBound * s - p..<(rows.upperBound - 1) * s - p + k,
      columns: -p..<large.width + p, channels: large.channels)
  }
}

/// How a batch of maps is cut into pieces for the threads: some images, or some rows of one.
struct BandPlan {
  let images: Int
  let height: Int
  let imagesPerPiece: Int
  let rowsPerPiece: Int

  /// Plans pieces of about `target` points of a map with `points` of them in a row.
  ///
  /// Rows are counted in multiples of `step`.
  init(images: Int, height: Int, points: Int, step: Int, target: Int) {
    self.images = images
    self.height = height
    if height * points <= target {
      imagesPerPiece = min(images, max(1, target / (height * points)))
      rowsPerPiece = height
    } else {
      imagesPerPiece = 1
      let rows = max(1, target / points / step) * step
      let bands = (height + rows - 1) / rows
      rowsPerPiece = ((height + bands - 1) / bands + step - 1) / step * step
    }
  }

  private var bands: Int { (height + rowsPerPiece - 1) / rowsPerPiece }

  /// How many pieces there are.
  var count: Int { (images + imagesPerPiece - 1) / imagesPerPiece * bands }

  /// Returns the images and rows of a piece.
  func piece(_ index: Int) -> (images: Range<Int>, rows: Range<Int>) {
    let (group, band) = index.quotientAndRemainder(dividingBy: bands)
    let firstImage = group * imagesPerPiece
    let firstRow = band * rowsPerPiece
    return (
      firstImage..<min(images, firstImage + imagesPerPiece),
      firstRow..<min(height, firstRow + rowsPerPiece)
    )
  }
}
