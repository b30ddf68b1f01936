#ifndef CVECTOR_H
#define CVECTOR_H

// What Swift has no word for: square roots of whole registers, which its SIMD types take lane by
// lane, the instructions of AVX512_BF16, and fetching memory ahead of its use. Always inlined, so that every
// kernel variant compiles them for its own instruction set.

typedef float cvector_float4 __attribute__((ext_vector_type(4)));
typedef float cvector_float8 __attribute__((ext_vector_type(8)));
typedef float cvector_float16 __attribute__((ext_vector_type(16)));

#define CVECTOR_INLINE static inline __attribute__((always_inline, unused))

CVECTOR_INLINE cvector_float4 cvector_sqrt4(cvector_float4 x) {
  return __builtin_elementwise_sqrt(x);
}

CVECTOR_INLINE cvector_float8 cvector_sqrt8(cvector_float8 x) {
  return __builtin_elementwise_sqrt(x);
}

CVECTOR_INLINE cvector_float16 cvector_sqrt16(cvector_float16 x) {
  return __builtin_elementwise_sqrt(x);
}

#ifdef __AVX512BF16__

typedef unsigned short cvector_ushort16 __attribute__((ext_vector_type(16)));
typedef unsigned int cvector_uint16 __attribute__((ext_vector_type(16)));
typedef __bf16 cvector_bfloat16 __attribute__((vector_size(32)));
typedef __bf16 cvector_bfloat32 __attribute__((vector_size(64)));

/// VCVTNEPS2BF16: sixteen floats, rounded to bfloat16.
CVECTOR_INLINE cvector_ushort16 cvector_round_to_bfloat16(cvector_float16 x) {
  return (cvector_ushort16)__builtin_ia32_cvtneps2bf16_512_mask(
      x, (cvector_bfloat16)(cvector_ushort16)(0), (unsigned short)-1);
}

/// The same, each in the lower half of a word, zero in the upper one.
CVECTOR_INLINE cvector_uint16 cvector_round_to_bfloat16_words(cvector_float16 x) {
  return __builtin_convertvector(cvector_round_to_bfloat16(x), cvector_uint16);
}

/// VDPBF16PS: adds the products of the upper halves of a's and b's words, then those of the lower
/// ones, to sixteen sums.
CVECTOR_INLINE cvector_float16 cvector_add_bfloat16_products(
    cvector_float16 sums, cvector_float16 a, cvector_float16 b) {
  return __builtin_ia32_dpbf16ps_512(sums, (cvector_bfloat32)a, (cvector_bfloat32)b);
}

#endif

/// Asks for the cache line at p to come into the second-level cache, without waiting for it; any
/// address will do. The first-level cache can wait for few lines at a time and has no room for more.
CVECTOR_INLINE void cvector_prefetch(const float *p) { __builtin_prefetch(p, 0, 2); }

/// The same for a line that will be written.
CVECTOR_INLINE void cvector_prefetch_write(const float *p) { __builtin_prefetch(p, 1, 2); }

#endif
