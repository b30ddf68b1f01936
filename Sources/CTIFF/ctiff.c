#include "ctiff.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if __has_include(<tiffio.h>)

#include <pthread.h>
#include <tiffio.h>

/* A file held in memory, and where the first message about it goes. */
typedef struct {
  const unsigned char *data;
  size_t size;
  size_t place;
  char *message;
} memory_file;

static tmsize_t read_bytes(thandle_t handle, void *bytes, tmsize_t count) {
  memory_file *file = handle;
  size_t left = file->place < file->size ? file->size - file->place : 0;
  size_t found = count < 0 ? 0 : (size_t)count < left ? (size_t)count : left;
  memcpy(bytes, file->data + (found ? file->place : 0), found);
  file->place += found;
  return (tmsize_t)found;
}

static tmsize_t write_bytes(thandle_t handle, void *bytes, tmsize_t count) {
  (void)handle, (void)bytes, (void)count;
  return 0;
}

static toff_t seek(thandle_t handle, toff_t offset, int whence) {
  memory_file *file = handle;
  size_t base = whence == SEEK_CUR ? file->place : whence == SEEK_END ? file->size : 0;
  file->place = (size_t)(base + offset);
  return file->place;
}

static int close_file(thandle_t handle) {
  (void)handle;
  return 0;
}

static toff_t size_of(thandle_t handle) { return ((memory_file *)handle)->size; }

static void keep_first_message(memory_file *file, const char *format, va_list values) {
  if (file && !file->message[0]) vsnprintf(file->message, CTIFF_MESSAGE_SIZE, format, values);
}

/* A damaged JPEG stream is decoded to grey smears, and a table of colours that the file has no more is
 * done without; libtiff only warns, but an image to train on must be whole. Its other warnings are about
 * tags that it knows nothing of. */
static void judge_warning(memory_file *file, const char *module, const char *format,
                          va_list values) {
  if ((module && !strcmp(module, "JPEGLib")) || strstr(format, "IO error"))
    keep_first_message(file, format, values);
}

/* More than any strip or tile of an image within the limits takes. */
enum { LARGEST_BLOCK = 1 << 30 };

#if TIFFLIB_VERSION >= 20221213

static int take_error(TIFF *tiff, void *file, const char *module, const char *format,
                      va_list values) {
  (void)tiff, (void)module;
  keep_first_message(file, format, values);
  return 1;
}

static int take_warning(TIFF *tiff, void *file, const char *module, const char *format,
                        va_list values) {
  (void)tiff;
  judge_warning(file, module, format, values);
  return 1;
}

static TIFF *open_file(memory_file *file) {
  TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
  if (!options) return NULL;
  TIFFOpenOptionsSetErrorHandlerExtR(options, take_error, file);
  TIFFOpenOptionsSetWarningHandlerExtR(options, take_warning, file);
  TIFFOpenOptionsSetMaxSingleMemAlloc(options, LARGEST_BLOCK);
  TIFF *tiff = TIFFClientOpenExt("", "rm", file, read_bytes, write_bytes, seek, close_file, size_of,
                                 NULL, NULL, options);
  TIFFOpenOptionsFree(options);
  return tiff;
}

#else

static void take_error(thandle_t file, const char *module, const char *format, va_list values) {
  (void)module;
  keep_first_message(file, format, values);
}

static void take_warning(thandle_t file, const char *module, const char *format,
                         va_list values) {
  judge_warning(file, module, format, values);
}

static void set_handlers(void) {
  TIFFSetErrorHandler(NULL);
  TIFFSetErrorHandlerExt(take_error);
  TIFFSetWarningHandler(NULL);
  TIFFSetWarningHandlerExt(take_warning);
}

static TIFF *open_file(memory_file *file) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, set_handlers);
  return TIFFClientOpen("", "rm", file, read_bytes, write_bytes, seek, close_file, size_of, NULL,
                        NULL);
}

#endif

static int fail(char *message, const char *text) {
  if (!message[0]) snprintf(message, CTIFF_MESSAGE_SIZE, "%s", text);
  return CTIFF_FAILED;
}

static int refuse(char *message, const char *kind) {
  snprintf(message, CTIFF_MESSAGE_SIZE, "%s", kind);
  return CTIFF_UNSUPPORTED;
}

