/// The register tiles of six rows, named by their rows and the registers in each, that multiply in one
/// precision.
public struct SixRowTiles: Sendable {
  /// The tile of rows times packed panels that every processor's registers hold.
  public let tile6x2: MatrixTile
  /// The tile of twice the columns, nil but for AVX-512.
  public let tile6x4: MatrixTile?
  /// The tile of a sum of outer products that every processor's registers hold.
  public let outerProductTile6x2: OuterProductTile
  /// The tile of twice the columns, nil but for AVX-512.
  public let outerProductTile6x4: OuterProductTile?

  /// Makes the group.
  public init(
    tile6x2: MatrixTile, tile6x4: MatrixTile?, outerProductTile6x2: OuterProductTile,
    outerProductTile6x4: OuterProductTile?
  ) {
    self.tile6x2 = tile6x2
    self.tile6x4 = tile6x4
    self.outerProductTile6x2 = outerProductTile6x2
    self.outerProductTile6x4 = outerProductTile6x4
  }

  /// Returns the tile with the most columns that leaves no more lanes empty than the other.
  public func tile(columns: Int) -> MatrixTile {
    guard let tile6x4, tile6x4.size.leavesNoMoreEmpty(than: tile6x2.size, columns: columns) else {
      return tile6x2
    }
    return tile6x4
  }

  /// Returns the tile for a sum of outer products of so many columns; of the size of `tile`.
  public func outerProductTile(columns: Int) -> OuterProductTile {
    guard let outerProductTile6x4,
      outerProductTile6x4.size.leavesNoMoreEmpty(than: outerProductTile6x2.size, columns: columns)
    else { return outerProductTile6x2 }
    return outerProductTile6x4
  }
}
