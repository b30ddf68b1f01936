/// Returns eˣ, lane by lane, for x in [−87, 88] (other values are clamped), within 2 ulps.
///
/// With n the integer nearest to x / ln 2 and r = x − n·ln 2, eˣ = 2ⁿ·eʳ. ln 2 is split in two so
/// that n·ln 2 is exact; eʳ on |r| ≤ ln 2 / 2 is the polynomial of S. Moshier's Cephes `expf`.
/// Adding 1.5·2²³ rounds to an integer and leaves that integer in the low bits.
@inline(__always)
func exponential(_ x: Vector) -> Vector {
  let bounded = clamp(x, -87, 88)
  let magic = Vector(repeating: 12_582_912)
  var shifted = magic
  multiplyAdd(&shifted, bounded, Vector(repeating: 1.442_695_040_889_634))
  let n = shifted - magic
  var r = bounded
  multiplyAdd(&r, n, Vector(repeating: -0.693_359_375))
  multiplyAdd(&r, n, Vector(repeating: 2.121_944_400_546_9e-4))
  var p = Vector(repeating: 1.987_569_15e-4)
  p = horner(p, r, 1.398_199_950_7e-3)
  p = horner(p, r, 8.333_451_907_3e-3)
  p = horner(p, r, 4.166_579_589_4e-2)
  p = horner(p, r, 1.666_666_545_9e-1)
  p = horner(p, r, 5.000_000_120_1e-1)
  var result = r + 1
  multiplyAdd(&result, p, r * r)
  let bits = unsafeBitCast(shifted, to: IntegerVector.self)
  let power = (bits &<< 23) &+ IntegerVector(repeating: 0x3F80_0000)
  return result * unsafeBitCast(power, to: Vector.self)
}

/// Returns `p·x + coefficient`, one step of Horner's rule.
@inline(__always)
private func horner(_ p: Vector, _ x: Vector, _ coefficient: Float) -> Vector {
  var result = Vector(repeating: coefficient)
  multiplyAdd(&result, p, x)
  return result
}

/// Returns `1 / (1 + e⁻ˣ)`, lane by lane.
///
/// It has a name of its own because a loop calls a closure this long instead of taking it in.
@inline(__always)
func logistic(_ x: Vector) -> Vector {
  1 / (1 + exponential(Vector(repeating: 0) - x))
}

/// Returns tanh x, lane by lane, within 4 ulps.
///
/// For |x| < 0.625 the odd polynomial of Cephes' `tanhf`; beyond, 1 − 2 / (e^2|x| + 1) with x's
/// sign, where nothing cancels.
@inline(__always)
func hyperbolicTangent(_ x: Vector) -> Vector {
  let z = x * x
  var p = Vector(repeating: -5.704_988_727_45e-3)
  p = horner(p, z, 2.063_908_879_54e-2)
  p = horner(p, z, -5.373_971_555_31e-2)
  p = horner(p, z, 1.333_144_220_36e-1)
  p = horner(p, z, -3.333_328_194_22e-1)
  var small = x
  multiplyAdd(&small, p * z, x)
  let magnitude = x.replacing(with: Vector(repeating: 0) - x, where: x .< 0)
  let large = 1 - 2 / (exponential(magnitude + magnitude) + 1)
  let signed = large.replacing(with: Vector(repeating: 0) - large, where: x .< 0)
  return signed.replacing(with: small, where: magnitude .< 0.625)
}
