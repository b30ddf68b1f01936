#ifndef CCPU_H
#define CCPU_H

/// Says whether this processor, and the system on it, run AVX2 and FMA instructions.
int ccpu_has_avx2_fma(void);

/// Says whether this processor, and the system on it, run AVX-512 F, VL, DQ and BW instructions.
int ccpu_has_avx512(void);

/// Says whether this processor, and the system on it, run AVX512_BF16 instructions.
int ccpu_has_avx512_bf16(void);

/// Asks the system for the tiles of AMX, and says whether this process may use them and the processor
/// multiplies bfloat16 in them. Elsewhere than on Linux the answer is no.
int ccpu_take_amx_bf16(void);

/// Tells the processor that a loop waits for another thread.
static inline void ccpu_relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#endif
