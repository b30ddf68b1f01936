// The one-dimensional transforms of F(4, 2) with the interpolation points 0, 1, −1, 2, ∞. Each
// function is one of the method's matrices, written out.

/// Two values along an axis: the taps of a filter.
struct Pair {
  var a, b: Vector
}

/// Four values along an axis: the points of a tile.
struct Four {
  var a, b, c, d: Vector
}

/// Five values along an axis: the points that a tile sees, or its transform.
struct Five {
  var a, b, c, d, e: Vector
}

/// Bᵀ d.
@inline(__always)
func transformLarge(_ x: Five) -> Five {
  let db = x.d - x.b
  let dc = x.d - x.c
  let twice = x.b + x.b
  return Five(
    a: (x.a - x.c) * 2 + db, b: dc - twice, c: dc + (x.b - x.c) * 2, d: db,
    e: (x.b - x.d) * 2 + (x.e - x.c))
}

/// G g.
@inline(__always)
func transformTaps(_ g: Pair) -> Five {
  let half = g.a * 0.5
  let sixth = g.a * (1 / 6 as Float)
  return Five(
    a: half, b: (g.a + g.b) * -0.5, c: g.b * (1 / 6 as Float) - sixth,
    d: sixth + g.b * (1 / 3 as Float), e: g.b)
}

/// B m.
@inline(__always)
func transformLargeResult(_ m: Five) -> Five {
  let ac = m.a + m.c
  let bd = m.b + m.d
  let twice = (m.c + m.e - m.b) * 2
  return Five(
    a: m.a + m.a, b: twice - m.a - m.d, c: (ac + ac) * -1 - (m.b + m.c + m.e),
    d: ac + bd - (m.e + m.e), e: m.e)
}

/// Aᵀ m.
@inline(__always)
func transformSmallResult(_ m: Five) -> Four {
  let sum = m.b + m.c
  let difference = m.b - m.c
  let twice = m.d + m.d
  return Four(
    a: m.a + sum + m.d, b: difference + twice, c: sum + twice * 2,
    d: difference + twice * 4 + m.e)
}

/// A y.
@inline(__always)
func transformSmall(_ y: Four) -> Five {
  let even = y.a + y.c
  let odd = y.b + y.d
  return Five(
    a: y.a, b: even + odd, c: even - odd, d: y.a + (y.b + (y.c + y.d * 2) * 2) * 2, e: y.d)
}

/// Gᵀ s.
@inline(__always)
func transformTapsResult(_ s: Five) -> Pair {
  let half = s.b * 0.5
  let sixth = s.c * (1 / 6 as Float)
  return Pair(
    a: s.a * 0.5 - half - sixth + s.d * (1 / 6 as Float),
    b: sixth - half + s.d * (1 / 3 as Float) + s.e)
}

/// Runs the body for every register of channels that lie in runs of `runLength`, `runStride` floats
/// apart, and for the lanes that are left of each; `offset` is where a channel lies.
@inline(__always)
func forEachRegister(
  _ channels: Int, _ runLength: Int, _ runStride: Int,
  _ body: (_ channel: Int, _ offset: Int, _ lanes: Int) -> Void
) {
  var first = 0
  var start = 0
  while first < channels {
    forEachRegister(min(runLength, channels &- first)) { c, lanes in
      body(first &+ c, start &+ c, lanes)
    }
    first &+= runLength
    start &+= runStride
  }
}