/* How the samples of an image lie in the file. */
typedef struct {
  uint32_t block_width; /* of a tile, or the image's own for strips */
  uint32_t block_height;
  int is_tiled;
  int is_planar; /* whether each sample of a pixel has blocks of its own */
  unsigned per_pixel; /* samples of a pixel, those that are passed over included */
  size_t block_bytes;
} block_layout;

/* Asks the JPEG decoder for red, green and blue. Sets photometric to what comes out. */
static void settle_colours(TIFF *tiff, uint16_t compression, uint16_t *photometric) {
  if (compression != COMPRESSION_JPEG || *photometric != PHOTOMETRIC_YCBCR) return;
  TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
  *photometric = PHOTOMETRIC_RGB;
}

static int read_palette(TIFF *tiff, ctiff_header *header) {
  uint16_t *parts[3];
  if (!TIFFGetField(tiff, TIFFTAG_COLORMAP, &parts[0], &parts[1], &parts[2])) return 0;
  int count = 1 << header->bits, is_deep = 0;
  /* Old programs wrote bytes in place of words. */
  for (int c = 0; c < 3; c++)
    for (int i = 0; i < count; i++) is_deep |= parts[c][i] > 255;
  for (int c = 0; c < 3; c++)
    for (int i = 0; i < count; i++)
      header->palette[3 * i + c] = (unsigned char)(is_deep ? parts[c][i] >> 8 : parts[c][i]);
  return 1;
}

/* Finds out which colours the samples are; the name of a kind that is not read, or NULL. */
static const char *read_colours(TIFF *tiff, ctiff_header *header, unsigned per_pixel) {
  uint16_t photometric = PHOTOMETRIC_MINISBLACK, compression = COMPRESSION_NONE;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_COMPRESSION, &compression);
  if (!TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric))
    photometric = per_pixel >= 3 ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK;
  if (!TIFFIsCODECConfigured(compression)) return "TIFF of a compression that libtiff does not know";
  if (compression == COMPRESSION_OJPEG) return "TIFF with old-style JPEG";
  settle_colours(tiff, compression, &photometric);
  header->colours = photometric == PHOTOMETRIC_RGB ? 3 : 1;
  header->is_inverted = photometric == PHOTOMETRIC_MINISWHITE;
  header->has_palette = photometric == PHOTOMETRIC_PALETTE;
  switch (photometric) {
    case PHOTOMETRIC_RGB: return header->bits < 8 ? "RGB TIFF of less than 8 bits" : NULL;
    case PHOTOMETRIC_PALETTE:
      return header->bits > 8 || !read_palette(tiff, header) ? "TIFF with such a palette" : NULL;
    case PHOTOMETRIC_MINISBLACK:
    case PHOTOMETRIC_MINISWHITE: return NULL;
    case PHOTOMETRIC_SEPARATED: return "CMYK TIFF";
    case PHOTOMETRIC_YCBCR: return "TIFF in YCbCr without JPEG";
    default: return "TIFF of this colour space";
  }
}

static void read_alpha(TIFF *tiff, ctiff_header *header, unsigned per_pixel) {
  uint16_t count = 0, *kinds = NULL;
  if (!TIFFGetField(tiff, TIFFTAG_EXTRASAMPLES, &count, &kinds) || !count || header->has_palette)
    return;
  if ((unsigned)header->colours + 1 > per_pixel) return;
  header->has_alpha = kinds[0] == EXTRASAMPLE_ASSOCALPHA || kinds[0] == EXTRASAMPLE_UNASSALPHA;
  header->is_premultiplied = kinds[0] == EXTRASAMPLE_ASSOCALPHA;
}

static int is_number_of_bits(int bits) {
  return bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
}

