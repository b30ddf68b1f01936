/* The processes that mpirun or srun started together, through MPI, where the program was built with it
 * (the package's trait MPI).
 *
 * Functions that can fail return a status, with a message where they did; MPI itself is asked to end nothing.
 * cmpi_is_available and cmpi_describe_library may be called at any time; all others only by the thread that
 * called cmpi_join. */
#ifndef CMPI_H
#define CMPI_H

#include <stddef.h>

enum { CMPI_OK = 0, CMPI_FAILED = 1, CMPI_UNAVAILABLE = 2 };

/* The size of every message buffer, the closing zero included. */
enum { CMPI_MESSAGE_SIZE = 1024 };

/* What a gather belongs to. Those of one channel are begun in the same order by all ranks; the two
 * channels do not meet. */
enum { CMPI_WORK = 0, CMPI_END = 1 };

typedef struct {
  int rank;
  int count;
  int ranks_on_host; /* how many of them run on this rank's host */
  int cores_of_host; /* that those may use together; 0 where the system does not say */
} cmpi_place;

/* Blocks of memory that are on their way. */
typedef struct cmpi_gather cmpi_gather;

/* Whether the program was built with MPI. */
int cmpi_is_available(void);

/* Writes the name and version of the MPI library to text, of CMPI_MESSAGE_SIZE bytes. */
void cmpi_describe_library(char *text);

/* Joins the processes that this one was started with, once in a process. */
int cmpi_join(cmpi_place *place, char *message);

/* Begins to collect a block of each rank in the memory of all: as many blocks as there are ranks, one
 * after the other, of which this rank's own is in its place already. Blocks of more bytes than
 * largest_piece, the same on all ranks and at most 2^31 - 1, travel in pieces. The memory must stay
 * untouched, and the gather must be tested, until it is done. */
int cmpi_begin_gather(int channel, void *memory, size_t bytes_per_rank, size_t largest_piece,
                      cmpi_gather **gather, char *message);

/* Lets what has begun move on, without waiting, and finds out whether a gather is done; if so, it is
 * gone. */
int cmpi_test_gather(cmpi_gather *gather, int *is_done, char *message);

/* Leaves the group, which waits for all others to leave it. Where they keep this one waiting for more
 * seconds than given, the process ends with the code. */
int cmpi_leave(unsigned seconds, int code, char *message);

/* Ends all processes of the group with the code. Does not return. */
_Noreturn void cmpi_abort(int code);

#endif
