#include "cjpeg.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

/* libjpeg's error manager, with the place to jump back to and where the message goes. */
typedef struct {
  struct jpeg_error_mgr base; /* first, so that a pointer to it is a pointer to this */
  jmp_buf back;
  char *message;
  int is_in_header;
  int has_all_rows;
} error_manager;

static void give_up(j_common_ptr info) {
  error_manager *errors = (error_manager *)info->err;
  char text[JMSG_LENGTH_MAX];
  errors->base.format_message(info, text);
  snprintf(errors->message, CJPEG_MESSAGE_SIZE, "%s", text);
  longjmp(errors->back, 1);
}

/* libjpeg decodes damaged files to grey smears and only warns: an image to train on must be
 * whole. Warnings about a marker's version or colour code say nothing of the image, nor do those
 * about bytes between the segments before its first scan or between its last row and the end, which
 * some devices write. */
static void take_message(j_common_ptr info, int level) {
  const error_manager *errors = (const error_manager *)info->err;
  int code = errors->base.msg_code;
  if (level >= 0 || code == JWRN_JFIF_MAJOR || code == JWRN_ADOBE_XFORM) return;
  if (code == JWRN_EXTRANEOUS_DATA && (errors->is_in_header || errors->has_all_rows)) return;
  give_up(info);
}

/* A progressive file may hold any number of scans, each of which passes over every block again: a few
 * kilobytes could keep a decoder busy for hours. Encoders write about ten, libjpeg-turbo's own fuzzers
 * stop at 500. */
enum { MAXIMUM_SCANS = 500 };

static void count_scans(j_common_ptr info) {
  error_manager *errors = (error_manager *)info->err;
  if (((j_decompress_ptr)info)->input_scan_number <= MAXIMUM_SCANS) return;
  snprintf(errors->message, CJPEG_MESSAGE_SIZE, "more than %d scans", MAXIMUM_SCANS);
  longjmp(errors->back, 1);
}

static void discard_output(j_common_ptr info) { (void)info; }

static struct jpeg_error_mgr *start_errors(error_manager *errors, char *message) {
  jpeg_std_error(&errors->base);
  errors->base.error_exit = give_up;
  errors->base.emit_message = take_message;
  errors->base.output_message = discard_output;
  errors->message = message;
  errors->is_in_header = 0;
  errors->has_all_rows = 0;
  message[0] = 0;
  return &errors->base;
}

/* Reads the header and settles the colours: grey stays grey, four inks stay four, all else RGB. */
static void read_header(struct jpeg_decompress_struct *info, const unsigned char *data,
                        size_t size) {
  jpeg_create_decompress(info);
  jpeg_mem_src(info, data, (unsigned long)size);
  error_manager *errors = (error_manager *)info->err;
  errors->is_in_header = 1;
  jpeg_read_header(info, TRUE);
  errors->is_in_header = 0;
  switch (info->jpeg_color_space) {
    case JCS_GRAYSCALE: info->out_color_space = JCS_GRAYSCALE; break;
    case JCS_CMYK:
    case JCS_YCCK: info->out_color_space = JCS_CMYK; break;
    default: info->out_color_space = JCS_RGB; break;
  }
}

static int channels_of(const struct jpeg_decompress_struct *info) {
  return info->out_color_space == JCS_GRAYSCALE ? 1 : 3;
}

int cjpeg_read_header(const unsigned char *data, size_t size, cjpeg_header *header,
                      char *message) {
  struct jpeg_decompress_struct info;
  error_manager errors;
  memset(&info, 0, sizeof info);
  info.err = start_errors(&errors, message);
  if (setjmp(errors.back)) {
    jpeg_destroy_decompress(&info);
    return CJPEG_FAILED;
  }
  read_header(&info, data, size);
  header->width = (int)info.image_width;
  header->height = (int)info.image_height;
  header->channels = channels_of(&info);
  jpeg_destroy_decompress(&info);
  return CJPEG_OK;
}

/* Round(a * b / 255) for bytes, as exact as the division. */
static unsigned multiply_bytes(unsigned a, unsigned b) {
  unsigned product = a * b + 128;
  return ((product >> 8) + product) >> 8;
}

/* Turns a row of inks into light: R = (255 - C)(255 - K) / 255. The samples are 255 - ink, Adobe's
 * convention, which Pillow too assumes of every file, with Adobe's marker or without. */
