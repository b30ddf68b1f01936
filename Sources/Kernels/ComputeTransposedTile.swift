import KernelTable

/// See `MultiplyTransposedTile`: a wide tile.
@Sendable
func multiplyTransposedTile(
  _ a: Source, _ aStrides: GridStrides, _ b: Source, _ bStrides: GridStrides,
  _ ahead: Source, _ aheadStride: Int, _ rows: Int, _ columns: Int, _ c: Destination,
  _ cStride: Int, _ accumulate: Bool
) {
  multiplyTransposed(
    TwoRegisters.self, a, aStrides, b, bStrides, ahead, aheadStride, rows, columns, c, cStride,
    accumulate, isShort: false)
}

/// See `MultiplyTransposedTile`: the first four rows of a wide tile.
@Sendable
func multiplyTransposedShortTile(
  _ a: Source, _ aStrides: GridStrides, _ b: Source, _ bStrides: GridStrides,
  _ ahead: Source, _ aheadStride: Int, _ rows: Int, _ columns: Int, _ c: Destination,
  _ cStride: Int, _ accumulate: Bool
) {
  multiplyTransposed(
    TwoRegisters.self, a, aStrides, b, bStrides, ahead, aheadStride, rows, columns, c, cStride,
    accumulate, isShort: true)
}

/// See `MultiplyTransposedTile`: a broad tile.
@Sendable
func multiplyTransposedBroadTile(
  _ a: Source, _ aStrides: GridStrides, _ b: Source, _ bStrides: GridStrides,
  _ ahead: Source, _ aheadStride: Int, _ rows: Int, _ columns: Int, _ c: Destination,
  _ cStride: Int, _ accumulate: Bool
) {
  multiplyTransposed(
    BroadRow.self, a, aStrides, b, bStrides, ahead, aheadStride, rows, columns, c, cStride,
    accumulate, isShort: false)
}

/// See `MultiplyTransposedTile`: the first four rows of a broad tile.
@Sendable
func multiplyTransposedBroadShortTile(
  _ a: Source, _ aStrides: GridStrides, _ b: Source, _ bStrides: GridStrides,
  _ ahead: Source, _ aheadStride: Int, _ rows: Int, _ columns: Int, _ c: Destination,
  _ cStride: Int, _ accumulate: Bool
) {
  multiplyTransposed(
    BroadRow.self, a, aStrides, b, bStrides, ahead, aheadStride, rows, columns, c, cStride,
    accumulate, isShort: true)
}

@inline(__always)
private func multiplyTransposed<Row: Registers>(
  _: Row.Type, _ a: Source, _ aStrides: GridStrides, _ b: Source, _ bStrides: GridStrides,
  _ ahead: Source, _ aheadStride: Int, _ rows: Int, _ columns: Int, _ c: Destination,
  _ cStride: Int, _ accumulate: Bool, isShort: Bool
) {
  var tile = Tile<Row>()
  if accumulate { tile.load(c, stride: cStride, isShort: isShort) }
  var later = ahead
  var y = 0
  while y < rows {
    var p = a + y &* aStrides.row
    var q = b + y &* bStrides.row
    var x = columns
    while x > 0 {
      let row = Row(from: q)
      if isShort {
        tile.add(p[0], p[1], p[2], p[3], row)
      } else {
        tile.add(p[0], p[1], p[2], p[3], p[4], p[5], row)
      }
      prefetchLine(later)
      p += aStrides.column
      q += bStrides.column
      later += aheadStride
      x &-= 1
    }
    y &+= 1
  }
  tile.store(c, stride: cStride, isShort: isShort)
}
