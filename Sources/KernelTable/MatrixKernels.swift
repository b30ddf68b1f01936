/// The kernels of the matrix products that a convolution is made of.
public struct MatrixKernels: Sendable {
  /// The tiles of six rows.
  public let sixRows: ProductTiles
  /// The tile of twelve rows of one register, for results of few columns, which the panels of the
  /// others would not fill.
  public let tile12x1: MatrixTile
  /// Adds windows that overlap to a row.
  public let addWindows: AddWindows
  /// Turns a matrix.
  public let transpose: Transpose

  /// Makes the group.
  public init(
    sixRows: ProductTiles, tile12x1: MatrixTile, addWindows: @escaping AddWindows,
    transpose: @escaping Transpose
  ) {
    self.sixRows = sixRows
    self.tile12x1 = tile12x1
    self.addWindows = addWindows
    self.transpose = transpose
  }

  /// Returns the tile for a result of so many columns: that of twelve rows where two panels of
  /// the narrow one or fewer would leave more lanes empty; else one of six rows.
  public func tile(columns: Int) -> MatrixTile {
    let least = sixRows.narrow
    let isNarrow =
      columns <= 2 * least.nr
      && tile12x1.size.padded(columns: columns) < least.size.padded(columns: columns)
    return isNarrow ? tile12x1 : sixRows.tile(columns: columns)
  }
}

/// Computes `row[w·step − before + j] += windows[w·stride + j]` for `w < count` and `j < length`, as
/// far as the place lies within the row.
public typealias AddWindows =
  @Sendable (
    _ windows: Source, _ stride: Int, _ length: Int, _ count: Int, _ row: Destination,
    _ rowLength: Int, _ step: Int, _ before: Int
  ) -> Void

/// Turns a matrix: `target[c·targetStride + r] = source[r·sourceStride + c]` for `r < rows` and
/// `c < columns`.
public typealias Transpose =
  @Sendable (
    _ source: Source, _ sourceStride: Int, _ rows: Int, _ columns: Int, _ target: Destination,
    _ targetStride: Int
  ) -> Void
