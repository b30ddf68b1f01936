import KernelTable

/// See `ComputeTile`: six rows of two registers.
@Sendable
func computeTile6x2(_ rows: TileRows, _ runs: Runs, _ panel: TilePanel, _ result: TileResult) {
  computeTile(TwoRegisters<SinglePrecision>.self, rows, runs, panel, result, isShort: false)
}

/// See `ComputeTile`: four rows of two registers.
@Sendable
func computeTile4x2(_ rows: TileRows, _ runs: Runs, _ panel: TilePanel, _ result: TileResult) {
  computeTile(TwoRegisters<SinglePrecision>.self, rows, runs, panel, result, isShort: true)
}

#if KERNELS_AVX512
  /// See `ComputeTile`: six rows of four registers.
  @Sendable
  func computeTile6x4(_ rows: TileRows, _ runs: Runs, _ panel: TilePanel, _ result: TileResult) {
    computeTile(FourRegisters<SinglePrecision>.self, rows, runs, panel, result, isShort: false)
  }

  /// See `ComputeTile`: four rows of four registers.
  @Sendable
  func computeTile4x4(_ rows: TileRows, _ runs: Runs, _ panel: TilePanel, _ result: TileResult) {
    computeTile(FourRegisters<SinglePrecision>.self, rows, runs, panel, result, isShort: true)
  }
#endif

/// See `ComputeTile`: `mr` rows, or `shortRows`, of the registers of `Row`.
@inline(__always)
func computeTile<Row: Registers>(
  _: Row.Type, _ rows: TileRows, _ runs: Runs, _ panel: TilePanel, _ result: TileResult,
  isShort: Bool
) {
  let (a, aOffset, c, cOffset) = (rows.pointers, rows.offset, result.pointers, result.offset)
  var a0 = a[0] + aOffset
  var a1 = a[1] + aOffset
  var a2 = a[2] + aOffset
  var a3 = a[3] + aOffset
  var a4 = a[4] + aOffset
  var a5 = a[5] + aOffset
  var tile = Tile<Row>()
  if result.accumulate { tile.load(c, cOffset, isShort: isShort) }
  var b = panel.first
  var later = panel.ahead
  var offset = aOffset
  let nr = Row.count &* width
  let skip = runs.stride &- runs.length
  var run = runs.count
  while run > 0 {
    var rest = runs.length
    while rest > 0 {
      prefetchRows(a + (isShort ? shortRows : mr), offset)
      // For each line of A, an eighth of what the panel has for it.
      prefetchPanel(later, line &* nr / 8)
      later += line &* nr / 8
      var k = min(rest, line)
      offset &+= k
      rest &-= k
      while k > 0 {
        let row = Row(from: b)
        if isShort {
          tile.add(a0.pointee, a1.pointee, a2.pointee, a3.pointee, row)
        } else {
          tile.add(a0.pointee, a1.pointee, a2.pointee, a3.pointee, a4.pointee, a5.pointee, row)
        }
        a0 += 1
        a1 += 1
        a2 += 1
        a3 += 1
        a4 += 1
        a5 += 1
        b += nr
        k &-= 1
      }
    }
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

/// Asks for some floats of the next panel, which comes from further away than this one.
@inline(__always)
private func prefetchPanel(_ p: Source, _ count: Int) {
  var i = 0
  while i < count {
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
}
