import KernelTable

/// A matrix of `depth` rows and `columns` columns, cut into panels of `nr` columns.
///
/// Row k of a panel is `nr` contiguous floats, zero beyond the last column: the order in which the
/// matrix kernel reads it.
struct PackedPanels {
  let depth: Int
  let columns: Int
  let tile: MatrixTile
  private let storage: Storage
  private let offset: Int

  /// Takes memory for the panels; `fill` must be called for each.
  init(depth: Int, columns: Int, for kernels: MatrixKernels) {
    let tile = kernels.tile(columns: columns)
    let count = Self.count(depth: depth, columns: columns, nr: tile.nr)
    self.init(depth: depth, columns: columns, tile: tile, in: Storage(count: count), at: 0)
  }

  /// Lays panels out in memory that others share.
  init(depth: Int, columns: Int, tile: MatrixTile, in storage: Storage, at offset: Int) {
    self.depth = depth
    self.columns = columns
    self.tile = tile
    self.storage = storage
    self.offset = offset
  }

  /// Returns the floats that panels take.
  static func count(depth: Int, columns: Int, nr: Int) -> Int {
    (columns + nr - 1) / nr * depth * nr
  }

  /// Columns of a panel.
  var nr: Int { tile.nr }

  /// How many panels there are.
  var count: Int { (columns + nr - 1) / nr }

  /// The first row of a panel.
  func panel(_ index: Int) -> UnsafeMutablePointer<Float> {
    storage.pointer + offset + index * depth * nr
  }

  /// Copies rows of a row-major matrix into a panel, from row `row` of the panel on.
  func fill(
    panel index: Int, row: Int, rows: Int, from source: UnsafePointer<Float>, rowStride: Int
  ) {
    let first = index * nr
    let width = min(nr, columns - first)
    var target = panel(index) + row * nr
    for k in 0..<rows {
      target.update(from: source + k * rowStride + first, count: width)
      (target + width).update(repeating: 0, count: nr - width)
      target += nr
    }
  }

  /// Copies rows of a matrix that lies transposed: element (k, j) is at `source[j·stride + k]`.
  func fillTransposed(
    panel index: Int, row: Int, rows: Int, from source: UnsafePointer<Float>, stride: Int
  ) {
    let first = index * nr
    let width = min(nr, columns - first)
    let target = panel(index) + row * nr
    for j in 0..<width {
      let column = source + (first + j) * stride
      for k in 0..<rows { target[k * nr + j] = column[k] }
    }
    if width < nr {
      for k in 0..<rows { (target + k * nr + width).update(repeating: 0, count: nr - width) }
    }
  }
}
