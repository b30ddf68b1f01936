#include "cpng.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

/* The bytes not yet read of a file held in memory, whether all rows came out of those before, and rows
 * that are not yet as the caller wants them: here, so that they are found after a jump back. */
typedef struct {
  const unsigned char *data;
  size_t left;
  volatile int has_all_rows;
  unsigned char *volatile rows;
} input_buffer;

/* A file that grows in memory. */
typedef struct {
  unsigned char *data;
  size_t size;
  size_t capacity;
} output_buffer;

static void give_up(png_structp png, png_const_charp text) {
  snprintf((char *)png_get_error_ptr(png), CPNG_MESSAGE_SIZE, "%s", text);
  png_longjmp(png, 1);
}

/* libpng warns of metadata (profiles, times); damage to the image itself is an error. */
static void ignore_warning(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static int out_of_memory(char *message) {
  if (!message[0]) snprintf(message, CPNG_MESSAGE_SIZE, "out of memory");
  return CPNG_FAILED;
}

static void read_bytes(png_structp png, png_bytep bytes, size_t count) {
  input_buffer *input = png_get_io_ptr(png);
  if (count > input->left) png_error(png, "premature end of file");
  memcpy(bytes, input->data, count);
  input->data += count;
  input->left -= count;
}

/* Reads the header and asks for grey or RGB of 8 or 16 bits, with alpha where pixels are transparent.
 * Texts, profiles and what cameras note are passed over: they say nothing of the samples, and libpng
 * would keep a thousand of up to 8 MB each. */
static void start_reading(png_structp png, png_infop info, input_buffer *input) {
  static const png_byte passed_over[] = "eXIf\0iCCP\0iTXt\0tEXt\0zTXt";
  png_set_read_fn(png, input, read_bytes);
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, passed_over, 5);
  /* The caller judges the size, in its own words. */
  png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
  png_read_info(png, info);
  if (png_get_color_type(png, info) == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png);
  if (png_get_color_type(png, info) == PNG_COLOR_TYPE_GRAY) png_set_expand_gray_1_2_4_to_8(png);
  if (png_get_valid(png, info, PNG_INFO_tRNS)) png_set_tRNS_to_alpha(png);
}

static int channels_of(png_structp png, png_infop info) {
  return png_get_color_type(png, info) & PNG_COLOR_MASK_COLOR ? 3 : 1;
}

/* What the rows of a file are made of and what is wanted of them. */
typedef struct {
  unsigned width;
  unsigned height;
  int channels;
  int bytes;     /* of a sample */
  int has_alpha; /* whether every pixel has one more sample, its opacity */
  unsigned background;
  const unsigned char *levels; /* the bytes that deep samples become; NULL for their high bytes */
} row_layout;

static size_t row_bytes_of(const row_layout *layout) {
  return (size_t)layout->width * (layout->channels + (layout->has_alpha ? 1 : 0)) * layout->bytes;
}

/* Bytes of the rows that have to be converted: one at a time, or all where they come interlaced. */
static size_t buffer_bytes_of(const row_layout *layout, int is_interlaced) {
  if (layout->bytes == 1 && !layout->has_alpha) return 0;
  return row_bytes_of(layout) * (is_interlaced ? layout->height : 1);
}

/* Describes the rows as they come after start_reading has asked for them. */
static row_layout layout_of(png_structp png, png_infop info) {
  row_layout layout = {png_get_image_width(png, info), png_get_image_height(png, info), 1, 1, 0, 0,
                       NULL};
  layout.channels = channels_of(png, info);
  layout.bytes = png_get_bit_depth(png, info) == 16 ? 2 : 1;
  layout.has_alpha = (png_get_color_type(png, info) & PNG_COLOR_MASK_ALPHA) != 0 ||
                     png_get_valid(png, info, PNG_INFO_tRNS) != 0;
  return layout;
}

int cpng_read_header(const unsigned char *data, size_t size, cpng_header *header, char *message) {
  input_buffer input = {data, size, 0, NULL};
  message[0] = 0;
  png_structp png =
      png_create_read_struct(PNG_LIBPNG_VER_STRING, message, give_up, ignore_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    png_destroy_read_struct(&png, &info, NULL);
    return out_of_memory(message);
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_read_struct(&png, &info, NULL);
    return CPNG_FAILED;
  }
  start_reading(png, info, &input);
  row_layout layout = layout_of(png, info);
  header->width = layout.width;
  header->height = layout.height;
  header->channels = layout.channels;
  header->bits = 8 * layout.bytes;
  header->buffer_bytes =
      buffer_bytes_of(&layout, png_get_interlace_type(png, info) != PNG_INTERLACE_NONE);
  png_destroy_read_struct(&png, &info, NULL);
  return CPNG_OK;
}

