/// The register tiles of the two matrix products that a convolution is made of, named by their rows
/// and the registers in each.
public struct MatrixKernels: Sendable {
  /// The tile of rows times packed panels that every processor's registers hold.
  public let tile6x2: MatrixTile
  /// The tile of twice the columns, nil but for AVX-512.
  public let tile6x4: MatrixTile?
  /// The tile for results of few columns, which the panels of the others would not fill.
  public let tile12x1: MatrixTile
  /// The tile of a sum of outer products that every processor's registers hold.
  public let outerProductTile6x2: OuterProductTile
  /// The tile of twice the columns, nil but for AVX-512.
  public let outerProductTile6x4: OuterProductTile?
  /// Adds windows that overlap to a row.
  public let addWindows: AddWindows
  /// Turns a matrix.
  public let transpose: Transpose

  /// Makes the group.
  public init(
    tile6x2: MatrixTile, tile6x4: MatrixTile?, tile12x1: MatrixTile,
    outerProductTile6x2: OuterProductTile, outerProductTile6x4: OuterProductTile?,
    addWindows: @escaping AddWindows, transpose: @escaping Transpose
  ) {
    self.tile6x2 = tile6x2
    self.tile6x4 = tile6x4
    self.tile12x1 = tile12x1
    self.outerProductTile6x2 = outerProductTile6x2
    self.outerProductTile6x4 = outerProductTile6x4
    self.addWindows = addWindows
    self.transpose = transpose
  }

  /// Returns the tile for a result of so many columns: that of twelve rows where two panels of
  /// `tile6x2` or fewer would leave more lanes empty; else one of six rows.
  public func tile(columns: Int) -> MatrixTile {
    let isNarrow =
      columns <= 2 * tile6x2.nr
      && tile12x1.size.padded(columns: columns) < tile6x2.size.padded(columns: columns)
    return isNarrow ? tile12x1 : sixRowTile(columns: columns)
  }

  /// Returns the tile of six rows with the most columns that leaves no more lanes empty than the
  /// other.
  public func sixRowTile(columns: Int) -> MatrixTile {
    guard let tile6x4, tile6x4.size.leavesNoMoreEmpty(than: tile6x2.size, columns: columns) else {
      return tile6x2
    }
    return tile6x4
  }

  /// Returns the tile for a sum of outer products of so many columns; of the size of `sixRowTile`.
  public func outerProductTile(columns: Int) -> OuterProductTile {
    guard let outerProductTile6x4,
      outerProductTile6x4.size.leavesNoMoreEmpty(than: outerProductTile6x2.size, columns: columns)
    else { return outerProductTile6x2 }
    return outerProductTile6x4
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
