/// A kernel that keeps `mr` rows times `nr` columns of a product in registers while `k` runs over
/// the summed axis.
///
/// Packing and tile belong together, so the size lies beside the functions.
public struct MatrixTile: Sendable {
  /// The rows and columns of a tile.
  public let size: TileSize
  /// Computes one tile of rows times a packed panel.
  public let computeTile: ComputeTile
  /// Computes the first `shortRows` rows of a tile.
  public let computeShortTile: ComputeTile

  /// Rows of a tile.
  public var mr: Int { size.mr }
  /// Columns of a tile, and the width of a packed panel.
  public var nr: Int { size.nr }

  /// Makes a tile.
  public init(
    size: TileSize, computeTile: @escaping ComputeTile, computeShortTile: @escaping ComputeTile
  ) {
    self.size = size
    self.computeTile = computeTile
    self.computeShortTile = computeShortTile
  }
}

/// Computes `C[r][j] (+)= Σ_q Σ_k A[r][q·stride + k] · B[q·length + k][j]` for the tile's rows r,
/// `mr` or `shortRows` of them, and `j < nr`.
///
/// Every row of A is `count` runs of `length` contiguous floats, `stride` apart: with maps in NHWC
/// order that is a convolution's window, and nothing of A needs to be packed. `k` is summed in
/// ascending order, starting from C where `accumulate` says so; AMX sums sixteen words of a run at a time before
/// it adds them, so that there the lengths of runs and pieces are part of the result.
///
/// Each parameter is of four words at most, which are passed one by one. Larger structs are passed
/// through memory, which makes a tile of few columns a tenth slower.
public typealias ComputeTile =
  @Sendable (_ rows: TileRows, _ runs: Runs, _ panel: TilePanel, _ result: TileResult) -> Void

/// The rows of A that a tile is made of.
public struct TileRows {
  /// A pointer for each row. `mr` more follow, of rows that later calls will read: they may be
  /// fetched ahead. Any address will do.
  public var pointers: UnsafePointer<Source>
  /// Floats that are added to each pointer.
  public var offset: Int

  /// Names the rows.
  public init(_ pointers: UnsafePointer<Source>, offset: Int) {
    self.pointers = pointers
    self.offset = offset
  }
}

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

/// The panel of B that a tile is made of.
public struct TilePanel {
  /// The first of `count·length` rows of `nr` floats.
  public var first: Source
  /// The part of the panel that later calls will read; as much as an eighth of a panel from there on
  /// may be fetched ahead. Any address will do.
  public var ahead: Source

  /// Names the panel.
  public init(_ first: Source, ahead: Source) {
    self.first = first
    self.ahead = ahead
  }
}

/// The rows of C that a tile is written to.
public struct TileResult {
  /// A pointer for each row.
  public var pointers: UnsafePointer<Destination>
  /// Floats that are added to each pointer.
  public var offset: Int
  /// Whether the sum starts from what C holds.
  public var accumulate: Bool

  /// Names the rows.
  public init(_ pointers: UnsafePointer<Destination>, offset: Int, accumulate: Bool) {
    self.pointers = pointers
    self.offset = offset
    self.accumulate = accumulate
  }
}
