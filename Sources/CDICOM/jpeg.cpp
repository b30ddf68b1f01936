#include "dcmtk.h"

#include "include/cdicom.h"

#if CDICOM_HAS_DCMTK
#include <dcmtk/dcmjpeg/djcparam.h>
#include <dcmtk/dcmjpeg/djdijg12.h>
#include <dcmtk/dcmjpeg/djdijg16.h>
#include <dcmtk/dcmjpeg/djdijg8.h>

namespace {

/* A decoder of DCMTK that counts the warnings: damaged frames are decoded to grey smears and only
 * warned of, and an image to train on must be whole. */
template <typename Decoder>
class WatchedDecoder : public Decoder {
 public:
  using Decoder::Decoder;
  mutable int warnings = 0;
  void emitMessage(int level) const override {
    if (level < 0) warnings++;
  }
};

template <typename Decoder>
int decode(const unsigned char *data, size_t size, const cdicom_frame &frame,
           unsigned char *samples, size_t capacity, char *message) {
  DJCodecParameter parameter(ECC_lossyYCbCr, EDC_photometricInterpretation, EUC_never,
                             EPC_colorByPixel);
  WatchedDecoder<Decoder> decoder(parameter, frame.is_ybr && frame.channels == 3);
  OFCondition outcome = decoder.init();
  if (outcome.good()) {
    /* DCMTK only reads the frame, though it does not say so. */
    outcome = decoder.decode(const_cast<Uint8 *>(data), static_cast<Uint32>(size), samples,
                             static_cast<Uint32>(capacity), frame.is_signed != 0);
  }
  if (outcome.bad()) return cdicom_fail(message, outcome.text());
  if (decoder.warnings > 0) return cdicom_fail(message, "corrupt JPEG data");
  return CDICOM_OK;
}

}  // namespace

int cdicom_is_available(void) { return 1; }

int cdicom_decode_jpeg(const unsigned char *data, size_t size, const cdicom_frame *frame,
                       unsigned char *samples, size_t capacity, char *message) {
  return cdicom_guard(message, [&] {
    if (size > UINT32_MAX || capacity > UINT32_MAX)
      return cdicom_fail(message, "the frame is too large");
    if (frame->precision <= 8)
      return decode<DJDecompressIJG8Bit>(data, size, *frame, samples, capacity, message);
    if (frame->precision <= 12)
      return decode<DJDecompressIJG12Bit>(data, size, *frame, samples, capacity, message);
    return decode<DJDecompressIJG16Bit>(data, size, *frame, samples, capacity, message);
  });
}

#else

int cdicom_is_available(void) { return 0; }

int cdicom_decode_jpeg(const unsigned char *, size_t, const cdicom_frame *, unsigned char *, size_t,
                       char *message) {
  message[0] = 0;
  return CDICOM_MISSING;
}

#endif
