/* JPEG files through libjpeg, for callers that must not be jumped over.
 *
 * libjpeg reports a failure by longjmp. Every function here catches that jump itself and returns a
 * status with a message instead, so no jump ever leaves this file. All functions may be called
 * from several threads at once. */
#ifndef CJPEG_H
#define CJPEG_H

#include <stddef.h>

enum { CJPEG_OK = 0, CJPEG_FAILED = 1 };

/* The size of every message buffer, the closing zero included. */
enum { CJPEG_MESSAGE_SIZE = 256 };

typedef struct {
  int width;
  int height;
  int channels; /* what decoding yields: 1 for grey files, 3 for all others */
} cjpeg_header;

/* Reads the header of the file data[0..<size]. */
int cjpeg_read_header(const unsigned char *data, size_t size, cjpeg_header *header, char *message);

/* Decodes the file data[0..<size], scaled by eighths/8 (1 to 8), into pixels: height rows of
 * width * channels bytes, top to bottom, interleaved. width and height are ceil(full * eighths/8)
 * and channels as cjpeg_read_header says; anything else is an error. Damage that libjpeg would
 * paper over (a premature end, corrupt data) is an error too, and so are more than 500 scans, but not
 * bytes too many between the segments before the first scan or after the last row. */
int cjpeg_decode(const unsigned char *data, size_t size, int eighths, int width, int height,
                 int channels, unsigned char *pixels, char *message);

/* Encodes pixels (layout as above, channels 1 or 3) with the given quality (1 to 100). On success
 * *data holds *size bytes, to be given back to cjpeg_free. */
int cjpeg_encode(const unsigned char *pixels, int width, int height, int channels, int quality,
                 unsigned char **data, size_t *size, char *message);

/* Releases what cjpeg_encode returned. */
void cjpeg_free(unsigned char *data);

#endif
