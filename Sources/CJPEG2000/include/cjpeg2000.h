/* JPEG 2000 codestreams through OpenJPEG.
 *
 * OpenJPEG returns its failures and reports what it thinks of them to callbacks; here a status and a
 * message come back. All functions may be called from several threads at once. */
#ifndef CJPEG2000_H
#define CJPEG2000_H

#include <stddef.h>
#include <stdint.h>

/* CJPEG2000_MISSING says that this was built without OpenJPEG. */
enum { CJPEG2000_OK = 0, CJPEG2000_FAILED = 1, CJPEG2000_MISSING = 2 };

/* The size of every message buffer, the closing zero included. */
enum { CJPEG2000_MESSAGE_SIZE = 256 };

/* Whether this was built with OpenJPEG. */
int cjpeg2000_is_available(void);

/* Decodes the codestream, or JP2 file, data[0..<size] into samples: height rows of width * channels
 * samples, interleaved, each in 16 bits, negative ones in two's complement. Another size or number of
 * channels, channels that are sampled more coarsely and samples of more than 16 bits are errors, and so
 * is a premature end. */
int cjpeg2000_decode(const unsigned char *data, size_t size, unsigned width, unsigned height,
                     int channels, uint16_t *samples, char *message);

#endif
