/// The 4 × 4 tiles that a batch of small maps is cut into, numbered image by image, row by row.
///
/// The last tiles of a row or column may reach beyond the map: what they read there is zero, what
/// they write there is lost.
struct WinogradTiles {
  /// The small map's shape.
  let small: Shape

  /// Points of a tile along an axis.
  static let extent = 4

  /// Rows of tiles in an image.
  var rows: Int { (small.height + Self.extent - 1) / Self.extent }
  /// Tiles in a row.
  var columns: Int { (small.width + Self.extent - 1) / Self.extent }

  /// Rows of tiles in all images.
  var rowCount: Int { small.batch * rows }

  /// About `target` tiles, but whole rows of them.
  func wholeRows(target: Int) -> Int { max(1, target / columns) * columns }

  /// How many tiles an image has.
  var countPerImage: Int { rows * columns }

  /// How many tiles there are.
  var count: Int { small.batch * countPerImage }

  /// Returns the image of a tile, and the tile's first row and column in the small map.
  func place(_ tile: Int) -> (image: Int, row: Int, column: Int) {
    let (rest, x) = tile.quotientAndRemainder(dividingBy: columns)
    let (image, y) = rest.quotientAndRemainder(dividingBy: rows)
    return (image, y * Self.extent, x * Self.extent)
  }

  /// Returns the image of a tile, and the tile's row among those of the image.
  func line(_ tile: Int) -> (image: Int, row: Int) {
    let (image, row) = (tile / columns).quotientAndRemainder(dividingBy: rows)
    return (image, row)
  }

  /// Cuts the tiles into pieces of whole images for the threads, near `target` tiles each.
  ///
  /// The pieces do not add to each other, so their number may depend on the threads.
  func pieces(target: Int, threads: Int) -> [Range<Int>] {
    let wanted = max(1, (count + target - 1) / target)
    let pieces = min(small.batch, (wanted + threads - 1) / threads * threads)
    return (0..<pieces).map {
      let (first, end) = (small.batch * $0 / pieces, small.batch * ($0 + 1) / pieces)
      return first * countPerImage..<end * countPerImage
    }
  }
}
