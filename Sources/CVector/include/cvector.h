#ifndef CVECTOR_H
#define CVECTOR_H

// What Swift has no word for: square roots of whole registers, which its SIMD types take lane by
// lane, and fetching memory ahead of its use. Always inlined, so that every kernel variant compiles
// them for its own instruction set.

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

/// Asks for the cache line at p to come into the second-level cache, without waiting for it; any
/// address will do. The first-level cache can wait for few lines at a time and has no room for more.
CVECTOR_INLINE void cvector_prefetch(const float *p) { __builtin_prefetch(p, 0, 2); }

/// The same for a line that will be written.
CVECTOR_INLINE void cvector_prefetch_write(const float *p) { __builtin_prefetch(p, 1, 2); }

#endif
