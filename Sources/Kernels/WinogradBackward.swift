import KernelTable

// Two-dimensional transforms of the 25 planes: along the rows of every column first, then along the
// columns of every row of that result.

/// Loads five planes of one register of channels.
@inline(__always)
private func loadPlanes(_ p: Source, _ stride: Int, _ lanes: Int) -> Five {
  Five(
    a: loadLanes(p, lanes), b: loadLanes(p + stride, lanes), c: loadLanes(p + 2 &* stride, lanes),
    d: loadLanes(p + 3 &* stride, lanes), e: loadLanes(p + 4 &* stride, lanes))
}

/// Stores four neighbouring points of one register of channels.
@inline(__always)
private func storeFour(_ v: Four, _ p: UnsafePointer<Destination>, _ c: Int, _ lanes: Int) {
  storeLanes(v.a, p[0] + c, lanes)
  storeLanes(v.b, p[1] + c, lanes)
  storeLanes(v.c, p[2] + c, lanes)
  storeLanes(v.d, p[3] + c, lanes)
}

/// Asks for the cache lines of `count` points from channel c on, once for each line.
@inline(__always)
private func prefetchToWrite(_ points: UnsafePointer<Destination>, _ count: Int, _ c: Int) {
  guard c & (line &- 1) == 0 else { return }
  var i = 0
  while i < count {
    prefetchLineToWrite(points[i] + c)
    i &+= 1
  }
}

/// Makes 4 × 4 points; see `WinogradBackward`.
@inline(__always)
func transformSmallResult<Points: InterpolationPoints>(
  _: Points.Type, _ planes: Source, _ planeStride: Int, _ channels: Int,
  _ points: UnsafePointer<Destination>,
  _ next: UnsafePointer<Destination>
) {
  forEachRegister(channels) { c, lanes in
    prefetchToWrite(next, 16, c)
    let p = planes + c
    let row = 5 &* planeStride
    let c0 = Points.transformSmallResult(loadPlanes(p, row, lanes))
    let c1 = Points.transformSmallResult(loadPlanes(p + planeStride, row, lanes))
    let c2 = Points.transformSmallResult(loadPlanes(p + 2 &* planeStride, row, lanes))
    let c3 = Points.transformSmallResult(loadPlanes(p + 3 &* planeStride, row, lanes))
    let c4 = Points.transformSmallResult(loadPlanes(p + 4 &* planeStride, row, lanes))
    storeFour(
      Points.transformSmallResult(Five(a: c0.a, b: c1.a, c: c2.a, d: c3.a, e: c4.a)), points, c,
      lanes)
    storeFour(
      Points.transformSmallResult(Five(a: c0.b, b: c1.b, c: c2.b, d: c3.b, e: c4.b)), points + 4, c,
      lanes)
    storeFour(
      Points.transformSmallResult(Five(a: c0.c, b: c1.c, c: c2.c, d: c3.c, e: c4.c)), points + 8, c,
      lanes)
    storeFour(
      Points.transformSmallResult(Five(a: c0.d, b: c1.d, c: c2.d, d: c3.d, e: c4.d)), points + 12,
      c, lanes
    )
  }
}

