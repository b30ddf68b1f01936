import DCGAN
import Foundation
import Samples
import Tensor
import Testing

@Suite struct LatentSourceTests {
  private func plain(_ seed: UInt64, nz: Int = 10) -> [Float] {
    LatentSource(seed: seed, nz: nz).batch(first: 0, count: 300).values
  }

  @Test(arguments: [0.05, 0.5, 1, 2] as [Float])
  func numbersBeyondTheBoundAreDrawnAgain(bound: Float) {
    let whole = plain(7)
    let cut = LatentSource(seed: 7, nz: 10, truncation: bound).batch(first: 0, count: 300).values
    #expect(cut.allSatisfy { abs($0) <= bound })
    for (index, (before, after)) in zip(whole, cut).enumerated() {
      if abs(before) <= bound {
        #expect(after == before)
        continue
      }
      // The first of the other streams that has a small enough number here.
      let redrawn = (1...10_000).lazy.map {
        Float(
          RandomUse.sampleLatents.stream(seed: 7, part: UInt32($0)).normal(at: UInt64(index)))
      }.first { abs($0) <= bound }
      #expect(after == redrawn)
    }
  }

  /// The variance of a normal distribution cut off at ±c is 1 − 2cφ(c) / (2Φ(c) − 1).
  @Test(arguments: [0.5, 1, 2])
  func theDistributionIsTheTruncatedNormal(bound: Double) {
    let values = LatentSource(seed: 3, nz: 1000, truncation: Float(bound))
      .batch(first: 0, count: 200).values.map(Double.init)
    let count = Double(values.count)
    let inside = erf(bound / 2.0.squareRoot())
    let density = exp(-bound * bound / 2) / (2 * Double.pi).squareRoot()
    let variance = 1 - 2 * bound * density / inside
    let mean = values.reduce(0, +) / count
    let found = values.reduce(0) { $0 + $1 * $1 } / count
    // Five standard deviations; those of the squares are at most the bound's square.
    #expect(abs(mean) < 5 * (variance / count).squareRoot())
    #expect(abs(found - variance) < 5 * bound * bound / count.squareRoot() / 2)
    // A tail of the right weight: how many lie in the outer half of the range.
    let outer = Double(values.filter { abs($0) > bound / 2 }.count) / count
    let expected = 1 - erf(bound / 2 / 2.0.squareRoot()) / inside
    #expect(abs(outer - expected) < 5 * 0.5 / count.squareRoot())
  }

  @Test func `a truncated latent depends on seed and number alone`() {
    let source = LatentSource(seed: 5, nz: 7, truncation: 0.6)
    let all = source.batch(first: 0, count: 20).values
    for first in [0, 1, 13] {
      let some = source.batch(first: first, count: 5).values
      #expect(some == Array(all[first * 7..<(first + 5) * 7]))
    }
    let chosen: [Int] = [3, 19, 3]
    let expected = chosen.flatMap { Array(all[$0 * 7..<($0 + 1) * 7]) }
    #expect(source.batch(of: chosen[...]).values == expected)
    #expect(LatentSource(seed: 6, nz: 7, truncation: 0.6).batch(first: 0, count: 20).values != all)
  }

  @Test(arguments: [nil, 0.8] as [Float?])
  func `a walk is evenly spaced from one seed to the other`(truncation: Float?) {
    let ends = [8, 9].map {
      LatentSource(seed: $0, nz: 12, truncation: truncation).batch(first: 0, count: 1).values
    }
    let walk = LatentSource(from: 8, to: 9, steps: 5, nz: 12, truncation: truncation)
    #expect(walk.count == 5)
    let frames = walk.batch(first: 0, count: 5).values
    for (frame, t) in [0, 0.25, 0.5, 0.75, 1].enumerated() {
      let expected = SphericalInterpolation.point(from: ends[0], to: ends[1], at: t)
      #expect(Array(frames[frame * 12..<frame * 12 + 12]) == expected)
    }
    #expect(walk.batch(first: 3, count: 2).values == Array(frames.suffix(24)))
    let still = LatentSource(from: 8, to: 8, steps: 3, nz: 12).batch(first: 0, count: 3).values
    let first = plain(8, nz: 12).prefix(12)
    for (value, same) in zip(still, first + first + first) { #expect(abs(value - same) <= 1e-6) }
  }
}
