/// The interpolation points 0, 1, −1, 2, ∞: the fewest operations.
enum WholePoints: InterpolationPoints {
  /// Bᵀ d.
  @inline(__always)
  static func transformLarge(_ x: Five) -> Five {
    let db = x.d - x.b
    let dc = x.d - x.c
    let twice = x.b + x.b
    return Five(
      a: (x.a - x.c) * 2 + db, b: dc - twice, c: dc + (x.b - x.c) * 2, d: db,
      e: (x.b - x.d) * 2 + (x.e - x.c))
  }

  /// G g.
  @inline(__always)
  static func transformTaps(_ g: Pair) -> Five {
    let half = g.a * 0.5
    let sixth = g.a * (1 / 6 as Float)
    return Five(
      a: half, b: (g.a + g.b) * -0.5, c: g.b * (1 / 6 as Float) - sixth,
      d: sixth + g.b * (1 / 3 as Float), e: g.b)
  }

  /// B m.
  @inline(__always)
  static func transformLargeResult(_ m: Five) -> Five {
    let ac = m.a + m.c
    let bd = m.b + m.d
    let twice = (m.c + m.e - m.b) * 2
    return Five(
      a: m.a + m.a, b: twice - m.a - m.d, c: (ac + ac) * -1 - (m.b + m.c + m.e),
      d: ac + bd - (m.e + m.e), e: m.e)
  }

  /// Aᵀ m.
  @inline(__always)
  static func transformSmallResult(_ m: Five) -> Four {
    let sum = m.b + m.c
    let difference = m.b - m.c
    let twice = m.d + m.d
    return Four(
      a: m.a + sum + m.d, b: difference + twice, c: sum + twice * 2,
      d: difference + twice * 4 + m.e)
  }

  /// A y.
  @inline(__always)
  static func transformSmall(_ y: Four) -> Five {
    let even = y.a + y.c
    let odd = y.b + y.d
    return Five(
      a: y.a, b: even + odd, c: even - odd, d: y.a + (y.b + (y.c + y.d * 2) * 2) * 2, e: y.d)
  }

  /// Gᵀ s.
  @inline(__always)
  static func transformTapsResult(_ s: Five) -> Pair {
    let half = s.b * 0.5
    let sixth = s.c * (1 / 6 as Float)
    return Pair(
      a: s.a * 0.5 - half - sixth + s.d * (1 / 6 as Float),
      b: sixth - half + s.d * (1 / 3 as Float) + s.e)
  }
}
