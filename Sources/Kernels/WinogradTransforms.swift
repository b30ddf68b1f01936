import KernelTable

// Two-dimensional transforms: along the columns of every row first, then along the rows of every
// column of that result.

/// Runs the body for every register of channels, then for the lanes that are left.
@inline(__always)
private func forEachRegister(_ channels: Int, _ body: (_ channel: Int, _ lanes: Int) -> Void) {
  var c = 0
  while c &+ width <= channels {
    body(c, width)
    c &+= width
  }
  if c < channels { body(c, channels &- c) }
}

/// Loads five neighbouring points of one register of channels.
@inline(__always)
private func loadFive(_ p: UnsafePointer<Source>, _ c: Int, _ lanes: Int) -> Five {
  Five(
    a: loadLanes(p[0] + c, lanes), b: loadLanes(p[1] + c, lanes), c: loadLanes(p[2] + c, lanes),
    d: loadLanes(p[3] + c, lanes), e: loadLanes(p[4] + c, lanes))
}

/// Loads four neighbouring points of one register of channels.
@inline(__always)
private func loadFour(_ p: UnsafePointer<Source>, _ c: Int, _ lanes: Int) -> Four {
  Four(
    a: loadLanes(p[0] + c, lanes), b: loadLanes(p[1] + c, lanes), c: loadLanes(p[2] + c, lanes),
    d: loadLanes(p[3] + c, lanes))
}

/// Loads five planes of one register of channels.
@inline(__always)
private func loadPlanes(_ p: Source, _ stride: Int, _ lanes: Int) -> Five {
  Five(
    a: loadLanes(p, lanes), b: loadLanes(p + stride, lanes), c: loadLanes(p + 2 &* stride, lanes),
    d: loadLanes(p + 3 &* stride, lanes), e: loadLanes(p + 4 &* stride, lanes))
}

/// Stores five planes of one register of channels.
@inline(__always)
private func storePlanes(_ v: Five, _ p: Destination, _ stride: Int, _ lanes: Int) {
  storeLanes(v.a, p, lanes)
  storeLanes(v.b, p + stride, lanes)
  storeLanes(v.c, p + 2 &* stride, lanes)
  storeLanes(v.d, p + 3 &* stride, lanes)
  storeLanes(v.e, p + 4 &* stride, lanes)
}

/// See `WinogradKernels.input`.
@Sendable
func winogradInput(
  _ points: UnsafePointer<Source>, _ channels: Int, _ planes: Destination, _ planeStride: Int
) {
  forEachRegister(channels) { c, lanes in
    let r0 = transformInput(loadFive(points, c, lanes))
    let r1 = transformInput(loadFive(points + 5, c, lanes))
    let r2 = transformInput(loadFive(points + 10, c, lanes))
    let r3 = transformInput(loadFive(points + 15, c, lanes))
    let r4 = transformInput(loadFive(points + 20, c, lanes))
    let p = planes + c
    let row = 5 &* planeStride
    storePlanes(transformInput(Five(a: r0.a, b: r1.a, c: r2.a, d: r3.a, e: r4.a)), p, row, lanes)
    storePlanes(
      transformInput(Five(a: r0.b, b: r1.b, c: r2.b, d: r3.b, e: r4.b)), p + planeStride, row, lanes
    )
    storePlanes(
      transformInput(Five(a: r0.c, b: r1.c, c: r2.c, d: r3.c, e: r4.c)), p + 2 &* planeStride, row,
      lanes)
    storePlanes(
      transformInput(Five(a: r0.d, b: r1.d, c: r2.d, d: r3.d, e: r4.d)), p + 3 &* planeStride, row,
      lanes)
    storePlanes(
      transformInput(Five(a: r0.e, b: r1.e, c: r2.e, d: r3.e, e: r4.e)), p + 4 &* planeStride, row,
      lanes)
  }
}

/// See `WinogradKernels.gradient`.
@Sendable
func winogradGradient(
  _ points: UnsafePointer<Source>, _ channels: Int, _ planes: Destination, _ planeStride: Int
) {
  forEachRegister(channels) { c, lanes in
    let r0 = transformGradient(loadFour(points, c, lanes))
    let r1 = transformGradient(loadFour(points + 4, c, lanes))
    let r2 = transformGradient(loadFour(points + 8, c, lanes))
    let r3 = transformGradient(loadFour(points + 12, c, lanes))
    let p = planes + c
    let row = 5 &* planeStride
    storePlanes(transformGradient(Four(a: r0.a, b: r1.a, c: r2.a, d: r3.a)), p, row, lanes)
    storePlanes(
      transformGradient(Four(a: r0.b, b: r1.b, c: r2.b, d: r3.b)), p + planeStride, row, lanes)
    storePlanes(
      transformGradient(Four(a: r0.c, b: r1.c, c: r2.c, d: r3.c)), p + 2 &* planeStride, row, lanes)
    storePlanes(
      transformGradient(Four(a: r0.d, b: r1.d, c: r2.d, d: r3.d)), p + 3 &* planeStride, row, lanes)
    storePlanes(
      transformGradient(Four(a: r0.e, b: r1.e, c: r2.e, d: r3.e)), p + 4 &* planeStride, row, lanes)
  }
}

