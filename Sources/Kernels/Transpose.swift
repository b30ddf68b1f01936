import KernelTable

/// Columns that are turned before the next ones: the lines that they are written to stay in the
/// first-level cache until they are full.
private let columnsPerPass = 16

/// See `Transpose`.
@Sendable
func transpose(
  _ source: Source, _ sourceStride: Int, _ rows: Int, _ columns: Int, _ target: Destination,
  _ targetStride: Int
) {
  var left = 0
  while left < columns {
    let end = min(columns, left &+ columnsPerPass)
    let wholeEnd = left &+ (end &- left) / 4 &* 4
    var row = 0
    while row &+ 4 <= rows {
      var column = left
      while column < wholeEnd {
        transposeSquare(
          source + (row &* sourceStride &+ column), sourceStride,
          target + (column &* targetStride &+ row), targetStride)
        column &+= 4
      }
      row &+= 4
    }
    transposeRest(source, sourceStride, 0, row, wholeEnd, end, target, targetStride)
    transposeRest(source, sourceStride, row, rows, left, end, target, targetStride)
    left = end
  }
}

/// Turns a square of 4 × 4.
@inline(__always)
private func transposeSquare(
  _ source: Source, _ sourceStride: Int, _ target: Destination, _ targetStride: Int
) {
  let top = SIMD8(lowHalf: loadQuarter(source), highHalf: loadQuarter(source + sourceStride))
  let bottom = SIMD8(
    lowHalf: loadQuarter(source + 2 &* sourceStride),
    highHalf: loadQuarter(source + 3 &* sourceStride))
  let even = SIMD8(lowHalf: top.evenHalf, highHalf: bottom.evenHalf)
  let odd = SIMD8(lowHalf: top.oddHalf, highHalf: bottom.oddHalf)
  storeQuarter(even.evenHalf, target)
  storeQuarter(odd.evenHalf, target + targetStride)
  storeQuarter(even.oddHalf, target + 2 &* targetStride)
  storeQuarter(odd.oddHalf, target + 3 &* targetStride)
}

@inline(__always)
private func loadQuarter(_ p: Source) -> SIMD4<Float> {
  UnsafeRawPointer(p).loadUnaligned(as: SIMD4<Float>.self)
}

@inline(__always)
private func storeQuarter(_ v: SIMD4<Float>, _ p: Destination) {
  UnsafeMutableRawPointer(p).storeBytes(of: v, as: SIMD4<Float>.self)
}

/// Turns what squares leave over.
@inline(__always)
private func transposeRest(
  _ source: Source, _ sourceStride: Int, _ firstRow: Int, _ endRow: Int, _ firstColumn: Int,
  _ endColumn: Int, _ target: Destination, _ targetStride: Int
) {
  var row = firstRow
  while row < endRow {
    var column = firstColumn
    while column < endColumn {
      target[column &* targetStride &+ row] = source[row &* sourceStride &+ column]
      column &+= 1
    }
    row &+= 1
  }
}
