import KernelTable

/// See `MultiplyTile`: a wide tile.
@Sendable
func multiplyTile(
  _ a: UnsafePointer<Source>, _ aOffset: Int, _ runs: Runs, _ b: Source,
  _ ahead: Source, _ c: UnsafePointer<Destination>, _ cOffset: Int, _ accumulate: Bool
) {
  multiply(TwoRegisters.self, a, aOffset, runs, b, ahead, c, cOffset, accumulate, isShort: false)
}

/// See `MultiplyTile`: the first four rows of a wide tile.
@Sendable
func multiplyShortTile(
  _ a: UnsafePointer<Source>, _ aOffset: Int, _ runs: Runs, _ b: Source,
  _ ahead: Source, _ c: UnsafePointer<Destination>, _ cOffset: Int, _ accumulate: Bool
) {
  multiply(TwoRegisters.self, a, aOffset, runs, b, ahead, c, cOffset, accumulate, isShort: true)
}

/// See `MultiplyTile`: a broad tile.
@Sendable
func multiplyBroadTile(
  _ a: UnsafePointer<Source>, _ aOffset: Int, _ runs: Runs, _ b: Source,
  _ ahead: Source, _ c: UnsafePointer<Destination>, _ cOffset: Int, _ accumulate: Bool
) {
  multiply(BroadRow.self, a, aOffset, runs, b, ahead, c, cOffset, accumulate, isShort: false)
}

/// See `MultiplyTile`: the first four rows of a broad tile.
@Sendable
func multiplyBroadShortTile(
  _ a: UnsafePointer<Source>, _ aOffset: Int, _ runs: Runs, _ b: Source,
  _ ahead: Source, _ c: UnsafePointer<Destination>, _ cOffset: Int, _ accumulate: Bool
) {
  multiply(BroadRow.self, a, aOffset, runs, b, ahead, c, cOffset, accumulate, isShort: true)
}

@inline(__always)
private func multiply<Row: Registers>(
  _: Row.Type, _ a: UnsafePointer<Source>, _ aOffset: Int, _ runs: Runs, _ b: Source,
  _ ahead: Source, _ c: UnsafePointer<Destination>, _ cOffset: Int, _ accumulate: Bool,
  isShort: Bool
) {
  var a0 = a[0] + aOffset
  var a1 = a[1] + aOffset
  var a2 = a[2] + aOffset
  var a3 = a[3] + aOffset
  var a4 = a[4] + aOffset
  var a5 = a[5] + aOffset
  var tile = Tile<Row>()
  if accumulate { tile.load(c, cOffset, isShort: isShort) }
  var panel = b
  var later = ahead
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
        let row = Row(from: panel)
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
        panel += nr
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
