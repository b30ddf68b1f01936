import Tensor
import Testing

@Suite struct RandomIntegerTests {
  let stream = RandomStream(seed: 3, stream: 5)

  @Test(arguments: [1, 2, 6, 10, 1_000])
  func everyIntegerIsAsLikely(bound: Int) {
    let draws = 200 * bound
    var counts = [Int](repeating: 0, count: bound)
    for index in 0..<draws { counts[stream.integer(below: bound, at: UInt64(index))] += 1 }
    let chiSquare = counts.reduce(0.0) { $0 + Double(($1 - 200) * ($1 - 200)) / 200 }
    // The statistic has mean bound − 1 and variance 2 (bound − 1).
    let freedom = Double(bound - 1)
    #expect(chiSquare <= freedom + 4 * (2 * freedom).squareRoot())
  }

  /// 2⁶⁴ is no multiple of 3 · 2⁶¹: without drawing again the thirds would get 3/8, 3/8 and 2/8.
  @Test func aBoundThatDoesNotDivideIsNotFavoured() {
    let third = 1 << 61
    var counts = [0, 0, 0]
    for index in 0..<6_000 {
      counts[stream.integer(below: 3 * third, at: UInt64(index)) / third] += 1
    }
    // Four standard deviations of a binomial count: √(6,000 · 1/3 · 2/3) = 36.5.
    #expect(counts.allSatisfy { abs($0 - 2_000) < 146 })
  }

  @Test func aRejectedDrawDisturbsNoOtherIndex() {
    let values = (0..<64).map { stream.integer(below: 3 << 61, at: $0) }
    #expect((0..<64).reversed().map { stream.integer(below: 3 << 61, at: $0) } == values.reversed())
    #expect(Set(values).count == 64)
  }

  @Test(arguments: [0, 1, 2, 17, 1_000])
  func permutationHoldsEveryNumberOnce(count: Int) {
    #expect(stream.permutation(of: count).sorted() == Array(0..<count))
  }

  @Test func permutationDependsOnSeedAndStream() {
    let order = stream.permutation(of: 100)
    #expect(order == RandomStream(seed: 3, stream: 5).permutation(of: 100))
    #expect(order != RandomStream(seed: 4, stream: 5).permutation(of: 100))
    #expect(order != RandomStream(seed: 3, stream: 6).permutation(of: 100))
    #expect(order != Array(0..<100))
  }

  @Test func everyOrderOfThreeIsAsLikely() {
    var counts: [[Int]: Int] = [:]
    for seed in 0..<6_000 {
      counts[RandomStream(seed: UInt64(seed), stream: 0).permutation(of: 3), default: 0] += 1
    }
    #expect(counts.count == 6)
    // Four standard deviations of a binomial count: √(6,000 · 1/6 · 5/6) = 28.9.
    #expect(counts.values.allSatisfy { abs($0 - 1_000) < 116 })
  }
}