/* Reads how the image lies in strips or tiles, and refuses blocks far larger than it. */
static int read_blocks(TIFF *tiff, const ctiff_header *header, block_layout *blocks,
                       char *message) {
  uint16_t planes = PLANARCONFIG_CONTIG, per_pixel = 1;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &per_pixel);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &planes);
  blocks->per_pixel = per_pixel;
  blocks->is_planar = planes == PLANARCONFIG_SEPARATE && per_pixel > 1;
  blocks->is_tiled = TIFFIsTiled(tiff);
  blocks->block_width = header->width;
  blocks->block_height = header->height;
  tmsize_t bytes;
  if (blocks->is_tiled) {
    if (!TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &blocks->block_width) ||
        !TIFFGetField(tiff, TIFFTAG_TILELENGTH, &blocks->block_height) || !blocks->block_width ||
        !blocks->block_height)
      return fail(message, "its tiles have no size");
    bytes = TIFFTileSize(tiff);
  } else {
    uint32_t rows = header->height;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_ROWSPERSTRIP, &rows);
    if (rows && rows < header->height) blocks->block_height = rows;
    bytes = TIFFStripSize(tiff);
  }
  uint64_t image = (uint64_t)header->width * header->height * per_pixel * 2;
  if (bytes <= 0 || (uint64_t)bytes > 4 * image + (1 << 20) || bytes > LARGEST_BLOCK)
    return fail(message, "its strips or tiles do not fit its image");
  blocks->block_bytes = (size_t)bytes;
  return CTIFF_OK;
}

static int describe(TIFF *tiff, ctiff_header *header, block_layout *blocks, char *message) {
  uint16_t bits = 1, per_pixel = 1, format = SAMPLEFORMAT_UINT, orientation = 1;
  uint32_t depth = 1;
  memset(header, 0, sizeof *header);
  if (!TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &header->width) ||
      !TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &header->height) || !header->width ||
      !header->height)
    return fail(message, "it has no size");
  TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &per_pixel);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLEFORMAT, &format);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &orientation);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_IMAGEDEPTH, &depth);
  header->bits = bits;
  header->orientation = orientation >= 1 && orientation <= 8 ? orientation : 1;
  if (depth != 1) return refuse(message, "TIFF of a volume");
  if (format == SAMPLEFORMAT_IEEEFP) return refuse(message, "TIFF of floating-point numbers");
  if (format != SAMPLEFORMAT_UINT && format != SAMPLEFORMAT_VOID)
    return refuse(message, "TIFF of signed or complex numbers");
  if (!is_number_of_bits(bits)) {
    snprintf(message, CTIFF_MESSAGE_SIZE, "TIFF of %d bits per sample", bits);
    return CTIFF_UNSUPPORTED;
  }
  if (per_pixel < 1 || per_pixel > 8) return refuse(message, "TIFF of so many samples per pixel");
  const char *kind = read_colours(tiff, header, per_pixel);
  if (kind) return refuse(message, kind);
  if (per_pixel < header->colours) return fail(message, "it has too few samples per pixel");
  read_alpha(tiff, header, per_pixel);
  if (header->has_alpha && bits < 8) return refuse(message, "TIFF of less than 8 bits with opacity");
  if ((int)per_pixel > 1 && bits < 8) return refuse(message, "TIFF of such small samples");
  int status = read_blocks(tiff, header, blocks, message);
  header->buffer_bytes = blocks->block_bytes;
  return status;
}

int ctiff_is_available(void) { return 1; }

int ctiff_read_header(const unsigned char *data, size_t size, ctiff_header *header,
                      char *message) {
  memory_file file = {data, size, 0, message};
  message[0] = 0;
  TIFF *tiff = open_file(&file);
  if (!tiff) return fail(message, "it cannot be opened");
  block_layout blocks;
  int status = describe(tiff, header, &blocks, message);
  if (message[0] && status == CTIFF_OK) status = CTIFF_FAILED;
  TIFFClose(tiff);
  return status;
}

/* Copies one row of a block: count pixels of per_pixel samples, of which those from first on go to the
 * channels from channel on. */
static void copy_row(const unsigned char *row, unsigned count, unsigned per_pixel, int channels,
                     int kept, int bits, void *output) {
  if (bits == 16) {
    const uint16_t *from = (const uint16_t *)row;
    uint16_t *to = output;
    for (unsigned x = 0; x < count; x++, from += per_pixel, to += channels)
      for (int c = 0; c < kept; c++) to[c] = from[c];
    return;
  }
  unsigned char *to = output;
  if (bits == 8) {
    for (unsigned x = 0; x < count; x++, row += per_pixel, to += channels)
      for (int c = 0; c < kept; c++) to[c] = row[c];
    return;
  }
  unsigned per_byte = 8u / (unsigned)bits;
  for (unsigned x = 0; x < count; x++, to += channels)
    *to = row[x / per_byte] >> (8 - bits * (x % per_byte + 1)) & ((1 << bits) - 1);
}

