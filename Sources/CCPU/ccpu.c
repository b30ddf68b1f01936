#include "ccpu.h"

#if defined(__x86_64__) && defined(__linux__)
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

// The compiler's builtins ask CPUID and, through XGETBV, whether the system saves the registers.

int ccpu_has_avx2_fma(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
  return 0;
#endif
}

int ccpu_has_avx512(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
#else
  return 0;
#endif
}

int ccpu_has_avx512_bf16(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512bf16");
#else
  return 0;
#endif
}

#if defined(__x86_64__) && defined(__linux__)
// Whether the system saves the configuration and the data of tiles, by XGETBV.
static int saves_tiles(void) {
  unsigned low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (low >> 17 & 3) == 3;
}
#endif

int ccpu_take_amx_bf16(void) {
#if defined(__x86_64__) && defined(__linux__)
  enum { has_xgetbv = 1 << 27, has_bf16 = 1 << 22, has_tiles = 1 << 24, request = 0x1023, data = 18 };
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & has_xgetbv) || !saves_tiles()) return 0;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(d & has_bf16) || !(d & has_tiles)) return 0;
  // The system saves the tiles' eight kilobytes for programs that ask for them (arch_prctl,
  // ARCH_REQ_XCOMP_PERM), and for all of their threads.
  return syscall(SYS_arch_prctl, request, data) == 0;
#else
  return 0;
#endif
}