/// Makes 5 × 5 points, which overlap; see `WinogradOverlappingBackward`.
@inline(__always)
func transformLargeResult<Points: InterpolationPoints>(
  _: Points.Type, _ planes: Source, _ planeStride: Int, _ channels: Int,
  _ earlier: UnsafePointer<Source>,
  _ points: UnsafePointer<Destination>, _ next: UnsafePointer<Destination>
) {
  forEachRegister(channels) { c, lanes in
    prefetchToWrite(next, 25, c)
    let p = planes + c
    let row = 5 &* planeStride
    let c0 = Points.transformLargeResult(loadPlanes(p, row, lanes))
    let c1 = Points.transformLargeResult(loadPlanes(p + planeStride, row, lanes))
    let c2 = Points.transformLargeResult(loadPlanes(p + 2 &* planeStride, row, lanes))
    let c3 = Points.transformLargeResult(loadPlanes(p + 3 &* planeStride, row, lanes))
    let c4 = Points.transformLargeResult(loadPlanes(p + 4 &* planeStride, row, lanes))
    let r0 = Points.transformLargeResult(Five(a: c0.a, b: c1.a, c: c2.a, d: c3.a, e: c4.a))
    storeLanes(r0.a + loadLanes(earlier[0] + c, lanes), points[0] + c, lanes)
    storeLanes(r0.b + loadLanes(earlier[1] + c, lanes), points[1] + c, lanes)
    storeLanes(r0.c + loadLanes(earlier[2] + c, lanes), points[2] + c, lanes)
    storeLanes(r0.d + loadLanes(earlier[3] + c, lanes), points[3] + c, lanes)
    storeLanes(r0.e + loadLanes(earlier[4] + c, lanes), points[4] + c, lanes)
    storeRow(
      Points.transformLargeResult(Five(a: c0.b, b: c1.b, c: c2.b, d: c3.b, e: c4.b)), earlier[5],
      points + 5, c, lanes)
    storeRow(
      Points.transformLargeResult(Five(a: c0.c, b: c1.c, c: c2.c, d: c3.c, e: c4.c)), earlier[6],
      points + 10, c, lanes)
    storeRow(
      Points.transformLargeResult(Five(a: c0.d, b: c1.d, c: c2.d, d: c3.d, e: c4.d)), earlier[7],
      points + 15, c, lanes)
    storeRow(
      Points.transformLargeResult(Five(a: c0.e, b: c1.e, c: c2.e, d: c3.e, e: c4.e)), earlier[8],
      points + 20, c, lanes)
  }
}

/// Stores five neighbouring points, the first of them added to its sum so far.
@inline(__always)
private func storeRow(
  _ v: Five, _ earlier: Source, _ p: UnsafePointer<Destination>, _ c: Int, _ lanes: Int
) {
  storeLanes(v.a + loadLanes(earlier + c, lanes), p[0] + c, lanes)
  storeLanes(v.b, p[1] + c, lanes)
  storeLanes(v.c, p[2] + c, lanes)
  storeLanes(v.d, p[3] + c, lanes)
  storeLanes(v.e, p[4] + c, lanes)
}

/// Makes 2 × 2 taps; see `WinogradTapsBackward`.
@inline(__always)
func transformTapsResult<Points: InterpolationPoints>(
  _: Points.Type, _ planes: Source, _ planeStride: Int, _ channels: Int,
  _ taps: UnsafePointer<Destination>
) {
  forEachRegister(channels) { c, lanes in
    let p = planes + c
    let row = 5 &* planeStride
    let c0 = Points.transformTapsResult(loadPlanes(p, row, lanes))
    let c1 = Points.transformTapsResult(loadPlanes(p + planeStride, row, lanes))
    let c2 = Points.transformTapsResult(loadPlanes(p + 2 &* planeStride, row, lanes))
    let c3 = Points.transformTapsResult(loadPlanes(p + 3 &* planeStride, row, lanes))
    let c4 = Points.transformTapsResult(loadPlanes(p + 4 &* planeStride, row, lanes))
    let top = Points.transformTapsResult(Five(a: c0.a, b: c1.a, c: c2.a, d: c3.a, e: c4.a))
    let bottom = Points.transformTapsResult(Five(a: c0.b, b: c1.b, c: c2.b, d: c3.b, e: c4.b))
    addLanes(top.a, taps[0] + c, lanes)
    addLanes(top.b, taps[1] + c, lanes)
    addLanes(bottom.a, taps[2] + c, lanes)
    addLanes(bottom.b, taps[3] + c, lanes)
  }
}

/// Adds a register, or its first lanes, to memory.
@inline(__always)
private func addLanes(_ v: Vector, _ p: Destination, _ lanes: Int) {
  storeLanes(loadLanes(p, lanes) + v, p, lanes)
}
