import CVector
import KernelTable

// The only place that knows how wide a register is. Every loop in this folder is written in terms
// of `Vector`, and every helper is inlined, so that no code is left to share between variants.

#if KERNELS_AVX512
  typealias Vector = SIMD16<Float>
  typealias IntegerVector = SIMD16<Int32>
  #if KERNELS_AVX512BF16
    let variantName = "avx512bf16"
  #else
    let variantName = "avx512"
  #endif
#elseif KERNELS_AVX2
  typealias Vector = SIMD8<Float>
  typealias IntegerVector = SIMD8<Int32>
  let variantName = "avx2"
#else
  typealias Vector = SIMD4<Float>
  typealias IntegerVector = SIMD4<Int32>
  let variantName = "baseline"
#endif

/// Floats in a register.
@inline(__always) var width: Int { Vector.scalarCount }

/// Floats of a cache line.
@inline(__always) var line: Int { 16 }

/// Loads a register from any address.
@inline(__always)
func loadVector(_ p: Source, _ index: Int = 0) -> Vector {
  UnsafeRawPointer(p + index).loadUnaligned(as: Vector.self)
}

/// Stores a register to any address.
@inline(__always)
func storeVector(_ v: Vector, _ p: Destination, _ index: Int = 0) {
  UnsafeMutableRawPointer(p + index).storeBytes(of: v, as: Vector.self)
}

/// Loads `count < width` floats; the other lanes are zero.
@inline(__always)
func loadPartial(_ p: Source, _ index: Int, _ count: Int) -> Vector {
  var v = Vector(repeating: 0)
  var lane = 0
  while lane < count {
    v[lane] = p[index &+ lane]
    lane &+= 1
  }
  return v
}

/// Stores the first `count < width` lanes.
@inline(__always)
func storePartial(_ v: Vector, _ p: Destination, _ index: Int, _ count: Int) {
  var lane = 0
  while lane < count {
    p[index &+ lane] = v[lane]
    lane &+= 1
  }
}

/// Adds `a·b` to the accumulator, fused where the processor has the instruction.
///
/// Without it `addProduct` would call `fmaf` lane by lane.
@inline(__always)
func multiplyAdd(_ accumulator: inout Vector, _ a: Vector, _ b: Vector) {
  #if KERNELS_AVX2 || KERNELS_AVX512 || arch(arm64)
    accumulator.addProduct(a, b)
  #else
    accumulator += a * b
  #endif
}

/// Returns √v, lane by lane, correctly rounded.
@inline(__always)
func squareRoot(_ v: Vector) -> Vector {
  #if KERNELS_AVX512
    cvector_sqrt16(v)
  #elseif KERNELS_AVX2
    cvector_sqrt8(v)
  #else
    cvector_sqrt4(v)
  #endif
}

/// Returns v with every lane brought into the bounds.
///
/// `clamped(lowerBound:upperBound:)` would do, but stays a shared function that the linker may take
/// from another variant.
@inline(__always)
func clamp(_ v: Vector, _ lower: Float, _ upper: Float) -> Vector {
  let (low, high) = (Vector(repeating: lower), Vector(repeating: upper))
  return v.replacing(with: low, where: v .< low).replacing(with: high, where: v .> high)
}

/// Asks for the cache line at p without waiting for it; any address will do.
@inline(__always)
func prefetchLine(_ p: Source) { cvector_prefetch(p) }

/// The same for a line that will be written.
@inline(__always)
func prefetchLineToWrite(_ p: Destination) { cvector_prefetch_write(p) }

/// Runs the body for every register of channels, then for the lanes that are left.
@inline(__always)
func forEachRegister(_ channels: Int, _ body: (_ channel: Int, _ lanes: Int) -> Void) {
  var c = 0
  while c &+ width <= channels {
    body(c, width)
    c &+= width
  }
  if c < channels { body(c, channels &- c) }
}
