/// A kernel that keeps `mr` rows times `nr` columns of a sum of outer products in registers while the
/// points pass by.
public struct OuterProductTile: Sendable {
  /// The rows and columns of a tile.
  public let size: TileSize
  /// Computes one tile.
  public let computeTile: ComputeOuterProductTile
  /// Computes the first `shortRows` rows of a tile.
  public let computeShortTile: ComputeOuterProductTile

  /// Rows of a tile.
  public var mr: Int { size.mr }
  /// Columns of a tile.
  public var nr: Int { size.nr }

  /// Makes a tile.
  public init(
    size: TileSize, computeTile: @escaping ComputeOuterProductTile,
    computeShortTile: @escaping ComputeOuterProductTile
  ) {
    self.size = size
    self.computeTile = computeTile
    self.computeShortTile = computeShortTile
  }
}

/// Computes `C[i][j] (+)= Σ_p A[p][i] · B[p][j]` for the tile's rows i, `mr` or `shortRows` of them,
/// and `j < nr`, over a grid of points p; AMX sums sixteen points of a row at a time before it adds them.
///
/// Each parameter is of four words at most, as those of `ComputeTile` are.
public typealias ComputeOuterProductTile =
  @Sendable (
    _ a: GridFactor, _ b: GridFactor, _ ahead: GridAhead, _ size: GridSize, _ result: GridResult
  ) -> Void

/// A factor of a sum of outer products: the values of a grid of points.
///
/// The point in row y and column x lies at `y·strides.row + x·strides.column`; its values, for the
/// rows or the columns of a tile, are contiguous.
public struct GridFactor {
  /// The first point.
  public var first: Source
  /// How far apart the points lie.
  public var strides: GridStrides

  /// Describes a factor.
  public init(_ first: Source, strides: GridStrides) {
    self.first = first
    self.strides = strides
  }
}

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

/// What calls after this one will read: a cache line is fetched ahead for each point.
public struct GridAhead {
  /// The first line. Any address will do.
  public var first: Source
  /// Floats from one line to the next.
  public var stride: Int

  /// Describes lines.
  public init(_ first: Source, stride: Int) {
    self.first = first
    self.stride = stride
  }
}

/// The size of a grid of points.
public struct GridSize: Sendable, Equatable {
  /// Rows of points.
  public var rows: Int
  /// Points in a row.
  public var columns: Int

  /// Describes a grid.
  public init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
  }
}

/// Where a tile of a sum of outer products is written to.
public struct GridResult {
  /// The tile's first row.
  public var first: Destination
  /// Floats from one row to the next.
  public var stride: Int
  /// Whether the sum starts from what C holds.
  public var accumulate: Bool

  /// Describes a tile.
  public init(_ first: Destination, stride: Int, accumulate: Bool) {
    self.first = first
    self.stride = stride
    self.accumulate = accumulate
  }
}
