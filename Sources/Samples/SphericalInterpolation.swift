import Foundation
import Support
import Tensor

/// Walks from one latent to another along the arc between them.
///
/// Normally distributed vectors of many numbers lie near a sphere of the radius √nz. The straight line
/// between two of them cuts through its inside, where the generator was never trained; the arc stays
/// near it. K. Shoemake, "Animating Rotation with Quaternion Curves" (1985); for latents T. White,
/// "Sampling Generative Networks" (2016, arXiv 1609.04468).
package enum SphericalInterpolation {
  /// Below this sine of the angle the arc's direction is lost to rounding.
  private static let leastSine = 1e-6

  /// Returns the point at `t`, 0 for `a` to 1 for `b`.
  ///
  /// With the angle Ω = arccos(a·b / (|a| |b|)) it is
  /// `sin((1 − t)Ω) / sin Ω · a + sin(tΩ) / sin Ω · b`, computed in double precision and rounded once;
  /// at 0 and 1 exactly `a` and `b`. Where the two point in the same direction, in opposite ones, or
  /// one is zero, there is no one arc, and the straight line (1 − t)a + tb takes its place.
  ///
  /// Traps where `a` and `b` differ in length.
  package static func point(from a: [Float], to b: [Float], at t: Double) -> [Float] {
    require(a.count == b.count, "an arc from \(a.count) numbers to \(b.count)")
    if t == 0 { return a }
    if t == 1 { return b }
    let (first, second) = weights(from: a, to: b, at: t)
    return zip(a, b).map { Float(first * Double($0) + second * Double($1)) }
  }

  private static func weights(
    from a: [Float], to b: [Float], at t: Double
  ) -> (Double, Double) {
    let norms = (dot(a, a) * dot(b, b)).squareRoot()
    let line = (1 - t, t)
    guard norms > 0 else { return line }
    let angle = acos(min(1, max(-1, dot(a, b) / norms)))
    let sine = sin(angle)
    guard sine > leastSine else { return line }
    return (sin((1 - t) * angle) / sine, sin(t * angle) / sine)
  }

  private static func dot(_ a: [Float], _ b: [Float]) -> Double {
    zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
}
