/* TIFF files through libtiff, where the program was built with it.
 *
 * Every function returns a status, with a message where it failed. libtiff prints its messages; here they
 * go into the caller's buffer, and its warnings nowhere. All functions may be called from several
 * threads at once. */
#ifndef CTIFF_H
#define CTIFF_H

#include <stddef.h>

enum { CTIFF_OK = 0, CTIFF_FAILED = 1, CTIFF_UNSUPPORTED = 2 };

/* The size of every message buffer, the closing zero included. */
enum { CTIFF_MESSAGE_SIZE = 256 };

typedef struct {
  unsigned width;
  unsigned height;
  int orientation;      /* 1 to 8, as EXIF has them */
  int colours;          /* of a pixel that is decoded: 1 for grey and for palettes, else 3 */
  int has_alpha;        /* whether opacity follows them */
  int is_premultiplied; /* whether they are multiplied by it already */
  int is_inverted;      /* whether 0 is white */
  int bits;             /* of a sample in the file: 1, 2, 4, 8 or 16 */
  int has_palette;      /* whether samples are places in a palette */
  unsigned char palette[3 * 256]; /* the red, green and blue of every sample */
  size_t buffer_bytes;            /* what decoding needs beside what it yields */
} ctiff_header;

/* Whether the program was built with libtiff. */
int ctiff_is_available(void);

/* Reads what the file data[0..<size] says of its first image. CTIFF_UNSUPPORTED stands for an image of a
 * kind that is not read; the message then names it, as in "CMYK TIFF". */
int ctiff_read_header(const unsigned char *data, size_t size, ctiff_header *header, char *message);

/* Decodes the first image into samples: rows from the top as they are stored, pixels interleaved, bytes
 * where the header says 8 bits or fewer, else 16-bit words. Samples of fewer than 8 bits keep their
 * values. header is that of ctiff_read_header; a file that says something else by now is an error. */
int ctiff_decode(const unsigned char *data, size_t size, const ctiff_header *header, void *samples,
                 char *message);

#endif
