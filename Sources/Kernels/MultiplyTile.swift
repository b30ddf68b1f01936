import KernelTable

// mr × nr = 6 × 2 registers: twelve accumulators, two of B and one broadcast fill the sixteen
// registers of SSE and AVX, and twelve independent sums hide the multiply-add's latency. AVX-512 has
// thirty-two, and maps have powers of two of tiles: eight rows leave no remainder.

/// Rows of a tile.
#if KERNELS_AVX512
  let mr = 8
#else
  let mr = 6
#endif
/// Columns of a tile.
var nr: Int { 2 &* width }

/// Rows of a short tile. Its eight sums all but hide the multiply-add's latency, and tiles of six
/// rows and of four make up any even number of rows from four on.
let shortRows = 4

/// See `MultiplyTile`.
@Sendable
func multiplyTile(
  _ a: UnsafePointer<Source>, _ aOffset: Int, _ runs: Runs, _ b: Source,
  _ ahead: Source, _ c: UnsafePointer<Destination>, _ cOffset: Int, _ accumulate: Bool
) {
  multiply(a, aOffset, runs, b, ahead, c, cOffset, accumulate, isShort: false)
}

/// See `MultiplyTile`: the first four rows.
@Sendable
func multiplyShortTile(
  _ a: UnsafePointer<Source>, _ aOffset: Int, _ runs: Runs, _ b: Source,
  _ ahead: Source, _ c: UnsafePointer<Destination>, _ cOffset: Int, _ accumulate: Bool
) {
  multiply(a, aOffset, runs, b, ahead, c, cOffset, accumulate, isShort: true)
}

@inline(__always)
private func multiply(
  _ a: UnsafePointer<Source>, _ aOffset: Int, _ runs: Runs, _ b: Source,
  _ ahead: Source, _ c: UnsafePointer<Destination>, _ cOffset: Int, _ accumulate: Bool,
  isShort: Bool
) {
  var a0 = a[0] + aOffset
  var a1 = a[1] + aOffset
  var a2 = a[2] + aOffset
  var a3 = a[3] + aOffset
  var a4 = a[4] + aOffset
  var a5 = a[5] + aOffset
  #if KERNELS_AVX512
    var a6 = a[6] + aOffset
    var a7 = a[7] + aOffset
  #endif
  var tile = Tile()
  if accumulate { tile.load(c, cOffset, isShort: isShort) }
  var panel = b
  var later = ahead
  var offset = aOffset
  let skip = runs.stride &- runs.length
  var run = runs.count
  while run > 0 {
    var rest = runs.length
    while rest > 0 {
      prefetchRows(a + (isShort ? shortRows : mr), offset)
      prefetchPanel(later)
      later += panelAhead
      var k = min(rest, line)
      offset &+= k
      rest &-= k
      while k > 0 {
        let b0 = loadVector(panel)
        let b1 = loadVector(panel, width)
        if isShort {
          tile.add(a0.pointee, a1.pointee, a2.pointee, a3.pointee, b0, b1)
        } else {
          tile.add(a0.pointee, a1.pointee, a2.pointee, a3.pointee, a4.pointee, a5.pointee, b0, b1)
          #if KERNELS_AVX512
            tile.add(a6.pointee, a7.pointee, b0, b1)
            a6 += 1
            a7 += 1
          #endif
        }
        a0 += 1
        a1 += 1
        a2 += 1
        a3 += 1
        a4 += 1
        a5 += 1
        panel += nr
        k &-= 1
      }
    }
    #if KERNELS_AVX512
      a6 += skip
      a7 += skip
    #endif
    a0 += skip
    a1 += skip
    a2 += skip
    a3 += skip
    a4 += skip
    a5 += skip
    offset &+= skip
    run &-= 1
  }
  tile.store(c, cOffset, isShort: isShort)
}

/// Floats of the next panel that are fetched for each line of A: an eighth of what the panel has.
private var panelAhead: Int { line &* nr / 8 }

/// Asks for a piece of the next panel, which comes from further away than this one.
@inline(__always)
private func prefetchPanel(_ p: Source) {
  var i = 0
  while i < panelAhead {
    prefetchLine(p + i)
    i &+= line
  }
}

/// Asks for a cache line of each row of the next tile, for A comes from further away than B.
@inline(__always)
private func prefetchRows(_ a: UnsafePointer<Source>, _ offset: Int) {
  prefetchLine(a[0] + offset)
  prefetchLine(a[1] + offset)
  prefetchLine(a[2] + offset)
  prefetchLine(a[3] + offset)
  prefetchLine(a[4] + offset)
  prefetchLine(a[5] + offset)
  #if KERNELS_AVX512
    prefetchLine(a[6] + offset)
    prefetchLine(a[7] + offset)
  #endif
}

/// See `MultiplyTransposedTile`.
@Sendable
func multiplyTransposedTile(
  _ a: Source, _ aStrides: GridStrides, _ b: Source, _ bStrides: GridStrides,
  _ ahead: Source, _ aheadStride: Int, _ rows: Int, _ columns: Int, _ c: Destination,
  _ cStride: Int, _ accumulate: Bool
) {
  multiplyTransposed(
    a, aStrides, b, bStrides, ahead, aheadStride, rows, columns, c, cStride, accumulate,
    isShort: false)
}

/// See `MultiplyTransposedTile`: the first four rows.
@Sendable
func multiplyTransposedShortTile(
  _ a: Source, _ aStrides: GridStrides, _ b: Source, _ bStrides: GridStrides,
  _ ahead: Source, _ aheadStride: Int, _ rows: Int, _ columns: Int, _ c: Destination,
  _ cStride: Int, _ accumulate: Bool
) {
  multiplyTransposed(
    a, aStrides, b, bStrides, ahead, aheadStride, rows, columns, c, cStride, accumulate,
    isShort: true)
}

@inline(__always)
private func multiplyTransposed(
  _ a: Source, _ aStrides: GridStrides, _ b: Source, _ bStrides: GridStrides,
  _ ahead: Source, _ aheadStride: Int, _ rows: Int, _ columns: Int, _ c: Destination,
  _ cStride: Int, _ accumulate: Bool, isShort: Bool
) {
  var tile = Tile()
  if accumulate { tile.load(c, stride: cStride, isShort: isShort) }
  var later = ahead
  var y = 0
  while y < rows {
    var p = a + y &* aStrides.row
    var q = b + y &* bStrides.row
    var x = columns
    while x > 0 {
      let b0 = loadVector(q)
      let b1 = loadVector(q, width)
      if isShort {
        tile.add(p[0], p[1], p[2], p[3], b0, b1)
      } else {
        tile.add(p[0], p[1], p[2], p[3], p[4], p[5], b0, b1)
        #if KERNELS_AVX512
          tile.add(p[6], p[7], b0, b1)
        #endif
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
