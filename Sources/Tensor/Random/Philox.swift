/// Computes Philox4x32-10, a counter-based random function: 128 bits of counter and 64 bits of key
/// give 128 random bits, and no state is carried from one block to the next.
///
/// J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3" (2011).
package enum Philox {
  /// Returns the four words that `counter` has under `key`.
  ///
  /// A round multiplies words 0 and 2 to 64 bits, swaps the halves about and mixes the key in;
  /// between rounds the key moves on by the golden ratio and by √3 − 1. Ten rounds.
  package static func block(
    counter: SIMD4<UInt32>, key: SIMD2<UInt32>
  ) -> SIMD4<UInt32> {
    var (c0, c1, c2, c3) = (counter.x, counter.y, counter.z, counter.w)
    var (k0, k1) = (key.x, key.y)
    for _ in 0..<10 {
      let first = UInt64(c0) &* 0xD251_1F53
      let second = UInt64(c2) &* 0xCD9E_8D57
      (c0, c1, c2, c3) = (
        high(second) ^ c1 ^ k0, low(second),
        high(first) ^ c3 ^ k1, low(first)
      )
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return SIMD4(c0, c1, c2, c3)
  }

  private static func high(_ value: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: value >> 32) }

  private static func low(_ value: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: value) }
}