static unsigned deep_sample(const unsigned char *bytes) { return (unsigned)bytes[0] << 8 | bytes[1]; }

/* Turns count opaque samples into bytes. */
static void narrow_samples(const unsigned char *row, size_t count, const unsigned char *levels,
                           unsigned char *narrow, cpng_samples *samples) {
  unsigned largest = samples->largest, smallest = samples->smallest;
  for (size_t i = 0; i < count; i++, row += 2) {
    unsigned sample = deep_sample(row);
    if (sample > largest) largest = sample;
    if (sample < smallest) smallest = sample;
    narrow[i] = levels ? levels[sample] : row[0];
  }
  samples->largest = largest;
  samples->smallest = smallest;
}

/* Turns samples and alpha into bytes, in place. What is invisible is not measured. */
static void narrow_pixels(unsigned char *row, const row_layout *layout, cpng_samples *samples) {
  const unsigned char *levels = layout->levels;
  int channels = layout->channels;
  unsigned char *narrow = row;
  for (unsigned x = 0; x < layout->width; x++, row += 2 * channels + 2) {
    unsigned alpha = deep_sample(row + 2 * channels);
    samples->has_transparency |= alpha < 65535;
    for (int c = 0; c < channels; c++) {
      unsigned sample = deep_sample(row + 2 * c);
      if (alpha > 0 && sample > samples->largest) samples->largest = sample;
      if (alpha > 0 && sample < samples->smallest) samples->smallest = sample;
      *narrow++ = levels ? levels[sample] : (unsigned char)(sample >> 8);
    }
    *narrow++ = (unsigned char)(alpha >> 8);
  }
}

/* Lays pixels with alpha over the background: (sample * alpha + background * (255 - alpha)) / 255,
 * rounded. */
static void composite(const unsigned char *row, unsigned width, int channels, unsigned background,
                      unsigned char *pixels, cpng_samples *samples) {
  unsigned least = 255;
  for (unsigned x = 0; x < width; x++, row += channels + 1, pixels += channels) {
    unsigned alpha = row[channels];
    if (alpha < least) least = alpha;
    for (int c = 0; c < channels; c++) {
      unsigned sum = row[c] * alpha + background * (255 - alpha) + 128;
      pixels[c] = (unsigned char)(((sum >> 8) + sum) >> 8);
    }
  }
  samples->has_transparency |= least < 255;
}

static void convert_row(unsigned char *row, const row_layout *layout, unsigned char *pixels,
                        cpng_samples *samples) {
  int channels = layout->channels;
  if (!layout->has_alpha) {
    narrow_samples(row, (size_t)layout->width * channels, layout->levels, pixels, samples);
    return;
  }
  if (layout->bytes == 2) narrow_pixels(row, layout, samples);
  composite(row, layout->width, channels, layout->background, pixels, samples);
}

/* Reads rows that have to be converted. */
static void read_and_convert(png_structp png, const row_layout *layout, int passes,
                             unsigned char *pixels, cpng_samples *samples) {
  input_buffer *input = png_get_io_ptr(png);
  size_t step = passes > 1 ? row_bytes_of(layout) : 0;
  input->rows = malloc(buffer_bytes_of(layout, passes > 1));
  if (!input->rows) png_error(png, "out of memory");
  for (int pass = 0; pass < passes; pass++)
    for (unsigned y = 0; y < layout->height; y++) {
      unsigned char *row = input->rows + step * y;
      png_read_row(png, row, NULL);
      if (pass < passes - 1) continue;
      convert_row(row, layout, pixels + (size_t)layout->width * layout->channels * y, samples);
    }
}

/* Reads the rows and the end of the file, after checking that the sizes are the expected ones: those of
 * the caller's pixels, and those that the header's buffer_bytes were worked out from. */
