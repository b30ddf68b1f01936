/* WebP files through libwebp, where the program was built with it. All functions may be called from
 * several threads at once. */
#ifndef CWEBP_H
#define CWEBP_H

#include <stddef.h>

enum { CWEBP_OK = 0, CWEBP_FAILED = 1, CWEBP_ANIMATED = 2 };

typedef struct {
  int width;
  int height;
  int has_alpha;
} cwebp_header;

/* Whether the program was built with libwebp. */
int cwebp_is_available(void);

/* Reads the header of the file data[0..<size]. CWEBP_ANIMATED stands for a file of several images. */
int cwebp_read_header(const unsigned char *data, size_t size, cwebp_header *header);

/* Decodes the file into pixels: rows from the top, red, green, blue, and opacity where the header says
 * so, with the sizes of cwebp_read_header; anything else is an error. */
int cwebp_decode(const unsigned char *data, size_t size, const cwebp_header *header,
                 unsigned char *pixels);

#endif
