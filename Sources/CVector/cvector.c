#include "cvector.h"

float *cvector_tile_memory(void) {
  static _Thread_local _Alignas(64) float memory[CVECTOR_TILE_MEMORY];
  return memory;
}
