#ifndef CVECTOR_H
#define CVECTOR_H

// What Swift has no word for: square roots of whole registers, which its SIMD types take lane by
// lane, the instructions of AVX512_BF16 and AMX, and fetching memory ahead of its use. Always inlined, so that
// every kernel variant compiles them for its own instruction set.

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

#ifdef __AMX_BF16__

/// LDTILECFG: makes all eight tiles sixteen rows of 64 bytes, of zeros.
CVECTOR_INLINE void cvector_configure_tiles(void) {
  static const struct {
    unsigned char palette, start, reserved[14];
    unsigned short bytes[16];
    unsigned char rows[16];
  } whole = {1, 0, {0}, {64, 64, 64, 64, 64, 64, 64, 64}, {16, 16, 16, 16, 16, 16, 16, 16}};
  __builtin_ia32_tile_loadconfig(&whole);
}

/// TILERELEASE: gives the tiles back, which the system then need not save.
CVECTOR_INLINE void cvector_release_tiles(void) { __builtin_ia32_tilerelease(); }

// The number of a tile is part of the instruction: with a constant, one case is left of those below.

#define CVECTOR_EACH_TILE(DO) DO(0) DO(1) DO(2) DO(3) DO(4) DO(5) DO(6) DO(7)

/// TILELOADD: rows `stride` floats apart.
CVECTOR_INLINE void cvector_load_tile(long tile, const float *p, long stride) {
#define CVECTOR_CASE(n) case n: __builtin_ia32_tileloadd64(n, p, 4 * stride); break;
  switch (tile) { CVECTOR_EACH_TILE(CVECTOR_CASE) default: __builtin_unreachable(); }
#undef CVECTOR_CASE
}

/// TILESTORED.
CVECTOR_INLINE void cvector_store_tile(long tile, float *p, long stride) {
#define CVECTOR_CASE(n) case n: __builtin_ia32_tilestored64(n, p, 4 * stride); break;
  switch (tile) { CVECTOR_EACH_TILE(CVECTOR_CASE) default: __builtin_unreachable(); }
#undef CVECTOR_CASE
}

/// TDPBF16PS: adds the products of tiles a and b to a tile of sums, of those that the kernels ask for.
CVECTOR_INLINE void cvector_multiply_tiles(long sums, long a, long b) {
#define CVECTOR_CASE(s, a, b) case s * 64 + a * 8 + b: __builtin_ia32_tdpbf16ps(s, a, b); break;
  switch (sums * 64 + a * 8 + b) {
    CVECTOR_CASE(0, 4, 6)
    CVECTOR_CASE(1, 4, 7)
    CVECTOR_CASE(2, 4, 6)
    CVECTOR_CASE(3, 4, 7)
    CVECTOR_CASE(2, 5, 6)
    CVECTOR_CASE(3, 5, 7)
  default: __builtin_unreachable();
  }
#undef CVECTOR_CASE
}

#endif

/// Floats of a thread's memory for tiles.
#define CVECTOR_TILE_MEMORY 3328

/// Returns memory of the calling thread, CVECTOR_TILE_MEMORY floats from a cache line on.
float *cvector_tile_memory(void);

/// Asks for the cache line at p to come into the second-level cache, without waiting for it; any
/// address will do. The first-level cache can wait for few lines at a time and has no room for more.
CVECTOR_INLINE void cvector_prefetch(const float *p) { __builtin_prefetch(p, 0, 2); }

/// The same for a line that will be written.
CVECTOR_INLINE void cvector_prefetch_write(const float *p) { __builtin_prefetch(p, 1, 2); }

#endif
