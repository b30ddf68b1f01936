import KernelTable

/// Some columns of a transformed filter: of each of the 25 planes, some rows of some panels.
struct WinogradColumns {
  /// The pieces of rows that are transformed at a time.
  let depths: DepthPieces
  /// The matrix kernel's tile.
  let tile: MatrixTile
  /// Floats from one panel to the next.
  let panelStride: Int
  /// Floats from one plane to the next.
  let planeStride: Int

  /// Lays out the longest piece of `width` columns.
  init(depths: DepthPieces, width: Int, tile: MatrixTile) {
    self.depths = depths
    self.tile = tile
    panelStride = depths.length * tile.nr
    planeStride = Winograd.planeStride(depths.length * width)
  }

  /// Floats of all planes.
  var count: Int { Winograd.planes * planeStride }

  /// Transforms some rows and columns of a layer's filter.
  func fill(
    _ layer: some WinogradLayer, rows: Range<Int>, columns: Range<Int>,
    at memory: UnsafeMutablePointer<Float>
  ) {
    let (nr, part) = (tile.nr, WinogradFilter.rowsPerTransform)
    for first in stride(from: columns.lowerBound, to: columns.upperBound, by: nr) {
      for row in stride(from: rows.lowerBound, to: rows.upperBound, by: part) {
        layer.transformFilter(
          rows: row..<min(rows.upperBound, row + part),
          columns: first..<min(columns.upperBound, first + nr),
          into: memory + (first - columns.lowerBound) / nr * panelStride
            + (row - rows.lowerBound) * nr,
          rowStride: nr, planeStride: planeStride)
      }
    }
  }
}

/// A transformed filter: 25 planes, each packed in panels for the matrix kernel.
///
/// The last panel may be wider than the filter; what lies there is never written, and makes columns
/// that nobody reads.
struct WinogradFilter {
  /// Rows that are transformed at a time: their taps stay in a cache.
  static let rowsPerTransform = 64

  private let storage: Storage
  let depth: Int
  private let columns: Int
  /// The matrix kernel's tile.
  let tile: MatrixTile
  private let planeStride: Int

  /// How many panels a plane has.
  var panels: Int { (columns + tile.nr - 1) / tile.nr }

  /// Asks for memory for planes of `depth` rows and `columns` columns; every row must be filled.
  init(depth: Int, columns: Int, tile: MatrixTile, memory: (_ count: Int) -> Storage) {
    self.depth = depth
    self.columns = columns
    self.tile = tile
    planeStride = Winograd.planeStride((columns + tile.nr - 1) / tile.nr * tile.nr * depth)
    storage = memory(Winograd.planes * planeStride)
  }

  /// The first row of a panel of a plane.
  func panel(_ index: Int, plane: Int) -> UnsafeMutablePointer<Float> {
    storage.pointer + plane * planeStride + index * depth * tile.nr
  }

  /// Transforms some rows of a panel.
  func fill(_ layer: some WinogradLayer, panel index: Int, rows: Range<Int>) {
    let nr = tile.nr
    layer.transformFilter(
      rows: rows, columns: index * nr..<min(columns, (index + 1) * nr),
      into: panel(index, plane: 0) + rows.lowerBound * nr, rowStride: nr, planeStride: planeStride)
  }
}
