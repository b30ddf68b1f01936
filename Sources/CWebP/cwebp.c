#include "cwebp.h"

#include <stdint.h>

#if __has_include(<webp/decode.h>)

#include <webp/decode.h>

int cwebp_is_available(void) { return 1; }

int cwebp_read_header(const unsigned char *data, size_t size, cwebp_header *header) {
  WebPBitstreamFeatures features;
  if (WebPGetFeatures(data, size, &features) != VP8_STATUS_OK) return CWEBP_FAILED;
  header->width = features.width;
  header->height = features.height;
  header->has_alpha = features.has_alpha != 0;
  return features.has_animation ? CWEBP_ANIMATED : CWEBP_OK;
}

int cwebp_decode(const unsigned char *data, size_t size, const cwebp_header *header,
                 unsigned char *pixels) {
  cwebp_header again;
  if (cwebp_read_header(data, size, &again) != CWEBP_OK || again.width != header->width ||
      again.height != header->height || again.has_alpha != header->has_alpha)
    return CWEBP_FAILED;
  size_t stride = (size_t)header->width * (header->has_alpha ? 4 : 3);
  size_t capacity = stride * (size_t)header->height;
  if (stride > INT32_MAX) return CWEBP_FAILED;
  const uint8_t *end = header->has_alpha
                           ? WebPDecodeRGBAInto(data, size, pixels, capacity, (int)stride)
                           : WebPDecodeRGBInto(data, size, pixels, capacity, (int)stride);
  return end ? CWEBP_OK : CWEBP_FAILED;
}

#else

int cwebp_is_available(void) { return 0; }

int cwebp_read_header(const unsigned char *data, size_t size, cwebp_header *header) {
  (void)data, (void)size, (void)header;
  return CWEBP_FAILED;
}

int cwebp_decode(const unsigned char *data, size_t size, const cwebp_header *header,
                 unsigned char *pixels) {
  (void)data, (void)size, (void)header, (void)pixels;
  return CWEBP_FAILED;
}

#endif
