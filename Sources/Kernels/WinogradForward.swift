import KernelTable

// Two-dimensional transforms into the 25 planes: along the columns of every row first, then along
// the rows of every column of that result.

/// Asks for the cache lines of `count` points from channel c on, once for each line.
@inline(__always)
private func prefetch(_ points: UnsafePointer<Source>, _ count: Int, _ c: Int) {
  guard c & (line &- 1) == 0 else { return }
  var i = 0
  while i < count {
    prefetchLine(points[i] + c)
    i &+= 1
  }
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

/// How a transform writes a register of channels to a plane.
protocol PlaneWriter {
  /// Returns the word that a channel is written to.
  static func word(_ channel: Int) -> Int

  /// Writes a register, or its first `lanes` values at the end of a run.
  static func write(_ v: Vector, _ p: Destination, _ lanes: Int)
}

/// The writer of Floats.
enum FloatWriter: PlaneWriter {
  @inline(__always)
  static func word(_ channel: Int) -> Int { channel }

  @inline(__always)
  static func write(_ v: Vector, _ p: Destination, _ lanes: Int) { storeLanes(v, p, lanes) }
}

extension PlaneWriter {
  /// Writes five planes of one register of channels.
  @inline(__always)
  fileprivate static func write(_ v: Five, _ p: Destination, _ stride: Int, _ lanes: Int) {
    write(v.a, p, lanes)
    write(v.b, p + stride, lanes)
    write(v.c, p + 2 &* stride, lanes)
    write(v.d, p + 3 &* stride, lanes)
    write(v.e, p + 4 &* stride, lanes)
  }
}

/// Transforms 5 × 5 points; see `WinogradSharedForward`.
@inline(__always)
func transformLarge<Points: InterpolationPoints, Writer: PlaneWriter>(
  _: Points.Type, _: Writer.Type, _ points: UnsafePointer<Source>, _ next: UnsafePointer<Source>,
  _ channels: Int,
  _ planes: Destination, _ planeStride: Int, _ runLength: Int, _ runStride: Int
) {
  forEachRegister(channels, runLength, runStride) { c, offset, lanes in
    prefetch(next, 25, c)
    let r0 = Points.transformLarge(loadFive(points, c, lanes))
    let r1 = Points.transformLarge(loadFive(points + 5, c, lanes))
    let r2 = Points.transformLarge(loadFive(points + 10, c, lanes))
    let r3 = Points.transformLarge(loadFive(points + 15, c, lanes))
    let r4 = Points.transformLarge(loadFive(points + 20, c, lanes))
    let p = planes + Writer.word(offset)
    let row = 5 &* planeStride
    Writer.write(
      Points.transformLarge(Five(a: r0.a, b: r1.a, c: r2.a, d: r3.a, e: r4.a)), p, row, lanes)
    Writer.write(
      Points.transformLarge(Five(a: r0.b, b: r1.b, c: r2.b, d: r3.b, e: r4.b)), p + planeStride,
      row, lanes
    )
    Writer.write(
      Points.transformLarge(Five(a: r0.c, b: r1.c, c: r2.c, d: r3.c, e: r4.c)),
      p + 2 &* planeStride, row,
      lanes)
    Writer.write(
      Points.transformLarge(Five(a: r0.d, b: r1.d, c: r2.d, d: r3.d, e: r4.d)),
      p + 3 &* planeStride, row,
      lanes)
    Writer.write(
      Points.transformLarge(Five(a: r0.e, b: r1.e, c: r2.e, d: r3.e, e: r4.e)),
      p + 4 &* planeStride, row,
      lanes)
  }
}

/// Transforms 4 × 4 points; see `WinogradSharedForward`.
@inline(__always)
func transformSmall<Points: InterpolationPoints, Writer: PlaneWriter>(
  _: Points.Type, _: Writer.Type, _ points: UnsafePointer<Source>, _ next: UnsafePointer<Source>,
  _ channels: Int,
  _ planes: Destination, _ planeStride: Int, _ runLength: Int, _ runStride: Int
) {
  forEachRegister(channels, runLength, runStride) { c, offset, lanes in
    prefetch(next, 16, c)
    let r0 = Points.transformSmall(loadFour(points, c, lanes))
    let r1 = Points.transformSmall(loadFour(points + 4, c, lanes))
    let r2 = Points.transformSmall(loadFour(points + 8, c, lanes))
    let r3 = Points.transformSmall(loadFour(points + 12, c, lanes))
    let p = planes + Writer.word(offset)
    let row = 5 &* planeStride
    Writer.write(Points.transformSmall(Four(a: r0.a, b: r1.a, c: r2.a, d: r3.a)), p, row, lanes)
    Writer.write(
      Points.transformSmall(Four(a: r0.b, b: r1.b, c: r2.b, d: r3.b)), p + planeStride, row, lanes)
    Writer.write(
      Points.transformSmall(Four(a: r0.c, b: r1.c, c: r2.c, d: r3.c)), p + 2 &* planeStride, row,
      lanes)
    Writer.write(
      Points.transformSmall(Four(a: r0.d, b: r1.d, c: r2.d, d: r3.d)), p + 3 &* planeStride, row,
      lanes)
    Writer.write(
      Points.transformSmall(Four(a: r0.e, b: r1.e, c: r2.e, d: r3.e)), p + 4 &* planeStride, row,
      lanes)
  }
}

/// Transforms 2 × 2 taps; see `WinogradTapsForward`.
@inline(__always)
func transformTaps<Points: InterpolationPoints, Writer: PlaneWriter>(
  _: Points.Type, _: Writer.Type, _ taps: UnsafePointer<Source>, _ channels: Int,
  _ planes: Destination, _ planeStride: Int
) {
  forEachRegister(channels) { c, lanes in
    let r0 = Points.transformTaps(
      Pair(a: loadLanes(taps[0] + c, lanes), b: loadLanes(taps[1] + c, lanes)))
    let r1 = Points.transformTaps(
      Pair(a: loadLanes(taps[2] + c, lanes), b: loadLanes(taps[3] + c, lanes)))
    let p = planes + Writer.word(c)
    let row = 5 &* planeStride
    Writer.write(Points.transformTaps(Pair(a: r0.a, b: r1.a)), p, row, lanes)
    Writer.write(Points.transformTaps(Pair(a: r0.b, b: r1.b)), p + planeStride, row, lanes)
    Writer.write(Points.transformTaps(Pair(a: r0.c, b: r1.c)), p + 2 &* planeStride, row, lanes)
    Writer.write(Points.transformTaps(Pair(a: r0.d, b: r1.d)), p + 3 &* planeStride, row, lanes)
    Writer.write(Points.transformTaps(Pair(a: r0.e, b: r1.e)), p + 4 &* planeStride, row, lanes)
  }
}
