import Foundation
import Tensor
import Testing

@Suite struct RandomTests {
  let stream = RandomStream(seed: 0x0123_4567_89AB_CDEF, stream: 42)

  /// The known answers of the authors' own library, Random123 (`kat_vectors`).
  @Test(arguments: [
    (
      SIMD4<UInt32>(repeating: 0), SIMD2<UInt32>(repeating: 0),
      SIMD4<UInt32>(0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8)
    ),
    (
      SIMD4(repeating: UInt32.max), SIMD2(repeating: UInt32.max),
      SIMD4(0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD)
    ),
    (
      SIMD4(0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344), SIMD2(0xA409_3822, 0x299F_31D0),
      SIMD4(0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1)
    ),
  ])
  func philoxGivesTheKnownAnswers(
    counter: SIMD4<UInt32>, key: SIMD2<UInt32>, expected: SIMD4<UInt32>
  ) {
    #expect(Philox.block(counter: counter, key: key) == expected)
  }

  @Test func seedIsTheKeyAndStreamTheUpperCounter() {
    let stream = RandomStream(seed: 0x299F_31D0_A409_3822, stream: 0x0370_7344_1319_8A2E)
    let start: UInt64 = 0x85A3_08D3_243F_6A88
    // Indexes count words, so block b begins at 4b; the top two bits of b fall off.
    let expected = Philox.block(
      counter: SIMD4(0x243F_6A88, 0x05A3_08D3, 0x1319_8A2E, 0x0370_7344),
      key: SIMD2(0xA409_3822, 0x299F_31D0))
    let words = (0..<4).map { stream.bits(at: start << 2 + UInt64($0)) }
    #expect(words == (0..<4).map { expected[$0] })
  }

  @Test func seedsAndStreamsDiffer() {
    let others = [
      RandomStream(seed: 1, stream: 0), RandomStream(seed: 0, stream: 1),
      RandomStream(seed: 1 << 32, stream: 0), RandomStream(seed: 0, stream: 1 << 32),
      RandomStream(seed: 0, stream: 0),
    ]
    let firsts = others.map { $0.bits(at: 0) }
    #expect(Set(firsts).count == others.count)
  }

  @Test func uniformIsOfTheUnitInterval() {
    let values = (0..<20_000).map { stream.uniform(at: $0) }
    #expect(values.allSatisfy { 0 <= $0 && $0 < 1 })
    let moments = Moments(values)
    // Four standard errors of mean and variance: σ = √(1/12), Var(x²-moment) = 1/180.
    #expect(abs(moments.mean - 0.5) < 4 * (1.0 / 12 / 20_000).squareRoot())
    #expect(abs(moments.variance - 1.0 / 12) < 4 * (1.0 / 180 / 20_000).squareRoot())
    #expect(kolmogorovSmirnov(values) { $0 } < 1.63 / 20_000.0.squareRoot())
  }

  @Test func normalIsStandardNormal() {
    let values = (0..<20_000).map { stream.normal(at: $0) }
    let moments = Moments(values)
    // Four standard errors; the excess kurtosis of n normal numbers has variance 24/n.
    #expect(abs(moments.mean) < 4 * (1.0 / 20_000).squareRoot())
    #expect(abs(moments.variance - 1) < 4 * (2.0 / 20_000).squareRoot())
    #expect(abs(moments.skewness) < 4 * (6.0 / 20_000).squareRoot())
    #expect(abs(moments.excessKurtosis) < 4 * (24.0 / 20_000).squareRoot())
    let distance = kolmogorovSmirnov(values) { 0.5 * erfc(-$0 / 2.0.squareRoot()) }
    // The one-percent point of the statistic's distribution.
    #expect(distance < 1.63 / 20_000.0.squareRoot())
  }

  @Test func pairsOfNormalsAreUncorrelated() {
    let products = (0..<10_000).map { stream.normal(at: 2 * $0) * stream.normal(at: 2 * $0 + 1) }
    #expect(abs(Moments(products).mean) < 4 * (1.0 / 10_000).squareRoot())
  }

  @Test(arguments: [0, 1, 2, 3, 8, 1_000_001, UInt64(1) << 40])
  func fillingFromAnIndexEqualsTheNumbersThere(start: UInt64) {
    for count in [0, 1, 2, 3, 7, 64] {
      let normals = filled(count) { stream.fillNormal($0, startingAt: start) }
      let uniforms = filled(count) { stream.fillUniform($0, startingAt: start, in: 0..<1) }
      let indexes = (0..<count).map { start + UInt64($0) }
      #expect(normals == indexes.map { Float(stream.normal(at: $0)) })
      #expect(uniforms == indexes.map { min(Float(stream.uniform(at: $0)), Float(1).nextDown) })
    }
  }

  @Test func aLateFillIsTheTailOfAnEarlyOne() {
    let all = filled(101) { stream.fillNormal($0) }
    for start in 0..<101 {
      let tail = filled(101 - start) { stream.fillNormal($0, startingAt: UInt64(start)) }
      #expect(tail == Array(all[start...]))
    }
  }

  @Test func fillsTakeMeanDeviationAndRange() {
    let normals = filled(20_000) { stream.fillNormal($0, mean: 1, standardDeviation: 0.02) }
    let moments = Moments(normals.map(Double.init))
    #expect(abs(moments.mean - 1) < 4 * 0.02 * (1.0 / 20_000).squareRoot())
    #expect(abs(moments.variance.squareRoot() / 0.02 - 1) < 0.02)
    let uniforms = filled(20_000) { stream.fillUniform($0, in: -3 ..< -2) }
    #expect(uniforms.allSatisfy { -3 <= $0 && $0 < -2 })
    #expect(abs(Moments(uniforms.map(Double.init)).mean + 2.5) < 0.01)
    let narrow = filled(100) { stream.fillUniform($0, in: 1..<Float(1).nextUp) }
    #expect(narrow.allSatisfy { $0 == 1 })
  }

  @Test func firstNumbersArePinned() {
    let zero = RandomStream(seed: 0, stream: 0)
    #expect((0..<5).map { zero.bits(at: $0) } == PinnedNumbers.bits)
    #expect((0..<3).map { zero.uniform(at: $0) } == PinnedNumbers.uniform)
    #expect((0..<6).map { zero.integer(below: 1000, at: $0) } == PinnedNumbers.integers)
    #expect(zero.permutation(of: 8) == PinnedNumbers.permutation)
    for (index, expected) in PinnedNumbers.normal.enumerated() {
      // Logarithm and cosine differ by an ulp or two between C libraries.
      #expect(abs(zero.normal(at: UInt64(index)) - expected) < 1e-14)
    }
  }
}
