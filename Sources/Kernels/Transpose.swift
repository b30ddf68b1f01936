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
    copy(source, sourceStride, 0, row, wholeEnd, end, target, targetStride)
    copy(source, sourceStride, row, rows, left, end, target, targetStride)
    left = end
  }
}

/// Turns a square of 4 × 4.
@inline(__always)
private func transposeSquare(
  _ source: Source, _ sourceStride: Int, _ target: Destination, _ targetStride: Int
) {
  let top = SIMD8(lowHalf: loadFour(source), highHalf: loadFour(source + sourceStride))
  let bottom = SIMD8(
    lowHalf: loadFour(source + 2 &* sourceStride), highHalf: loadFour(source + 3 &* sourceStride))
  let even = SIMD8(lowHalf: top.evenHalf, highHalf: bottom.evenHalf)
  let odd = SIMD8(lowHalf: top.oddHalf, highHalf: bottom.oddHalf)
  storeFour(even.evenHalf, target)
  storeFour(odd.evenHalf, target + targetStride)
  storeFour(even.oddHalf, target + 2 &* targetStride)
  storeFour(odd.oddHalf, target + 3 &* targetStride)
}

@inline(__always)
private func loadFour(_ p: Source) -> SIMD4<Float> {
  UnsafeRawPointer(p).loadUnaligned(as: SIMD4<Float>.self)
}

@inline(__always)
private func storeFour(_ v: SIMD4<Float>, _ p: Destination) {
  UnsafeMutableRawPointer(p).storeBytes(of: v, as: SIMD4<Float>.self)
}

/// Turns what squares leave over.
@inline(__always)
private func copy(
  _ source: Source, _ sourceStride: Int, _ firstRow: Int, _ rows: Int, _ left: Int, _ columns: Int,
  _ target: Destination, _ targetStride: Int
) {
  var row = firstRow
  while row < rows {
    var column = left
    while column < columns {
      target[column &* targetStride &+ row] = source[row &* sourceStride &+ column]
      column &+= 1
    }
    row &+= 1
  }
}
