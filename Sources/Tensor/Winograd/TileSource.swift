import KernelTable

/// The map that Winograd's tiles read: the large one, of which a tile sees a square in each of the
/// four phases, or the small one, of which it sees one square.
struct TileSource {
  /// The tiles.
  let tiles: WinogradTiles
  private let map: LazyMap
  /// Squares that a tile sees.
  let squaresPerTile: Int

  /// Floats of a map that are computed at a time: they stay in the second-level cache until all
  /// their squares are read.
  private static let computedFloats = 64 << 10

  /// Reads tiles of the large map.
  init(large: LazyMap, _ tiles: WinogradTiles) {
    (map, squaresPerTile) = (large, 4)
    self.tiles = tiles
  }

  /// Reads tiles of the small map.
  init(small: LazyMap) {
    (map, squaresPerTile) = (small, 1)
    tiles = WinogradTiles(small: small.shape)
  }

  /// The map's shape.
  var shape: Shape { map.shape }

  /// Channels of the map.
  var channels: Int { map.shape.channels }

  /// Floats that a worker needs to compute what it reads.
  var scratchCount: Int {
    guard map.tensor == nil else { return 0 }
    let inner = seenRows(tileRows: 1..<1 + tileRowsAtOnce, of: .max)
    return inner.count * map.shape.width * channels
  }

  /// Calls the body for each square of some tiles, tile after tile, with where to read its points
  /// and those of the square after it.
  ///
  /// - Parameters:
  ///   - scratch: room for `scratchCount` floats.
  ///   - body: `index` counts the squares from the first.
  func forEachSquare(
    of range: Range<Int>, _ points: PointList, scratch: UnsafeMutablePointer<Float>,
    _ body: (_ index: Int, _ points: UnsafePointer<Source>, _ next: UnsafePointer<Source>) -> Void
  ) {
    if let tensor = map.tensor {
      points.forEachSource(count: range.count * squaresPerTile) { index in
        let place = tiles.place(range.lowerBound + index / squaresPerTile)
        return square(place, part: index % squaresPerTile, image: tensor.image(place.image), top: 0)
      } _: {
        body($0, $1, $2)
      }
      return
    }
    var first = range.lowerBound
    while first < range.upperBound {
      let (end, image, rows) = chunk(from: first, to: range.upperBound)
      let computed = UnsafeMutablePointer(
        mutating: map.read(map.shape.points(image: image, rows: rows), into: scratch))
      points.forEachSource(count: (end - first) * squaresPerTile) { index in
        square(
          tiles.place(first + index / squaresPerTile), part: index % squaresPerTile,
          image: computed, top: rows.lowerBound)
      } _: {
        body((first - range.lowerBound) * squaresPerTile + $0, $1, $2)
      }
      first = end
    }
  }

  /// Returns the end of the tiles from `first` on whose points are computed at once, their image,
  /// and the rows of it that they see.
  private func chunk(from first: Int, to end: Int) -> (end: Int, image: Int, rows: Range<Int>) {
    let (image, row) = tiles.line(first)
    let last = min(tiles.rows, row + tileRowsAtOnce)
    let chunkEnd = min(end, image * tiles.countPerImage + last * tiles.columns)
    let seen = seenRows(
      tileRows: row..<tiles.line(chunkEnd - 1).row + 1, of: map.shape.height)
    return (chunkEnd, image, seen)
  }

  private var tileRowsAtOnce: Int {
    let rows = squaresPerTile == 1 ? WinogradTiles.extent : 2 * WinogradTiles.extent
    let floats = rows * map.shape.width * channels
    return min(tiles.rows, max(1, Self.computedFloats / floats))
  }

  /// The rows of a map of `height` rows that rows of tiles see.
  private func seenRows(tileRows: Range<Int>, of height: Int) -> Range<Int> {
    let (first, end) = (
      tileRows.lowerBound * WinogradTiles.extent, tileRows.upperBound * WinogradTiles.extent
    )
    let rows = squaresPerTile == 1 ? first..<end : 2 * first - 1..<2 * end + 1
    return rows.clamped(to: 0..<height)
  }

  /// Returns a square of an image, of which `image` has the rows from `top` on.
  private func square(
    _ place: (image: Int, row: Int, column: Int), part: Int, image: UnsafeMutablePointer<Float>,
    top: Int
  ) -> PointSquare {
    squaresPerTile == 1
      ? .small(place, image: image, map.shape, top: top)
      : .large(place, phase: part, image: image, map.shape, top: top)
  }
}
