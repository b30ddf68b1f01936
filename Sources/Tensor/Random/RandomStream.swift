import Foundation
import Support

/// Gives random numbers by their index: the i-th is reached without those before it, and depends
/// on the seed, the stream and i alone.
///
/// The seed is Philox's key; the stream is the counter's upper half, the block number its lower
/// half. Streams of one seed never meet.
///
/// The four functions read the same blocks in different ways, so `normal(at: 7)` is not independent
/// of `uniform(at: 7)`: give each use a stream of its own.
///
/// | function | numbers in a block |
/// | --- | --- |
/// | `bits` | 4 |
/// | `uniform`, `normal`, `integer` | 2: the indexes 2j and 2j + 1 share block j |
public struct RandomStream: Sendable, Equatable {
  private let key: SIMD2<UInt32>
  private let streamLow: UInt32
  private let streamHigh: UInt32

  /// Creates the stream of number `stream` under `seed`.
  public init(seed: UInt64, stream: UInt64) {
    key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    streamLow = UInt32(truncatingIfNeeded: stream)
    streamHigh = UInt32(truncatingIfNeeded: stream >> 32)
  }

  /// Returns 32 random bits.
  public func bits(at index: UInt64) -> UInt32 {
    block(index >> 2)[Int(index & 3)]
  }

  /// Returns a number in [0, 1), a multiple of 2⁻⁵³.
  public func uniform(at index: UInt64) -> Double {
    Self.unit(half(of: block(index >> 1), at: index))
  }

  /// Returns a number of the standard normal distribution, by Box and Muller's method.
  ///
  /// With u = 1 − `uniform(at: 2j)` and v = `uniform(at: 2j + 1)`, number 2j is
  /// √(−2 ln u) cos 2πv and number 2j + 1 is √(−2 ln u) sin 2πv. As u ≥ 2⁻⁵³, every number is
  /// finite: at most 8.6 in size.
  public func normal(at index: UInt64) -> Double {
    let pair = normalPair(index >> 1)
    return index & 1 == 0 ? pair.even : pair.odd
  }

  /// Returns an integer in 0 ..< `bound`, each exactly as likely as the others.
  ///
  /// D. Lemire, "Fast Random Integer Generation in an Interval" (2019): the upper half of
  /// `bound` · x for 64 random bits x, drawn again for the few x that would favour some integers.
  /// The attempt goes into the block number's upper byte, which is why the index has 57 bits.
  ///
  /// - Precondition: `bound` > 0 and `index` < 2⁵⁷.
  public func integer(below bound: Int, at index: UInt64) -> Int {
    require(bound > 0, "no integer lies in 0 ..< \(bound)")
    require(index >> 57 == 0, "the index \(index) of a random integer has more than 57 bits")
    let width = UInt64(bound)
    let unfair = (0 &- width) % width
    var attempt: UInt64 = 0
    while true {
      let random = half(of: block(index >> 1 | attempt << 56), at: index)
      let product = width.multipliedFullWidth(by: random)
      // A draw fails at most every other time: the attempts never run out in practice.
      if product.low >= unfair || attempt == 255 { return Int(product.high) }
      attempt += 1
    }
  }

  /// Returns the numbers 0 ..< `count` in random order (Fisher and Yates), each order as likely.
  ///
  /// - Precondition: `count` ≥ 0.
  public func permutation(of count: Int) -> [Int] {
    require(count >= 0, "a permutation of \(count) numbers")
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, integer(below: last + 1, at: UInt64(last)))
    }
    return order
  }

  /// Returns the four words of block `number`.
  private func block(_ number: UInt64) -> SIMD4<UInt32> {
    Philox.block(
      counter: SIMD4(
        UInt32(truncatingIfNeeded: number), UInt32(truncatingIfNeeded: number >> 32),
        streamLow, streamHigh),
      key: key)
  }

  /// Returns words 0 and 1 of a block as 64 bits for an even index, words 2 and 3 for an odd one.
  private func half(of block: SIMD4<UInt32>, at index: UInt64) -> UInt64 {
    index & 1 == 0
      ? UInt64(block.x) | UInt64(block.y) << 32 : UInt64(block.z) | UInt64(block.w) << 32
  }

  private static func unit(_ bits: UInt64) -> Double { Double(bits >> 11) * 0x1p-53 }

  /// Returns the uniform numbers 2j and 2j + 1, for block j.
  func uniformPair(_ number: UInt64) -> (even: Double, odd: Double) {
    let words = block(number)
    return (Self.unit(half(of: words, at: 0)), Self.unit(half(of: words, at: 1)))
  }

  /// Returns the normal numbers 2j and 2j + 1, for block j.
  func normalPair(_ number: UInt64) -> (even: Double, odd: Double) {
    let (u, v) = uniformPair(number)
    let radius = (-2 * log(1 - u)).squareRoot()
    let angle = 2 * Double.pi * v
    return (radius * cos(angle), radius * sin(angle))
  }
}
