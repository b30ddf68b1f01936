/// The rows and columns of a product that a kernel keeps in registers.
public struct TileSize: Sendable, Equatable {
  /// Rows of a tile.
  public let mr: Int
  /// Columns of a tile, and the width of a packed panel.
  public let nr: Int
  /// Rows of a short tile; 0 where all tiles are whole.
  public let shortRows: Int

  /// Describes a tile.
  public init(mr: Int, nr: Int, shortRows: Int = 0) {
    self.mr = mr
    self.nr = nr
    self.shortRows = shortRows
  }

  /// Says whether a short tile is next where so many rows are left: the last of them, or one of two
  /// that take what a whole tile and a short one would overshoot.
  public func isShort(rows left: Int) -> Bool {
    left <= shortRows || (left > mr && left <= 2 * shortRows)
  }

  /// Returns columns rounded up to whole tiles.
  func padded(columns: Int) -> Int { (columns + nr - 1) / nr * nr }

  /// Says whether whole tiles of this size have as few lanes that no column fills as another's.
  func leavesNoMoreEmpty(than other: TileSize, columns: Int) -> Bool {
    padded(columns: columns) <= other.padded(columns: columns)
  }
}
