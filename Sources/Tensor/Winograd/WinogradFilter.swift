import KernelTable

/// Some columns of a transformed filter: of each of the 25 planes, some rows of some panels.
struct WinogradColumns {
  /// The pieces of rows that are transformed at a time.
  let depths: DepthPieces
  private let nr: Int
  /// Floats from one panel to the next.
  let panelStride: Int
  /// Floats from one plane to the next.
  let planeStride: Int

  /// Lays out the longest piece of `width` columns.
  init(depths: DepthPieces, width: Int, nr: Int) {
    self.depths = depths
    self.nr = nr
    panelStride = depths.length * nr
    planeStride = Winograd.planeStride(depths.length * width)
  }

  /// Floats of all planes.
  var count: Int { Winograd.planes * planeStride }

  /// Transforms some rows and columns of a layer's filter.
  func fill(
    _ layer: some WinogradLayer, rows: Range<Int>, columns: Range<Int>,
    at memory: UnsafeMutablePointer<Float>
  ) {
    for first in stride(from: columns.lowerBound, to: columns.upperBound, by: nr) {
      layer.transformFilter(
        rows: rows, columns: first..<min(columns.upperBound, first + nr),
        into: memory + (first - columns.lowerBound) / nr * panelStride, rowStride: nr,
        planeStride: planeStride)
    }
  }
}

/// A transformed filter: 25 planes, each packed in panels for the matrix kernel.
///
/// The last panel may be wider than the filter; what lies there is never written, and makes columns
/// that nobody reads.
struct WinogradFilter {
  private let storage: Storage
  let depth: Int
  private let columns: Int
  private let nr: Int
  private let planeStride: Int

  /// How many panels a plane has.
  var panels: Int { (columns + nr - 1) / nr }

  /// Takes memory for planes of `depth` rows and `columns` columns; every row must be filled.
  init(depth: Int, columns: Int, nr: Int) {
    self.depth = depth
    self.columns = columns
    self.nr = nr
    planeStride = Winograd.planeStride((columns + nr - 1) / nr * nr * depth)
    storage = Storage(count: Winograd.planes * planeStride)
  }

  /// The first row of a panel of a plane.
  func panel(_ index: Int, plane: Int) -> UnsafeMutablePointer<Float> {
    storage.pointer + plane * planeStride + index * depth * nr
  }

  /// Transforms some rows of a panel.
  func fill(_ layer: some WinogradLayer, panel index: Int, rows: Range<Int>) {
    layer.transformFilter(
      rows: rows, columns: index * nr..<min(columns, (index + 1) * nr),
      into: panel(index, plane: 0) + rows.lowerBound * nr, rowStride: nr, planeStride: planeStride)
  }
}
