/* libFuzzer as a library: the toolchain brings it without a header. */
#ifndef CFUZZER_H
#define CFUZZER_H

#include <stddef.h>
#include <stdint.h>

/* Calls run on mutated inputs until it crashes or the arguments' limits are reached; returns the
 * process's exit code. https://llvm.org/docs/LibFuzzer.html#using-libfuzzer-as-a-library */
int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*run)(const uint8_t *, size_t));

#endif