/// See `WinogradKernels.filter`.
@Sendable
func winogradFilter(
  _ points: UnsafePointer<Source>, _ channels: Int, _ planes: Destination, _ planeStride: Int
) {
  forEachRegister(channels) { c, lanes in
    let r0 = transformFilter(
      Pair(a: loadLanes(points[0] + c, lanes), b: loadLanes(points[1] + c, lanes)))
    let r1 = transformFilter(
      Pair(a: loadLanes(points[2] + c, lanes), b: loadLanes(points[3] + c, lanes)))
    let p = planes + c
    let row = 5 &* planeStride
    storePlanes(transformFilter(Pair(a: r0.a, b: r1.a)), p, row, lanes)
    storePlanes(transformFilter(Pair(a: r0.b, b: r1.b)), p + planeStride, row, lanes)
    storePlanes(transformFilter(Pair(a: r0.c, b: r1.c)), p + 2 &* planeStride, row, lanes)
    storePlanes(transformFilter(Pair(a: r0.d, b: r1.d)), p + 3 &* planeStride, row, lanes)
    storePlanes(transformFilter(Pair(a: r0.e, b: r1.e)), p + 4 &* planeStride, row, lanes)
  }
}

/// See `WinogradKernels.output`.
@Sendable
func winogradOutput(
  _ planes: Source, _ planeStride: Int, _ channels: Int, _ points: UnsafePointer<Destination>
) {
  forEachRegister(channels) { c, lanes in
    let p = planes + c
    let row = 5 &* planeStride
    let c0 = transformOutput(loadPlanes(p, row, lanes))
    let c1 = transformOutput(loadPlanes(p + planeStride, row, lanes))
    let c2 = transformOutput(loadPlanes(p + 2 &* planeStride, row, lanes))
    let c3 = transformOutput(loadPlanes(p + 3 &* planeStride, row, lanes))
    let c4 = transformOutput(loadPlanes(p + 4 &* planeStride, row, lanes))
    storeFour(
      transformOutput(Five(a: c0.a, b: c1.a, c: c2.a, d: c3.a, e: c4.a)), points, c, lanes)
    storeFour(
      transformOutput(Five(a: c0.b, b: c1.b, c: c2.b, d: c3.b, e: c4.b)), points + 4, c, lanes)
    storeFour(
      transformOutput(Five(a: c0.c, b: c1.c, c: c2.c, d: c3.c, e: c4.c)), points + 8, c, lanes)
    storeFour(
      transformOutput(Five(a: c0.d, b: c1.d, c: c2.d, d: c3.d, e: c4.d)), points + 12, c, lanes)
  }
}

/// Stores four neighbouring points of one register of channels.
@inline(__always)
private func storeFour(_ v: Four, _ p: UnsafePointer<Destination>, _ c: Int, _ lanes: Int) {
  storeLanes(v.a, p[0] + c, lanes)
  storeLanes(v.b, p[1] + c, lanes)
  storeLanes(v.c, p[2] + c, lanes)
  storeLanes(v.d, p[3] + c, lanes)
}

/// See `WinogradKernels.filterGradient`.
@Sendable
func winogradFilterGradient(
  _ planes: Source, _ planeStride: Int, _ channels: Int, _ points: UnsafePointer<Destination>
) {
  forEachRegister(channels) { c, lanes in
    let p = planes + c
    let row = 5 &* planeStride
    let c0 = transformFilterGradient(loadPlanes(p, row, lanes))
    let c1 = transformFilterGradient(loadPlanes(p + planeStride, row, lanes))
    let c2 = transformFilterGradient(loadPlanes(p + 2 &* planeStride, row, lanes))
    let c3 = transformFilterGradient(loadPlanes(p + 3 &* planeStride, row, lanes))
    let c4 = transformFilterGradient(loadPlanes(p + 4 &* planeStride, row, lanes))
    let top = transformFilterGradient(Five(a: c0.a, b: c1.a, c: c2.a, d: c3.a, e: c4.a))
    let bottom = transformFilterGradient(Five(a: c0.b, b: c1.b, c: c2.b, d: c3.b, e: c4.b))
    addLanes(top.a, points[0] + c, lanes)
    addLanes(top.b, points[1] + c, lanes)
    addLanes(bottom.a, points[2] + c, lanes)
    addLanes(bottom.b, points[3] + c, lanes)
  }
}

/// Adds a register, or its first lanes, to memory.
@inline(__always)
private func addLanes(_ v: Vector, _ p: Destination, _ lanes: Int) {
  storeLanes(loadLanes(p, lanes) + v, p, lanes)
}
