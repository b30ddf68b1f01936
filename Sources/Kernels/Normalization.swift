import KernelTable

// Channels are taken four registers at a time and summed over all rows in registers: a cache line
// of every row is used whole, and the order of the sum depends on nothing but the number of rows.

/// Channels summed in registers at a time.
private var block: Int { 4 &* width }

/// Runs `block(c)` for every four full registers of channels, then `one(c, lanes)` for the rest.
@inline(__always)
private func forEachChannelBlock(
  _ channels: Int, _ four: (Int) -> Void, _ one: (Int, Int) -> Void
) {
  var c = 0
  while c &+ block <= channels {
    four(c)
    c &+= block
  }
  while c < channels {
    one(c, min(width, channels &- c))
    c &+= width
  }
}

/// Loads a register, or its first `lanes` floats at the end of a row.
@inline(__always)
func loadLanes(_ p: Source, _ lanes: Int) -> Vector {
  lanes == width ? loadVector(p) : loadPartial(p, 0, lanes)
}

/// Stores a register, or its first `lanes` floats at the end of a row.
@inline(__always)
func storeLanes(_ v: Vector, _ p: Destination, _ lanes: Int) {
  if lanes == width { storeVector(v, p) } else { storePartial(v, p, 0, lanes) }
}

/// See `ChannelSum`.
@Sendable
func channelSum(_ x: Source, _ rows: Int, _ channels: Int, _ sum: Destination) {
  forEachChannelBlock(channels) { c in
    var s0 = Vector(repeating: 0)
    var (s1, s2, s3) = (s0, s0, s0)
    var p = x + c
    for _ in 0..<rows {
      s0 += loadVector(p)
      s1 += loadVector(p, width)
      s2 += loadVector(p, 2 &* width)
      s3 += loadVector(p, 3 &* width)
      p += channels
    }
    storeVector(s0, sum, c)
    storeVector(s1, sum, c &+ width)
    storeVector(s2, sum, c &+ 2 &* width)
    storeVector(s3, sum, c &+ 3 &* width)
  } _: { c, lanes in
    var s = Vector(repeating: 0)
    for r in 0..<rows { s += loadLanes(x + r &* channels + c, lanes) }
    storeLanes(s, sum + c, lanes)
  }
}

/// See `ChannelSquaredDeviations`.
@Sendable
func channelSquaredDeviations(
  _ x: Source, _ rows: Int, _ channels: Int, _ mean: Source, _ deviations: Destination
) {
  forEachChannelBlock(channels) { c in
    let m0 = loadVector(mean, c)
    let m1 = loadVector(mean, c &+ width)
    let m2 = loadVector(mean, c &+ 2 &* width)
    let m3 = loadVector(mean, c &+ 3 &* width)
    var s0 = Vector(repeating: 0)
    var (s1, s2, s3) = (s0, s0, s0)
    var p = x + c
    for _ in 0..<rows {
      let d0 = loadVector(p) - m0
      let d1 = loadVector(p, width) - m1
      let d2 = loadVector(p, 2 &* width) - m2
      let d3 = loadVector(p, 3 &* width) - m3
      multiplyAdd(&s0, d0, d0)
      multiplyAdd(&s1, d1, d1)
      multiplyAdd(&s2, d2, d2)
      multiplyAdd(&s3, d3, d3)
      p += channels
    }
    storeVector(s0, deviations, c)
    storeVector(s1, deviations, c &+ width)
    storeVector(s2, deviations, c &+ 2 &* width)
    storeVector(s3, deviations, c &+ 3 &* width)
  } _: { c, lanes in
    let m = loadLanes(mean + c, lanes)
    var s = Vector(repeating: 0)
    for r in 0..<rows {
      let d = loadLanes(x + r &* channels + c, lanes) - m
      multiplyAdd(&s, d, d)
    }
    storeLanes(s, deviations + c, lanes)
  }
}

/// Returns `z > 0 ? v : slope·v`, lane by lane.
@inline(__always)
func rectified(_ v: Vector, by z: Vector, _ slope: Vector) -> Vector {
  (v * slope).replacing(with: v, where: z .> 0)
}

/// See `NormalizationApply`.
@Sendable
func normalizationApply(
  _ x: Source, _ rows: Int, _ channels: Int, _ scale: Source, _ shift: Source, _ slope: Float,
  _ y: Destination
) {
  let negative = Vector(repeating: slope)
  for r in 0..<rows {
    let row = x + r &* channels
    let result = y + r &* channels
    var c = 0
    while c < channels {
      let lanes = min(width, channels &- c)
      var z = loadLanes(shift + c, lanes)
      multiplyAdd(&z, loadLanes(row + c, lanes), loadLanes(scale + c, lanes))
      storeLanes(rectified(z, by: z, negative), result + c, lanes)
      c &+= width
    }
  }
}
