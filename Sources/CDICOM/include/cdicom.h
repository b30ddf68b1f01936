/* The JPEG and JPEG-LS frames of DICOM files through DCMTK, whose decoders know the kinds of JPEG that
 * libjpeg does not: 12 bits a sample, and lossless.
 *
 * DCMTK is C++ and may throw. Every function here catches what is thrown and returns a status with a
 * message instead, so no exception leaves this folder. DCMTK sees nothing of a file but one compressed
 * frame, and logs nothing. All functions may be called from several threads at once. */
#ifndef CDICOM_H
#define CDICOM_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* CDICOM_MISSING says that this was built without DCMTK. */
enum { CDICOM_OK = 0, CDICOM_FAILED = 1, CDICOM_MISSING = 2 };

/* The size of every message buffer, the closing zero included. */
enum { CDICOM_MESSAGE_SIZE = 256 };

/* What a frame is, as its own header says: the caller has read that. */
typedef struct {
  unsigned width;
  unsigned height;
  int channels;  /* 1 or 3 */
  int precision; /* the bits of a sample, 2 to 16 */
  int is_ybr;    /* whether JPEG's three channels are YCbCr, to become RGB */
  int is_signed;
} cdicom_frame;

/* Whether this was built with DCMTK. */
int cdicom_is_available(void);

/* Decodes the JPEG frame data[0..<size] (baseline, extended or lossless) into samples: height rows of
 * width * channels samples, interleaved, a byte each where precision is at most 8, else two in the
 * order of this machine. capacity is their number of bytes, or one more where that is odd. Damage that
 * the decoder would paper over is an error too. */
int cdicom_decode_jpeg(const unsigned char *data, size_t size, const cdicom_frame *frame,
                       unsigned char *samples, size_t capacity, char *message);

/* Decodes a JPEG-LS frame, lossless or near to it; otherwise as cdicom_decode_jpeg, but for is_ybr,
 * which is ignored. */
int cdicom_decode_jpeg_ls(const unsigned char *data, size_t size, const cdicom_frame *frame,
                          unsigned char *samples, size_t capacity, char *message);

#ifdef __cplusplus
}
#endif

#endif
