import KernelTable

/// A matrix of `depth` rows and `columns` columns, cut into panels of `nr` columns.
///
/// Row k of a panel is `nr` contiguous floats, zero beyond the last column: the order in which the
/// matrix kernel reads it.
struct PackedPanels {
  let depth: Int
  let columns: Int
  let tile: MatrixTile
  private let transpose: Transpose
  private let storage: Storage

  /// Takes memory for the panels; `fill` must be called for each.
  init(depth: Int, columns: Int, for backend: Backend) {
    let kernels = backend.kernels.matrix
    self.depth = depth
    self.columns = columns
    tile = kernels.tile(columns: columns)
    transpose = kernels.transpose
    storage = Storage(
      count: (columns + tile.nr - 1) / tile.nr * depth * tile.nr, from: backend.storagePool)
  }

  /// Columns of a panel.
  var nr: Int { tile.nr }

  /// How many panels there are.
  var count: Int { (columns + nr - 1) / nr }

  /// The first row of a panel.
  func panel(_ index: Int) -> UnsafeMutablePointer<Float> {
    storage.pointer + index * depth * nr
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
    transpose(source + first * stride, stride, width, rows, target, nr)
    if width < nr {
      for k in 0..<rows { (target + k * nr + width).update(repeating: 0, count: nr - width) }
    }
  }
}
