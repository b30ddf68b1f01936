/* Zip archives through libzip, where the program was built with it, for reading alone. An archive must
 * not be used by two threads at a time. */
#ifndef CZIP_H
#define CZIP_H

#include <stddef.h>

enum { CZIP_OK = 0, CZIP_FAILED = 1 };

/* The size of every message buffer, the closing zero included. */
enum { CZIP_MESSAGE_SIZE = 256 };

typedef struct {
  const char *name;                   /* in UTF-8, until the archive is closed */
  unsigned long long bytes;           /* as the archive claims */
  unsigned long long compressed_bytes;
  int is_encrypted;
  int is_special; /* whether it is a link, a pipe or the like */
} czip_member;

/* Whether the program was built with libzip. */
int czip_is_available(void);

/* Opens the file at path; NULL where it is no archive. To be given back to czip_close. */
void *czip_open(const char *path, char *message);

void czip_close(void *archive);

/* The number of members. */
long long czip_count(void *archive);

/* Describes the member at a place below czip_count. */
int czip_describe(void *archive, long long place, czip_member *member, char *message);

/* Reads count bytes from the start of a member. Where that is all of it, its checksum must be right, and
 * nothing may follow. */
int czip_read(void *archive, long long place, unsigned char *bytes, size_t count, int is_all,
              char *message);

#endif