/* Decodes the block of plane whose upper left pixel is at x, y, and copies what of it is within the
 * image. */
static int read_block(TIFF *tiff, const ctiff_header *header, const block_layout *blocks,
                      uint32_t x, uint32_t y, unsigned plane, unsigned char *buffer,
                      void *samples) {
  unsigned per_pixel = blocks->is_planar ? 1 : blocks->per_pixel;
  uint32_t columns = header->width - x, rows = header->height - y;
  if (columns > blocks->block_width) columns = blocks->block_width;
  if (rows > blocks->block_height) rows = blocks->block_height;
  size_t bits = (size_t)blocks->block_width * per_pixel * (size_t)header->bits;
  size_t stride = (bits + 7) / 8;
  size_t needed = stride * (blocks->is_tiled ? blocks->block_height : rows);
  if (needed > blocks->block_bytes) return 0;
  tmsize_t found =
      blocks->is_tiled
          ? TIFFReadEncodedTile(tiff, TIFFComputeTile(tiff, x, y, 0, (uint16_t)plane), buffer,
                                (tmsize_t)needed)
          : TIFFReadEncodedStrip(tiff, TIFFComputeStrip(tiff, y, (uint16_t)plane), buffer,
                                 (tmsize_t)needed);
  if (found < 0 || (size_t)found < needed) return 0;
  int channels = header->colours + header->has_alpha;
  size_t bytes = header->bits == 16 ? 2 : 1;
  for (uint32_t row = 0; row < rows; row++) {
    size_t place = ((size_t)(y + row) * header->width + x) * (size_t)channels + plane;
    copy_row(buffer + stride * row, columns, per_pixel, channels, blocks->is_planar ? 1 : channels,
             header->bits, (unsigned char *)samples + place * bytes);
  }
  return 1;
}

static int read_samples(TIFF *tiff, const ctiff_header *header, const block_layout *blocks,
                        void *samples, char *message) {
  unsigned char *buffer = calloc(1, blocks->block_bytes);
  if (!buffer) return fail(message, "out of memory");
  unsigned planes = blocks->is_planar ? (unsigned)(header->colours + header->has_alpha) : 1;
  int is_whole = 1;
  for (unsigned plane = 0; plane < planes && is_whole; plane++)
    for (uint64_t y = 0; y < header->height && is_whole; y += blocks->block_height)
      for (uint64_t x = 0; x < header->width && is_whole; x += blocks->block_width)
        is_whole = read_block(tiff, header, blocks, (uint32_t)x, (uint32_t)y, plane, buffer,
                              samples);
  free(buffer);
  /* Some decoders fill in for what is missing, and only say so. */
  return is_whole && !message[0] ? CTIFF_OK : fail(message, "its samples end too early");
}

static int is_same(const ctiff_header *one, const ctiff_header *other) {
  /* Up to the last byte before the only gap. */
  size_t bytes = offsetof(ctiff_header, palette) + sizeof one->palette;
  return !memcmp(one, other, bytes) && one->buffer_bytes == other->buffer_bytes;
}

int ctiff_decode(const unsigned char *data, size_t size, const ctiff_header *header, void *samples,
                 char *message) {
  memory_file file = {data, size, 0, message};
  ctiff_header again;
  block_layout blocks;
  message[0] = 0;
  TIFF *tiff = open_file(&file);
  if (!tiff) return fail(message, "it cannot be opened");
  int status = describe(tiff, &again, &blocks, message);
  if (status == CTIFF_OK)
    status = is_same(&again, header) ? read_samples(tiff, header, &blocks, samples, message)
                                     : fail(message, "it is another image by now");
  TIFFClose(tiff);
  return status;
}

#else

static int say_missing(char *message) {
  snprintf(message, CTIFF_MESSAGE_SIZE, "this program was built without libtiff");
  return CTIFF_FAILED;
}

int ctiff_is_available(void) { return 0; }

int ctiff_read_header(const unsigned char *data, size_t size, ctiff_header *header,
                      char *message) {
  (void)data, (void)size, (void)header;
  return say_missing(message);
}

int ctiff_decode(const unsigned char *data, size_t size, const ctiff_header *header, void *samples,
                 char *message) {
  (void)data, (void)size, (void)header, (void)samples;
  return say_missing(message);
}

#endif
