import CVector
import KernelTable

// A word holds two values in bfloat16, the upper halves of two Floats. AVX512_BF16 has instructions to
// round and to multiply them. Elsewhere the same numbers are computed from their definition, slowly:
// both instructions take what is below Float's normal range for zero, in and out, round to nearest
// even whatever the mode, and VDPBF16PS adds the products of the upper halves first.

#if KERNELS_AVX512
  typealias WordVector = SIMD16<UInt32>
  typealias HalfWordVector = SIMD16<UInt16>
  private typealias AllHalves = SIMD32<UInt16>
#elseif KERNELS_AVX2
  typealias WordVector = SIMD8<UInt32>
  typealias HalfWordVector = SIMD8<UInt16>
  private typealias AllHalves = SIMD16<UInt16>
#else
  typealias WordVector = SIMD4<UInt32>
  typealias HalfWordVector = SIMD4<UInt16>
  private typealias AllHalves = SIMD8<UInt16>
#endif

/// The multiplication of words that hold two values in bfloat16: a sum gains both products.
enum BFloat16Pairs: Multiplication {
  @inline(__always)
  static func add(_ sums: inout Vector, _ a: Vector, _ b: Vector) {
    #if KERNELS_AVX512BF16
      sums = cvector_add_bfloat16_products(sums, a, b)
    #else
      addUpperProducts(&sums, a, b)
      addLowerProducts(&sums, a, b)
    #endif
  }
}

/// Returns v rounded to bfloat16, one value after the other.
@inline(__always)
func roundToBFloat16(_ v: Vector) -> HalfWordVector {
  #if KERNELS_AVX512BF16
    cvector_round_to_bfloat16(v)
  #else
    unsafeBitCast(roundedBits(v), to: AllHalves.self).oddHalf
  #endif
}

/// Returns v rounded to bfloat16, each value in the lower half of a word, zero in the upper one.
@inline(__always)
func roundToBFloat16Words(_ v: Vector) -> WordVector {
  #if KERNELS_AVX512BF16
    cvector_round_to_bfloat16_words(v)
  #else
    roundedBits(v) &>> 16
  #endif
}

/// Adds the products of the upper halves of words.
@inline(__always)
func addUpperProducts(_ sums: inout Vector, _ a: Vector, _ b: Vector) {
  multiplyAdd(&sums, upperHalves(a), upperHalves(b))
  sums = withoutSubnormals(sums)
}

/// Adds the products of the lower halves of words.
@inline(__always)
func addLowerProducts(_ sums: inout Vector, _ a: Vector, _ b: Vector) {
  multiplyAdd(&sums, lowerHalves(a), lowerHalves(b))
  sums = withoutSubnormals(sums)
}

/// Returns the values in the upper halves of words.
@inline(__always)
private func upperHalves(_ v: Vector) -> Vector {
  unsafeBitCast(bits(v) & WordVector(repeating: 0xFFFF_0000), to: Vector.self)
}

/// Returns the values in the lower halves of words.
@inline(__always)
private func lowerHalves(_ v: Vector) -> Vector {
  unsafeBitCast(bits(v) &<< 16, to: Vector.self)
}

/// Returns words with zeros of the same sign for halves below the normal range.
@inline(__always)
func withoutSubnormalHalves(_ v: Vector) -> Vector {
  let upper = bits(withoutSubnormals(upperHalves(v)))
  let lower = bits(withoutSubnormals(lowerHalves(v)))
  return unsafeBitCast(upper | lower &>> 16, to: Vector.self)
}

/// Returns v with zeros of the same sign for values below the normal range.
@inline(__always)
func withoutSubnormals(_ v: Vector) -> Vector {
  unsafeBitCast(bitsWithoutSubnormals(v), to: Vector.self)
}

@inline(__always)
private func bitsWithoutSubnormals(_ v: Vector) -> WordVector {
  let word = bits(v)
  let isNormal = (word & WordVector(repeating: 0x7F80_0000)) .!= WordVector(repeating: 0)
  return (word & WordVector(repeating: 0x8000_0000)).replacing(with: word, where: isNormal)
}

/// Returns the bits of v rounded to bfloat16; the lower halves are of no account.
@inline(__always)
private func roundedBits(_ v: Vector) -> WordVector {
  let word = bitsWithoutSubnormals(v)
  let isOdd = (word &>> 16) & WordVector(repeating: 1)
  let rounded = word &+ WordVector(repeating: 0x7FFF) &+ isOdd
  // The carry would turn some that are no numbers into zeros.
  let quiet = word | WordVector(repeating: 0x0040_0000)
  return rounded.replacing(with: quiet, where: v .!= v)
}

@inline(__always)
private func bits(_ v: Vector) -> WordVector { unsafeBitCast(v, to: WordVector.self) }
