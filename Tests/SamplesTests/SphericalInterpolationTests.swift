import DCGAN
import Foundation
import Samples
import Tensor
import Testing

@Suite struct SphericalInterpolationTests {
  @Test func aThirdOfARightAngleIsThirtyDegrees() {
    let third = SphericalInterpolation.point(from: [1, 0], to: [0, 1], at: 1.0 / 3)
    #expect(third == [Float(0.75.squareRoot()), 0.5])
    let half = SphericalInterpolation.point(from: [2, 0, 0], to: [0, 0, 2], at: 0.5)
    #expect(half == [Float(2.0.squareRoot()), 0, Float(2.0.squareRoot())])
  }

  @Test func theEndsAreExact() {
    let (a, b) = (numbers(seed: 1, 100), numbers(seed: 2, 100))
    #expect(SphericalInterpolation.point(from: a, to: b, at: 0) == a)
    #expect(SphericalInterpolation.point(from: a, to: b, at: 1) == b)
  }

  /// The reference turns a within the plane of a and b by a part of the angle, and finds that angle
  /// and the plane by other means: from the part of b at right angles to a.
  @Test(arguments: [2, 3, 16, 100, 4096], [0.125, 1.0 / 3, 0.5, 0.9])
  func agreesWithARotationInDoublePrecision(count: Int, t: Double) {
    let (a, b) = (numbers(seed: 3, count), numbers(seed: UInt64(4 + count), count))
    let x = a.map(Double.init)
    let y = b.map(Double.init)
    func dot(_ p: [Double], _ q: [Double]) -> Double { zip(p, q).reduce(0) { $0 + $1.0 * $1.1 } }
    let length = dot(x, x).squareRoot()
    let along = dot(x, y) / length
    let across = zip(x, y).map { $1 - along * $0 / length }
    let height = dot(across, across).squareRoot()
    let angle = atan2(height, along)
    // b's length against a's scales b's share of the sum alone.
    let ratio = dot(y, y).squareRoot() / length
    let share = sin(t * angle) / sin(angle) * (ratio - 1) * length
    let point = SphericalInterpolation.point(from: a, to: b, at: t)
    for i in 0..<count {
      let turned = cos(t * angle) * x[i] + sin(t * angle) * across[i] / height * length
      let unit = y[i] / dot(y, y).squareRoot()
      let expected = turned + share * unit
      #expect(abs(Double(point[i]) - expected) <= 3e-7 * max(1, abs(expected)))
    }
  }

  @Test func keepsTheLengthThatAStraightLineLoses() {
    let (a, b) = (numbers(seed: 5, 100), numbers(seed: 6, 100))
    func length(_ v: [Float]) -> Float { v.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    let middle = length(SphericalInterpolation.point(from: a, to: b, at: 0.5))
    let straight = length(zip(a, b).map { ($0 + $1) / 2 })
    let least = min(length(a), length(b))
    #expect(middle > 0.95 * least)
    #expect(straight < 0.85 * least)
  }

  /// Along a line through the origin there is no arc.
  @Test(
    arguments: [
      ([1.5, -2], [3, -4], [2.25, -3]), ([1, 0], [-3, 0], [-1, 0]), ([0, 0], [2, 4], [1, 2]),
      ([-2], [5], [1.5]), ([3], [3], [3]),
    ] as [([Float], [Float], [Float])])
  func degeneratePairsAreJoinedByALine(a: [Float], b: [Float], middle: [Float]) {
    #expect(SphericalInterpolation.point(from: a, to: b, at: 0.5) == middle)
  }

  private func numbers(seed: UInt64, _ count: Int) -> [Float] {
    Tensor(latents: 1, nz: count, from: RandomUse.sampleLatents.stream(seed: seed)).values
  }
}
