/// The register tiles of matrix products that multiply in one precision.
public struct ProductTiles: Sendable {
  /// The tile of rows times packed panels that the variant's registers hold in any case.
  public let narrow: MatrixTile
  /// The tile of twice the columns, nil where the registers do not hold it.
  public let wide: MatrixTile?
  /// The tile of a sum of outer products that they hold in any case.
  public let narrowOuterProduct: OuterProductTile
  /// The tile of twice the columns, nil where the registers do not hold it.
  public let wideOuterProduct: OuterProductTile?

  /// Makes the group.
  public init(
    narrow: MatrixTile, wide: MatrixTile?, narrowOuterProduct: OuterProductTile,
    wideOuterProduct: OuterProductTile?
  ) {
    self.narrow = narrow
    self.wide = wide
    self.narrowOuterProduct = narrowOuterProduct
    self.wideOuterProduct = wideOuterProduct
  }

  /// Returns the tile with the most columns that leaves no more lanes empty than the other.
  public func tile(columns: Int) -> MatrixTile {
    guard let wide, wide.size.leavesNoMoreEmpty(than: narrow.size, columns: columns) else {
      return narrow
    }
    return wide
  }

  /// Returns the tile for a sum of outer products of so many columns, by the same rule.
  public func outerProductTile(columns: Int) -> OuterProductTile {
    guard let wideOuterProduct,
      wideOuterProduct.size.leavesNoMoreEmpty(than: narrowOuterProduct.size, columns: columns)
    else { return narrowOuterProduct }
    return wideOuterProduct
  }
}