static void inks_to_rgb(const unsigned char *inks, int width, unsigned char *rgb) {
  for (int x = 0; x < width; x++, inks += 4, rgb += 3) {
    unsigned light = inks[3];
    for (int c = 0; c < 3; c++)
      rgb[c] = (unsigned char)(light - multiply_bytes(255 - inks[c], light));
  }
}

static void read_rows(struct jpeg_decompress_struct *info, unsigned char *pixels) {
  size_t stride = (size_t)info->output_width * channels_of(info);
  if (info->out_color_space != JCS_CMYK) {
    while (info->output_scanline < info->output_height) {
      JSAMPROW row = pixels + stride * info->output_scanline;
      jpeg_read_scanlines(info, &row, 1);
    }
    return;
  }
  JSAMPARRAY inks = info->mem->alloc_sarray((j_common_ptr)info, JPOOL_IMAGE,
                                            info->output_width * 4, 1);
  while (info->output_scanline < info->output_height) {
    unsigned char *row = pixels + stride * info->output_scanline;
    jpeg_read_scanlines(info, inks, 1);
    inks_to_rgb(inks[0], (int)info->output_width, row);
  }
}

int cjpeg_decode(const unsigned char *data, size_t size, int eighths, int width, int height,
                 int channels, unsigned char *pixels, char *message) {
  struct jpeg_decompress_struct info;
  error_manager errors;
  struct jpeg_progress_mgr progress = {.progress_monitor = count_scans};
  memset(&info, 0, sizeof info);
  info.err = start_errors(&errors, message);
  if (setjmp(errors.back)) {
    jpeg_destroy_decompress(&info);
    return CJPEG_FAILED;
  }
  read_header(&info, data, size);
  info.progress = &progress;
  info.scale_num = (unsigned)eighths;
  info.scale_denom = 8;
  jpeg_start_decompress(&info);
  if ((int)info.output_width != width || (int)info.output_height != height ||
      channels_of(&info) != channels) {
    snprintf(message, CJPEG_MESSAGE_SIZE, "expected %dx%dx%d, found %ux%ux%d", width, height,
             channels, info.output_width, info.output_height, channels_of(&info));
    jpeg_destroy_decompress(&info);
    return CJPEG_FAILED;
  }
  read_rows(&info, pixels);
  errors.has_all_rows = 1;
  jpeg_finish_decompress(&info);
  jpeg_destroy_decompress(&info);
  return CJPEG_OK;
}

static void write_rows(struct jpeg_compress_struct *info, const unsigned char *pixels) {
  size_t stride = (size_t)info->image_width * info->input_components;
  while (info->next_scanline < info->image_height) {
    JSAMPROW row = (JSAMPROW)(pixels + stride * info->next_scanline);
    jpeg_write_scanlines(info, &row, 1);
  }
}

static void compress(struct jpeg_compress_struct *info, const unsigned char *pixels, int width,
                     int height, int channels, int quality) {
  info->image_width = (JDIMENSION)width;
  info->image_height = (JDIMENSION)height;
  info->input_components = channels;
  info->in_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(info);
  jpeg_set_quality(info, quality, TRUE);
  jpeg_start_compress(info, TRUE);
  write_rows(info, pixels);
  jpeg_finish_compress(info);
}

int cjpeg_encode(const unsigned char *pixels, int width, int height, int channels, int quality,
                 unsigned char **data, size_t *size, char *message) {
  struct jpeg_compress_struct info;
  error_manager errors;
  /* More than any image of this size needs: libjpeg never has to replace the buffer, whose owner
   * after a failure half way would be unclear. */
  unsigned long capacity = ((unsigned long)width + 16) * ((unsigned long)height + 16) * 6 + 4096;
  unsigned char *buffer = malloc(capacity);
  memset(&info, 0, sizeof info);
  info.err = start_errors(&errors, message);
  if (!buffer) {
    snprintf(message, CJPEG_MESSAGE_SIZE, "out of memory");
    return CJPEG_FAILED;
  }
  *data = buffer;
  if (setjmp(errors.back)) {
    jpeg_destroy_compress(&info);
    free(buffer);
    *data = NULL;
    return CJPEG_FAILED;
  }
  jpeg_create_compress(&info);
  jpeg_mem_dest(&info, data, &capacity);
  compress(&info, pixels, width, height, channels, quality);
  jpeg_destroy_compress(&info);
  *size = capacity;
  return CJPEG_OK;
}

void cjpeg_free(unsigned char *data) { free(data); }
