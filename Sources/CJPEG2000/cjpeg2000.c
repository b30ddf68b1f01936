#include "cjpeg2000.h"

#include <stdio.h>
#include <string.h>

#if __has_include(<openjpeg.h>) && __has_include(<opj_config.h>)
#include <opj_config.h>
#include <openjpeg.h>
#endif

/* OpenJPEG before 2.5 has no strict mode, and fills what is missing with grey without a word. */
#if defined(OPJ_VERSION_MAJOR) && OPJ_VERSION_MAJOR * 100 + OPJ_VERSION_MINOR >= 205

/* A file held in memory, and how far it has been read. */
typedef struct {
  const unsigned char *data;
  size_t size;
  size_t place;
} input_buffer;

static OPJ_SIZE_T read_bytes(void *bytes, OPJ_SIZE_T count, void *user) {
  input_buffer *input = user;
  size_t left = input->size - input->place;
  if (left == 0) return (OPJ_SIZE_T)-1;
  if (count > left) count = left;
  memcpy(bytes, input->data + input->place, count);
  input->place += count;
  return count;
}

static OPJ_OFF_T skip_bytes(OPJ_OFF_T count, void *user) {
  input_buffer *input = user;
  if (count < 0 || (size_t)count > input->size - input->place) return -1;
  input->place += (size_t)count;
  return count;
}

static OPJ_BOOL seek_byte(OPJ_OFF_T place, void *user) {
  input_buffer *input = user;
  if (place < 0 || (size_t)place > input->size) return OPJ_FALSE;
  input->place = (size_t)place;
  return OPJ_TRUE;
}

/* Keeps the first line of the first error, which is nearest to the cause. */
static void take_error(const char *text, void *user) {
  char *message = user;
  if (message[0]) return;
  snprintf(message, CJPEG2000_MESSAGE_SIZE, "%.*s", (int)strcspn(text, "\r\n"), text);
}

static void ignore(const char *text, void *user) {
  (void)text;
  (void)user;
}

static int fail(char *message, const char *text) {
  if (!message[0]) snprintf(message, CJPEG2000_MESSAGE_SIZE, "%s", text);
  return CJPEG2000_FAILED;
}

static opj_stream_t *open_stream(input_buffer *input) {
  opj_stream_t *stream = opj_stream_create(1 << 16, OPJ_TRUE);
  if (!stream) return NULL;
  opj_stream_set_user_data(stream, input, NULL);
  opj_stream_set_user_data_length(stream, input->size);
  opj_stream_set_read_function(stream, read_bytes);
  opj_stream_set_skip_function(stream, skip_bytes);
  opj_stream_set_seek_function(stream, seek_byte);
  return stream;
}

/* Whether the image is what was asked for, before memory is set aside for it and after. */
static int fits(const opj_image_t *image, unsigned width, unsigned height, int channels) {
  if (image->numcomps != (unsigned)channels) return 0;
  for (int c = 0; c < channels; c++) {
    const opj_image_comp_t *component = &image->comps[c];
    if (component->dx != 1 || component->dy != 1 || component->prec > 16 ||
        image->x1 - image->x0 != width || image->y1 - image->y0 != height)
      return 0;
  }
  return 1;
}

/* More tiles than the pictures of devices have; the library sets memory aside for each at once. */
static const uint64_t most_tiles = 4096;

static uint32_t big_endian(const unsigned char *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Whether the size segment, with which every codestream begins, asks for so many components and for no
 * more tiles than it should: the library believes both before it gives the caller a say. */
static int is_modest(const unsigned char *data, size_t size, int channels) {
  static const unsigned char start[4] = {0xFF, 0x4F, 0xFF, 0x51};
  for (size_t at = 0; at + 42 <= size; at++) {
    if (memcmp(data + at, start, 4) != 0) continue;
    const unsigned char *segment = data + at;
    uint64_t columns = big_endian(segment + 8), rows = big_endian(segment + 12);
    uint64_t wide = big_endian(segment + 24), high = big_endian(segment + 28);
    int components = segment[40] << 8 | segment[41];
    return components == channels && wide > 0 && high > 0 &&
           ((columns + wide - 1) / wide) * ((rows + high - 1) / high) <= most_tiles;
  }
  return 0;
}

static void interleave(const opj_image_t *image, int channels, uint16_t *samples) {
  size_t count = (size_t)image->comps[0].w * image->comps[0].h;
  for (int c = 0; c < channels; c++) {
    const OPJ_INT32 *plane = image->comps[c].data;
    for (size_t i = 0; i < count; i++) samples[i * channels + c] = (uint16_t)plane[i];
  }
}

static int decode(opj_codec_t *codec, opj_stream_t *stream, opj_image_t **image, unsigned width,
                  unsigned height, int channels, uint16_t *samples, char *message) {
  opj_dparameters_t parameters;
  opj_set_default_decoder_parameters(&parameters);
  opj_set_info_handler(codec, ignore, NULL);
  /* In strict mode all damage is an error; warnings are of harmless things. */
  opj_set_warning_handler(codec, ignore, NULL);
  opj_set_error_handler(codec, take_error, message);
  if (!opj_setup_decoder(codec, &parameters) || !opj_decoder_set_strict_mode(codec, OPJ_TRUE) ||
      !opj_read_header(stream, codec, image))
    return fail(message, "the header is damaged");
  if (!fits(*image, width, height, channels)) {
    snprintf(message, CJPEG2000_MESSAGE_SIZE, "expected %ux%ux%d of at most 16 bits, found %ux%ux%u",
             width, height, channels, (*image)->x1 - (*image)->x0, (*image)->y1 - (*image)->y0,
             (*image)->numcomps);
    return CJPEG2000_FAILED;
  }
  if (!opj_decode(codec, stream, *image) || !opj_end_decompress(codec, stream))
    return fail(message, "the data are damaged");
  /* A palette in the file around a codestream makes other components of those in the header. */
  if (!fits(*image, width, height, channels)) return fail(message, "it has other components");
  for (int c = 0; c < channels; c++) {
    const opj_image_comp_t *component = &(*image)->comps[c];
    if (!component->data || component->w != width || component->h != height)
      return fail(message, "the data are incomplete");
  }
  interleave(*image, channels, samples);
  return CJPEG2000_OK;
}

int cjpeg2000_is_available(void) { return 1; }

int cjpeg2000_decode(const unsigned char *data, size_t size, unsigned width, unsigned height,
                     int channels, uint16_t *samples, char *message) {
  static const unsigned char box[4] = {0, 0, 0, 12};
  int is_file = size > 4 && memcmp(data, box, 4) == 0;
  input_buffer input = {data, size, 0};
  opj_image_t *image = NULL;
  message[0] = 0;
  if (!is_modest(data, size, channels))
    return fail(message, "it has another number of components, too many tiles, or no size");
  opj_stream_t *stream = open_stream(&input);
  opj_codec_t *codec = opj_create_decompress(is_file ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K);
  int status = stream && codec ? decode(codec, stream, &image, width, height, channels, samples,
                                        message)
                               : fail(message, "out of memory");
  if (image) opj_image_destroy(image);
  if (codec) opj_destroy_codec(codec);
  if (stream) opj_stream_destroy(stream);
  return status;
}

#else

int cjpeg2000_is_available(void) { return 0; }

int cjpeg2000_decode(const unsigned char *data, size_t size, unsigned width, unsigned height,
                     int channels, uint16_t *samples, char *message) {
  (void)data, (void)size, (void)width, (void)height, (void)channels, (void)samples;
  message[0] = 0;
  return CJPEG2000_MISSING;
}

#endif
