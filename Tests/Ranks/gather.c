/* Collects blocks of many sizes through the shim, in pieces of many sizes and several at a time, as every
 * rank that mpirun starts, and compares each byte. Run by Scripts/check-ranks. */
#include "cmpi.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST_AT_ONCE = 3 };

static unsigned char expected(size_t round, int rank, size_t place) {
  return (unsigned char)(round * 31 + (size_t)rank * 7 + place * 13 + place / 251);
}

static void require(int holds, const char *what, const char *message) {
  if (holds) return;
  fprintf(stderr, "gather: %s %s\n", what, message);
  cmpi_abort(1);
}

static void check(size_t bytes, size_t piece, const cmpi_place *place) {
  char message[CMPI_MESSAGE_SIZE];
  unsigned char *blocks[MOST_AT_ONCE];
  cmpi_gather *gathers[MOST_AT_ONCE];
  for (size_t round = 0; round < MOST_AT_ONCE; round++) {
    blocks[round] = calloc((size_t)place->count * bytes + 1, 1);
    for (size_t byte = 0; byte < bytes; byte++)
      blocks[round][(size_t)place->rank * bytes + byte] = expected(round, place->rank, byte);
    int channel = round % 2 ? CMPI_END : CMPI_WORK;
    require(cmpi_begin_gather(channel, blocks[round], bytes, piece, &gathers[round], message) == CMPI_OK,
            "beginning", message);
  }
  for (size_t round = MOST_AT_ONCE; round-- > 0;) {
    int is_done = 0;
    while (!is_done)
      require(cmpi_test_gather(gathers[round], &is_done, message) == CMPI_OK, "testing", message);
    for (int rank = 0; rank < place->count; rank++)
      for (size_t byte = 0; byte < bytes; byte++)
        require(blocks[round][(size_t)rank * bytes + byte] == expected(round, rank, byte),
                "another byte than was sent", "");
    free(blocks[round]);
  }
}

int main(void) {
  const size_t sizes[] = {0, 1, 7, 4096, 100003, 1 << 20};
  const size_t pieces[] = {1 << 30, 65536, 4096, 1000};
  char message[CMPI_MESSAGE_SIZE];
  cmpi_place place;
  require(cmpi_join(&place, message) == CMPI_OK, "joining", message);
  require(place.ranks_on_host == place.count, "ranks on this host", "");
  for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++)
    for (size_t piece = 0; piece < sizeof pieces / sizeof *pieces; piece++)
      if (sizes[size] / pieces[piece] < 50) check(sizes[size], pieces[piece], &place);
  if (place.rank == 0) {
    cmpi_describe_library(message);
    printf("%d ranks, %s\n", place.count, message);
  }
  return cmpi_leave(10, 1, message);
}
