/// The register tiles of the two matrix products that a convolution is made of.
public struct MatrixKernels: Sendable {
  /// The tile of rows times packed panels for columns that would leave lanes of the broad one
  /// empty.
  public let wide: MatrixTile
  /// The tile of the most columns that the registers hold, for all other results. It may be the
  /// wide one.
  public let broad: MatrixTile
  /// The tile for results of few columns, which the wide one's panels would not fill.
  public let narrow: MatrixTile
  /// Computes one tile, of the wide one's size, of a sum of outer products.
  public let multiplyTransposed: MultiplyTransposedTile
  /// The same for the first `wide.shortRows` rows of such a tile.
  public let multiplyTransposedShort: MultiplyTransposedTile
  /// The same for a tile of the broad one's size.
  public let multiplyTransposedBroad: MultiplyTransposedTile
  /// The same for the first `broad.shortRows` rows of that.
  public let multiplyTransposedBroadShort: MultiplyTransposedTile
  /// Adds windows that overlap to a row.
  public let addWindows: AddWindows
  /// Turns a matrix.
  public let transpose: Transpose

  /// Makes the group.
  public init(
    wide: MatrixTile, broad: MatrixTile, narrow: MatrixTile,
    multiplyTransposed: @escaping MultiplyTransposedTile,
    multiplyTransposedShort: @escaping MultiplyTransposedTile,
    multiplyTransposedBroad: @escaping MultiplyTransposedTile,
    multiplyTransposedBroadShort: @escaping MultiplyTransposedTile,
    addWindows: @escaping AddWindows, transpose: @escaping Transpose
  ) {
    self.wide = wide
    self.broad = broad
    self.narrow = narrow
    self.multiplyTransposed = multiplyTransposed
    self.multiplyTransposedShort = multiplyTransposedShort
    self.multiplyTransposedBroad = multiplyTransposedBroad
    self.multiplyTransposedBroadShort = multiplyTransposedBroadShort
    self.addWindows = addWindows
    self.transpose = transpose
  }

  /// Returns the tile for a result of so many columns: the narrow one where two panels of the wide
  /// one or fewer would leave more lanes empty; else the broad one, unless that would.
  public func tile(columns: Int) -> MatrixTile {
    let isNarrow =
      columns <= 2 * wide.nr && padded(columns, to: narrow) < padded(columns, to: wide)
    return isNarrow ? narrow : wideTile(columns: columns)
  }

  /// Returns the broad tile, unless it would leave more lanes empty than the wide one.
  public func wideTile(columns: Int) -> MatrixTile { fillBroad(columns) ? broad : wide }

  /// Returns the kernels for a sum of outer products of so many columns, whose tile is `wideTile`,
  /// and for the first rows of such a tile.
  public func transposed(
    columns: Int
  ) -> (multiply: MultiplyTransposedTile, multiplyShort: MultiplyTransposedTile) {
    fillBroad(columns)
      ? (multiplyTransposedBroad, multiplyTransposedBroadShort)
      : (multiplyTransposed, multiplyTransposedShort)
  }

  private func fillBroad(_ columns: Int) -> Bool {
    padded(columns, to: broad) == padded(columns, to: wide)
  }

  private func padded(_ columns: Int, to tile: MatrixTile) -> Int {
    (columns + tile.nr - 1) / tile.nr * tile.nr
  }
}

/// A kernel that keeps `mr` rows times `nr` columns of a product in registers while `k` runs over
/// the summed axis.
///
/// Packing and tile belong together, so both sizes live beside the function.
public struct MatrixTile: Sendable {
  /// Rows of a tile.
  public let mr: Int
  /// Columns of a tile, and the width of a packed panel.
  public let nr: Int
  /// Computes one tile of rows times a packed panel.
  public let multiply: MultiplyTile
  /// Rows that `multiplyShort` computes; 0 where all tiles are whole.
  public let shortRows: Int
  /// Computes the first `shortRows` rows of a tile.
  public let multiplyShort: MultiplyTile

  /// Makes a tile.
  public init(
    mr: Int, nr: Int, multiply: @escaping MultiplyTile, shortRows: Int,
    multiplyShort: @escaping MultiplyTile
  ) {
    self.mr = mr
    self.nr = nr
    self.multiply = multiply
    self.shortRows = shortRows
    self.multiplyShort = multiplyShort
  }

  /// Makes a tile that is always computed whole.
  public init(mr: Int, nr: Int, multiply: @escaping MultiplyTile) {
    self.init(mr: mr, nr: nr, multiply: multiply, shortRows: 0, multiplyShort: multiply)
  }

  /// Says whether a short tile is next where so many rows are left: the last of them, or one of two
  /// that take what a whole tile and a short one would overshoot.
  public func isShort(rows left: Int) -> Bool {
    left <= shortRows || (left > mr && left <= 2 * shortRows)
  }
}

/// Computes `C[r][j] (+)= Σ_q Σ_k A[r][q·stride + k] · B[q·length + k][j]` for the tile's rows r,
/// `mr` or `shortRows` of them, and `j < nr`.
///
/// Every row of A is `count` runs of `length` contiguous floats, `stride` apart: with maps in NHWC
/// order that is a convolution's window, and nothing of A needs to be packed. `k` is summed in
/// ascending order, starting from C where `accumulate` says so.
///
/// - a: a pointer for each row; `aOffset` floats are added to each. `mr` more follow, of rows that
///   later calls will read: they may be fetched ahead. Any address will do.
/// - b: the panel, `count·length` rows of `nr` floats.
/// - ahead: part of the panel that later calls will read; as much as an eighth of a panel from there
///   on may be fetched ahead. Any address will do.
/// - c: a pointer for each row; `cOffset` floats are added to each.
public typealias MultiplyTile =
  @Sendable (
    _ a: UnsafePointer<Source>, _ aOffset: Int, _ runs: Runs, _ b: Source,
    _ ahead: Source, _ c: UnsafePointer<Destination>, _ cOffset: Int, _ accumulate: Bool
  ) -> Void

/// The pieces of memory that make up one row of a factor.
public struct Runs: Sendable, Equatable {
  /// How many runs there are.
  public var count: Int
  /// Floats in a run.
  public var length: Int
  /// Floats from the start of one run to the start of the next.
  public var stride: Int

  /// Describes runs.
  public init(count: Int, length: Int, stride: Int) {
    self.count = count
    self.length = length
    self.stride = stride
  }
}

/// Computes `C[i][j] (+)= Σ_p A[p][i] · B[p][j]` for the tile's rows i and `j < nr`, over a grid of
/// points p.
///
/// The point in row y and column x lies at `y·rowStride + x·columnStride` in either factor; its
/// values for the rows (or columns) are contiguous. C's rows are `cStride` floats apart.
///
/// - ahead: what later calls will read; a cache line is fetched ahead for each point, `aheadStride`
///   floats from the one before. Any address will do.
public typealias MultiplyTransposedTile =
  @Sendable (
    _ a: Source, _ aStrides: GridStrides, _ b: Source, _ bStrides: GridStrides,
    _ ahead: Source, _ aheadStride: Int, _ rows: Int, _ columns: Int, _ c: Destination,
    _ cStride: Int, _ accumulate: Bool
  ) -> Void

/// Distances in floats between neighbouring points of a grid.
public struct GridStrides: Sendable, Equatable {
  /// From one row to the next.
  public var row: Int
  /// From one column to the next.
  public var column: Int

  /// Describes a grid.
  public init(row: Int, column: Int) {
    self.row = row
    self.column = column
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
