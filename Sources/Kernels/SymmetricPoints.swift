/// The interpolation points a, −a, b, −b, ∞ with a = 3/8 and b = 5/4: the least error of what is rounded
/// to bfloat16 between the transforms; `Tensor`'s `Winograd` has the matrices. All their powers here
/// are exact.
enum SymmetricPoints: InterpolationPoints {
  @inline(__always) private static var a: Float { 0.375 }
  @inline(__always) private static var b: Float { 1.25 }
  /// 1 / (2a(a² − b²)).
  @inline(__always) private static var scaleA: Float { -256 / 273 }
  /// 1 / (2b(b² − a²)).
  @inline(__always) private static var scaleB: Float { 128 / 455 }

  @inline(__always)
  static func transformLarge(_ d: Five) -> Five {
    let (evenA, oddA) = (d.c.plus(d.a, times: 0 - b * b), d.d.plus(d.b, times: 0 - b * b))
    let (evenB, oddB) = (d.c.plus(d.a, times: 0 - a * a), d.d.plus(d.b, times: 0 - a * a))
    return Five(
      a: oddA.plus(evenA, times: a), b: oddA.plus(evenA, times: 0 - a),
      c: oddB.plus(evenB, times: b), d: oddB.plus(evenB, times: 0 - b),
      e: d.e.plus(d.c, times: 0 - (a * a + b * b)).plus(d.a, times: a * a * b * b))
  }

  @inline(__always)
  static func transformTaps(_ g: Pair) -> Five {
    let (evenA, evenB) = (g.a * scaleA, g.a * scaleB)
    return Five(
      a: evenA.plus(g.b, times: a * scaleA), b: (g.b * (a * scaleA)) - evenA,
      c: evenB.plus(g.b, times: b * scaleB), d: (g.b * (b * scaleB)) - evenB, e: g.b)
  }

  @inline(__always)
  static func transformLargeResult(_ m: Five) -> Five {
    let (sumA, sumB) = (m.a + m.b, m.c + m.d)
    let (differenceA, differenceB) = (m.a - m.b, m.c - m.d)
    return Five(
      a: (differenceA * (0 - a * b * b)).plus(differenceB, times: 0 - a * a * b)
        .plus(m.e, times: a * a * b * b),
      b: (sumA * (0 - b * b)).plus(sumB, times: 0 - a * a),
      c: (differenceA * a).plus(differenceB, times: b).plus(m.e, times: 0 - (a * a + b * b)),
      d: sumA + sumB, e: m.e)
  }

  @inline(__always)
  static func transformSmallResult(_ m: Five) -> Four {
    let (sumA, sumB) = (m.a + m.b, m.c + m.d)
    let (differenceA, differenceB) = (m.a - m.b, m.c - m.d)
    return Four(
      a: sumA + sumB, b: (differenceA * a).plus(differenceB, times: b),
      c: (sumA * (a * a)).plus(sumB, times: b * b),
      d: m.e.plus(differenceA, times: a * a * a).plus(differenceB, times: b * b * b))
  }

  @inline(__always)
  static func transformSmall(_ y: Four) -> Five {
    let (evenA, oddA) = (y.a.plus(y.c, times: a * a), y.b.plus(y.d, times: a * a))
    let (evenB, oddB) = (y.a.plus(y.c, times: b * b), y.b.plus(y.d, times: b * b))
    return Five(
      a: evenA.plus(oddA, times: a), b: evenA.plus(oddA, times: 0 - a),
      c: evenB.plus(oddB, times: b), d: evenB.plus(oddB, times: 0 - b), e: y.d)
  }

  @inline(__always)
  static func transformTapsResult(_ s: Five) -> Pair {
    let (sumA, sumB) = (s.a + s.b, s.c + s.d)
    let (differenceA, differenceB) = (s.a - s.b, s.c - s.d)
    return Pair(
      a: (differenceA * scaleA).plus(differenceB, times: scaleB),
      b: s.e.plus(sumA, times: a * scaleA).plus(sumB, times: b * scaleB))
  }
}

extension Vector {
  /// Returns the vector plus another times a factor.
  @inline(__always)
  fileprivate func plus(_ other: Vector, times factor: Float) -> Vector {
    var sum = self
    multiplyAdd(&sum, other, Vector(repeating: factor))
    return sum
  }
}
