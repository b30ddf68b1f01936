/* PNG files through libpng, for callers that must not be jumped over.
 *
 * libpng reports a failure by longjmp. Every function here catches that jump itself and returns a
 * status with a message instead, so no jump ever leaves this file. libpng's simplified interface
 * would do without jumps, but it corrects for gamma and takes 16-bit files for linear light; here
 * the samples are wanted as they stand. All functions may be called from several threads at once. */
#ifndef CPNG_H
#define CPNG_H

#include <stddef.h>

enum { CPNG_OK = 0, CPNG_FAILED = 1 };

/* The size of every message buffer, the closing zero included. */
enum { CPNG_MESSAGE_SIZE = 256 };

typedef struct {
  unsigned width;
  unsigned height;
  int channels; /* what decoding yields: 1 for grey files, 3 for all others */
  int bits;     /* of a sample in the file: 16, or 8 for 8 and fewer */
  size_t buffer_bytes; /* what decoding needs beside what it yields, but for libpng's own few rows */
} cpng_header;

/* What decoding has seen. */
typedef struct {
  unsigned largest;     /* of a 16-bit file the largest sample that is not wholly transparent, else 0 */
  unsigned smallest;    /* of a 16-bit file the smallest such sample, 65535 without one */
  int has_transparency; /* whether a pixel was not wholly opaque */
} cpng_samples;

/* Reads the header of the file data[0..<size]. */
int cpng_read_header(const unsigned char *data, size_t size, cpng_header *header, char *message);

/* Decodes the file data[0..<size] into pixels: height rows of width * channels bytes, top to
 * bottom, interleaved, with the sizes of cpng_read_header; anything else is an error, but not a
 * missing or broken end behind the whole image. 16-bit samples become the byte at their place in
 * levels, which are 65,536, or without levels (NULL) keep their high byte; 1-, 2- and 4-bit greys are
 * spread over 0 to 255, palettes are looked up, and what is transparent, by alpha or by a colour that
 * stands for nothing, shows the grey level background through. Gamma, orientation, texts and profiles
 * are ignored. */
int cpng_decode(const unsigned char *data, size_t size, unsigned width, unsigned height,
                int channels, unsigned char background, const unsigned char *levels,
                unsigned char *pixels,
                cpng_samples *samples, char *message);

/* Encodes pixels (layout as above, channels 1 or 3). The same pixels give the same bytes. On
 * success *data holds *size bytes, to be given back to cpng_free. */
int cpng_encode(const unsigned char *pixels, unsigned width, unsigned height, int channels,
                unsigned char **data, size_t *size, char *message);

/* Releases what cpng_encode returned. */
void cpng_free(unsigned char *data);

#endif