static void read_rows(png_structp png, png_infop info, row_layout *layout, unsigned char *pixels,
                      cpng_samples *samples) {
  row_layout expected = layout_of(png, info);
  layout->bytes = expected.bytes;
  layout->has_alpha = expected.has_alpha;
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  size_t stride = (size_t)layout->width * layout->channels;
  int has_alpha = (png_get_color_type(png, info) & PNG_COLOR_MASK_ALPHA) != 0;
  if (png_get_image_width(png, info) != layout->width ||
      png_get_image_height(png, info) != layout->height || has_alpha != layout->has_alpha ||
      png_get_bit_depth(png, info) != 8 * layout->bytes ||
      png_get_rowbytes(png, info) != row_bytes_of(layout))
    png_error(png, "rows of unexpected size");
  if (layout->bytes > 1 || layout->has_alpha)
    read_and_convert(png, layout, passes, pixels, samples);
  else
    for (int pass = 0; pass < passes; pass++)
      for (unsigned y = 0; y < layout->height; y++) png_read_row(png, pixels + stride * y, NULL);
  ((input_buffer *)png_get_io_ptr(png))->has_all_rows = 1;
  png_read_end(png, NULL);
}

/* Says whether a file broke only behind its image: all rows are there, and libpng had checked the
 * last of their chunks, for it was at the head of another or within one. */
static int is_image_whole(png_structp png, const input_buffer *input) {
  int is_at_head = (png_get_io_state(png) & PNG_IO_MASK_LOC) == PNG_IO_CHUNK_HDR;
  png_uint_32 rows = (png_uint_32)'I' << 24 | 'D' << 16 | 'A' << 8 | 'T';
  return input->has_all_rows && (is_at_head || png_get_io_chunk_type(png) != rows);
}

int cpng_decode(const unsigned char *data, size_t size, unsigned width, unsigned height,
                int channels, unsigned char background, const unsigned char *levels,
                unsigned char *pixels,
                cpng_samples *samples, char *message) {
  input_buffer input = {data, size, 0, NULL};
  row_layout layout = {width, height, channels, 1, 0, background, levels};
  message[0] = 0;
  samples->largest = 0;
  samples->smallest = 65535;
  samples->has_transparency = 0;
  png_structp png =
      png_create_read_struct(PNG_LIBPNG_VER_STRING, message, give_up, ignore_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    png_destroy_read_struct(&png, &info, NULL);
    return out_of_memory(message);
  }
  if (setjmp(png_jmpbuf(png))) {
    int is_whole = is_image_whole(png, &input);
    png_destroy_read_struct(&png, &info, NULL);
    free(input.rows);
    return is_whole ? CPNG_OK : CPNG_FAILED;
  }
  start_reading(png, info, &input);
  read_rows(png, info, &layout, pixels, samples);
  png_destroy_read_struct(&png, &info, NULL);
  free(input.rows);
  return CPNG_OK;
}

static void write_bytes(png_structp png, png_bytep bytes, size_t count) {
  output_buffer *output = png_get_io_ptr(png);
  if (count > output->capacity - output->size) {
    size_t capacity = 2 * output->capacity + count + 4096;
    unsigned char *data = realloc(output->data, capacity);
    if (!data) png_error(png, "out of memory");
    output->data = data;
    output->capacity = capacity;
  }
  memcpy(output->data + output->size, bytes, count);
  output->size += count;
}

static void flush_bytes(png_structp png) { (void)png; }

static void write_rows(png_structp png, png_infop info, const unsigned char *pixels,
                       unsigned width, unsigned height, int channels) {
  int colours = channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB;
  png_set_IHDR(png, info, width, height, 8, colours, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(png, info);
  for (unsigned y = 0; y < height; y++)
    png_write_row(png, pixels + (size_t)y * width * channels);
  png_write_end(png, info);
}

int cpng_encode(const unsigned char *pixels, unsigned width, unsigned height, int channels,
                unsigned char **data, size_t *size, char *message) {
  /* Only reached through libpng's pointer, so it lies in memory and outlives a jump back. */
  output_buffer output = {NULL, 0, 0};
  message[0] = 0;
  png_structp png =
      png_create_write_struct(PNG_LIBPNG_VER_STRING, message, give_up, ignore_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    png_destroy_write_struct(&png, &info);
    return out_of_memory(message);
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    free(output.data);
    return CPNG_FAILED;
  }
  png_set_write_fn(png, &output, write_bytes, flush_bytes);
  write_rows(png, info, pixels, width, height, channels);
  png_destroy_write_struct(&png, &info);
  *data = output.data;
  *size = output.size;
  return CPNG_OK;
}

void cpng_free(unsigned char *data) { free(data); }
