#define _GNU_SOURCE

#include "cmpi.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#if defined(DCGAN_MPI)

#include <mpi.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>

#if defined(__linux__)
#include <sys/prctl.h>
#endif

struct cmpi_gather {
  int count;
  MPI_Request requests[];
};

/* A communicator for each channel. */
static MPI_Comm channels[2];

int cmpi_is_available(void) { return 1; }

/* Writes what an operation of MPI failed with. */
static int fail(const char *operation, int code, char *message) {
  char text[MPI_MAX_ERROR_STRING] = "";
  int length = 0;
  if (MPI_Error_string(code, text, &length)) snprintf(text, sizeof text, "error %d", code);
  snprintf(message, CMPI_MESSAGE_SIZE, "%s: %s", operation, text);
  return CMPI_FAILED;
}

void cmpi_describe_library(char *text) {
  static char all[MPI_MAX_LIBRARY_VERSION_STRING];
  int length = 0;
  if (MPI_Get_library_version(all, &length)) all[0] = 0;
  /* MPICH writes a table with how it was built; its first line is enough, and so is what stands before
   * the first comma of Open MPI's. */
  all[strcspn(all, ",\n")] = 0;
  for (char *place = all; *place; place++)
    if (*place == '\t') *place = ' ';
  snprintf(text, CMPI_MESSAGE_SIZE, "%s", all);
}

/* Counts the ranks of this host and the cores that they may use together: mpirun may have tied each to
 * one of its own. */
static int look_at_host(cmpi_place *place, char *message) {
  MPI_Comm host;
  int code = MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &host);
  if (code) return fail("MPI_Comm_split_type", code, message);
  MPI_Comm_size(host, &place->ranks_on_host);
  place->cores_of_host = 0;
#if defined(__linux__)
  cpu_set_t cores;
  CPU_ZERO(&cores);
  sched_getaffinity(0, sizeof cores, &cores);
  code = MPI_Allreduce(MPI_IN_PLACE, &cores, (int)sizeof cores, MPI_BYTE, MPI_BOR, host);
  place->cores_of_host = CPU_COUNT(&cores);
#endif
  MPI_Comm_free(&host);
  return code ? fail("MPI_Allreduce", code, message) : CMPI_OK;
}

int cmpi_join(cmpi_place *place, char *message) {
  int provided = 0;
  message[0] = 0;
  int code = MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided);
  if (code) return fail("MPI_Init_thread", code, message);
  if (provided < MPI_THREAD_FUNNELED) {
    snprintf(message, CMPI_MESSAGE_SIZE, "the MPI library was built without threads");
    return CMPI_FAILED;
  }
  MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
  for (int channel = CMPI_WORK; channel <= CMPI_END; channel++) {
    code = MPI_Comm_dup(MPI_COMM_WORLD, &channels[channel]);
    if (code) return fail("MPI_Comm_dup", code, message);
    MPI_Comm_set_errhandler(channels[channel], MPI_ERRORS_RETURN);
  }
  MPI_Comm_rank(MPI_COMM_WORLD, &place->rank);
  MPI_Comm_size(MPI_COMM_WORLD, &place->count);
#if defined(__linux__)
  /* Who sleeps for microseconds until other ranks answer should not sleep for fifty more. */
  prctl(PR_SET_TIMERSLACK, 1000UL);
#endif
  return look_at_host(place, message);
}

/* Begins with one piece of every block: those of two ranks are a whole block apart. */
static int begin_piece(MPI_Comm group, char *memory, size_t bytes_per_rank, size_t piece,
                       MPI_Request *request) {
  if (piece == bytes_per_rank)
    return MPI_Iallgather(MPI_IN_PLACE, 0, MPI_BYTE, memory, (int)piece, MPI_BYTE, group, request);
  MPI_Datatype bytes, spread;
  int code = MPI_Type_contiguous((int)piece, MPI_BYTE, &bytes);
  if (code) return code;
  code = MPI_Type_create_resized(bytes, 0, (MPI_Aint)bytes_per_rank, &spread);
  MPI_Type_free(&bytes);
  if (code) return code;
  code = MPI_Type_commit(&spread);
  if (!code)
    code = MPI_Iallgather(MPI_IN_PLACE, 0, MPI_BYTE, memory, 1, spread, group, request);
  /* What has begun with it keeps it. */
  MPI_Type_free(&spread);
  return code;
}

int cmpi_begin_gather(int channel, void *memory, size_t bytes_per_rank, size_t largest_piece,
                      cmpi_gather **gather, char *message) {
  size_t count = (bytes_per_rank + largest_piece - 1) / largest_piece;
  message[0] = 0;
  *gather = malloc(sizeof(cmpi_gather) + count * sizeof(MPI_Request));
  if (!*gather) {
    snprintf(message, CMPI_MESSAGE_SIZE, "there is no memory left");
    return CMPI_FAILED;
  }
  (*gather)->count = (int)count;
  for (size_t index = 0; index < count; index++) {
    size_t start = index * largest_piece;
    size_t left = bytes_per_rank - start;
    int code = begin_piece(channels[channel], (char *)memory + start, bytes_per_rank,
                           left < largest_piece ? left : largest_piece,
                           &(*gather)->requests[index]);
    if (code) return fail("MPI_Iallgather", code, message);
  }
  return CMPI_OK;
}

int cmpi_test_gather(cmpi_gather *gather, int *is_done, char *message) {
  message[0] = 0;
  int code = MPI_Testall(gather->count, gather->requests, is_done, MPI_STATUSES_IGNORE);
  if (code) return fail("MPI_Testall", code, message);
  if (*is_done) free(gather);
  return CMPI_OK;
}

/* What the process ends with where MPI does not come back. */
static volatile sig_atomic_t last_code;

static void end_process(int number) {
  (void)number;
  _exit(last_code);
}

static void end_process_after(unsigned seconds, int code) {
  sigset_t signals;
  last_code = code;
  signal(SIGALRM, end_process);
  sigemptyset(&signals);
  sigaddset(&signals, SIGALRM);
  pthread_sigmask(SIG_UNBLOCK, &signals, NULL);
  alarm(seconds);
}

int cmpi_leave(unsigned seconds, int code, char *message) {
  message[0] = 0;
  end_process_after(seconds, code);
  int status = MPI_Finalize();
  alarm(0);
  return status ? fail("MPI_Finalize", status, message) : CMPI_OK;
}

_Noreturn void cmpi_abort(int code) {
  end_process_after(5, code);
  MPI_Abort(MPI_COMM_WORLD, code);
  _exit(code);
}

#else

int cmpi_is_available(void) { return 0; }

static int refuse(char *message) {
  snprintf(message, CMPI_MESSAGE_SIZE, "this program was built without MPI");
  return CMPI_UNAVAILABLE;
}

void cmpi_describe_library(char *text) { snprintf(text, CMPI_MESSAGE_SIZE, "no MPI"); }

int cmpi_join(cmpi_place *place, char *message) {
  (void)place;
  return refuse(message);
}

int cmpi_begin_gather(int channel, void *memory, size_t bytes_per_rank, size_t largest_piece,
                      cmpi_gather **gather, char *message) {
  (void)channel, (void)memory, (void)bytes_per_rank, (void)largest_piece, (void)gather;
  return refuse(message);
}

int cmpi_test_gather(cmpi_gather *gather, int *is_done, char *message) {
  (void)gather, (void)is_done;
  return refuse(message);
}

int cmpi_leave(unsigned seconds, int code, char *message) {
  (void)seconds, (void)code;
  return refuse(message);
}

_Noreturn void cmpi_abort(int code) { _exit(code); }

#endif
