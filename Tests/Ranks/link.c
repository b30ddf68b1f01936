/* A network cable between two network namespaces, of a given speed and delay: for Scripts/check-network, where
 * the kernel has no netem.
 *
 * Usage: link NAMESPACE NAMESPACE INTERFACE MEGABITS MICROSECONDS
 *
 * Makes an interface of that name in each namespace and carries frames between them, in each direction
 * at most so many megabits a second, each frame so many microseconds later. SIGUSR1 cuts the cable: from
 * then on frames are lost without a word. */
#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { FRAME_BYTES = 1 << 16, FRAMES = 256 };

typedef struct {
  long long due; /* in nanoseconds */
  ssize_t size;
  unsigned char bytes[FRAME_BYTES];
} frame;

/* One direction: frames that are on their way, in a ring. */
typedef struct {
  int from, to;
  unsigned first, count;
  long long free_at; /* when the last frame has left */
  frame *frames;
} direction;

static volatile sig_atomic_t is_cut;

static void cut(int number) {
  (void)number;
  is_cut = 1;
}

static void give_up(const char *what) {
  fprintf(stderr, "link: %s: %s\n", what, strerror(errno));
  exit(1);
}

static int open_interface(const char *space, const char *name) {
  char path[256];
  struct ifreq request = {.ifr_flags = IFF_TAP | IFF_NO_PI};
  snprintf(path, sizeof path, "/run/netns/%s", space);
  int handle = open(path, O_RDONLY | O_CLOEXEC);
  if (handle < 0 || setns(handle, CLONE_NEWNET)) give_up(path);
  close(handle);
  int interface = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  snprintf(request.ifr_name, sizeof request.ifr_name, "%s", name);
  if (interface < 0 || ioctl(interface, TUNSETIFF, &request)) give_up("/dev/net/tun");
  return interface;
}

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

/* Takes what has arrived, while there is room: a full ring keeps the sender waiting. */
static void take(direction *way, double nanoseconds_per_byte, long long delay) {
  while (way->count < FRAMES) {
    frame *next = &way->frames[(way->first + way->count) % FRAMES];
    next->size = read(way->from, next->bytes, sizeof next->bytes);
    if (next->size <= 0) return;
    if (is_cut) continue;
    long long start = now() > way->free_at ? now() : way->free_at;
    way->free_at = start + (long long)((double)next->size * nanoseconds_per_byte);
    next->due = way->free_at + delay;
    way->count++;
  }
}

static void deliver(direction *way) {
  while (way->count && (is_cut || way->frames[way->first].due <= now())) {
    frame *next = &way->frames[way->first];
    if (!is_cut && write(way->to, next->bytes, (size_t)next->size) < 0 && errno == EAGAIN) return;
    way->first = (way->first + 1) % FRAMES;
    way->count--;
  }
}

/* Waits until something arrives or is due. */
static void rest(const direction ways[2]) {
  struct pollfd files[2];
  long long due = now() + 1000000000LL;
  for (int way = 0; way < 2; way++) {
    files[way].fd = ways[way].from;
    files[way].events = ways[way].count < FRAMES ? POLLIN : 0;
    if (ways[way].count && ways[way].frames[ways[way].first].due < due)
      due = ways[way].frames[ways[way].first].due;
  }
  long long left = due - now();
  if (left <= 0) return;
  struct timespec limit = {.tv_sec = left / 1000000000, .tv_nsec = left % 1000000000};
  ppoll(files, 2, &limit, NULL);
}

int main(int count, char **arguments) {
  if (count != 6) {
    fprintf(stderr, "Usage: link NAMESPACE NAMESPACE INTERFACE MEGABITS MICROSECONDS\n");
    return 2;
  }
  int one = open_interface(arguments[1], arguments[3]);
  int other = open_interface(arguments[2], arguments[3]);
  double nanoseconds_per_byte = 8000 / atof(arguments[4]);
  long long delay = atoll(arguments[5]) * 1000;
  direction ways[2] = {{.from = one, .to = other}, {.from = other, .to = one}};
  for (int way = 0; way < 2; way++) ways[way].frames = malloc(FRAMES * sizeof(frame));
  signal(SIGUSR1, cut);
  prctl(PR_SET_TIMERSLACK, 1);
  printf("ready\n");
  fflush(stdout);
  for (;;) {
    for (int way = 0; way < 2; way++) take(&ways[way], nanoseconds_per_byte, delay);
    for (int way = 0; way < 2; way++) deliver(&ways[way]);
    rest(ways);
  }
}
