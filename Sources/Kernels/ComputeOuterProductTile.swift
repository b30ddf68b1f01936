import KernelTable

/// See `ComputeOuterProductTile`: six rows of two registers.
@Sendable
func computeOuterProductTile6x2(
  _ a: GridFactor, _ b: GridFactor, _ ahead: GridAhead, _ size: GridSize, _ result: GridResult
) {
  computeOuterProductTile(
    TwoRegisters<SinglePrecision>.self, a, b, ahead, size, result, isShort: false)
}

/// See `ComputeOuterProductTile`: four rows of two registers.
@Sendable
func computeOuterProductTile4x2(
  _ a: GridFactor, _ b: GridFactor, _ ahead: GridAhead, _ size: GridSize, _ result: GridResult
) {
  computeOuterProductTile(
    TwoRegisters<SinglePrecision>.self, a, b, ahead, size, result, isShort: true)
}

#if KERNELS_AVX512
  /// See `ComputeOuterProductTile`: six rows of four registers.
  @Sendable
  func computeOuterProductTile6x4(
    _ a: GridFactor, _ b: GridFactor, _ ahead: GridAhead, _ size: GridSize, _ result: GridResult
  ) {
    computeOuterProductTile(
      FourRegisters<SinglePrecision>.self, a, b, ahead, size, result, isShort: false)
  }

  /// See `ComputeOuterProductTile`: four rows of four registers.
  @Sendable
  func computeOuterProductTile4x4(
    _ a: GridFactor, _ b: GridFactor, _ ahead: GridAhead, _ size: GridSize, _ result: GridResult
  ) {
    computeOuterProductTile(
      FourRegisters<SinglePrecision>.self, a, b, ahead, size, result, isShort: true)
  }
#endif

/// See `ComputeOuterProductTile`: `mr` rows, or `shortRows`, of the registers of `Row`.
@inline(__always)
func computeOuterProductTile<Row: Registers>(
  _: Row.Type, _ a: GridFactor, _ b: GridFactor, _ ahead: GridAhead, _ size: GridSize,
  _ result: GridResult, isShort: Bool
) {
  var tile = Tile<Row>()
  if result.accumulate { tile.load(result.first, stride: result.stride, isShort: isShort) }
  var later = ahead.first
  var y = 0
  while y < size.rows {
    var p = a.first + y &* a.strides.row
    var q = b.first + y &* b.strides.row
    var x = size.columns
    while x > 0 {
      let row = Row(from: q)
      if isShort {
        tile.add(p[0], p[1], p[2], p[3], row)
      } else {
        tile.add(p[0], p[1], p[2], p[3], p[4], p[5], row)
      }
      prefetchLine(later)
      p += a.strides.column
      q += b.strides.column
      later += ahead.stride
      x &-= 1
    }
    y &+= 1
  }
  tile.store(result.first, stride: result.stride, isShort: isShort)
}
