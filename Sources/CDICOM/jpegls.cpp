#include "dcmtk.h"

#include "include/cdicom.h"

#if CDICOM_HAS_DCMTK
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmjpls/djcodecd.h>
#include <dcmtk/dcmjpls/djcparam.h>

namespace {

/* Adds a number to a data set; tags that come with their kind need no dictionary. */
OFCondition put(DcmDataset &dataset, const DcmTagKey &tag, unsigned value) {
  DcmUnsignedShort *element = new DcmUnsignedShort(DcmTag(tag, EVR_US));
  element->putUint16(static_cast<Uint16>(value));
  OFCondition outcome = dataset.insert(element);
  if (outcome.bad()) delete element;
  return outcome;
}

/* Describes a frame as DCMTK's decoder looks for it. */
OFCondition describe(DcmDataset &dataset, const cdicom_frame &frame) {
  int bits = frame.precision <= 8 ? 8 : 16;
  OFCondition outcome = put(dataset, DCM_Rows, frame.height);
  if (outcome.good()) outcome = put(dataset, DCM_Columns, frame.width);
  if (outcome.good()) outcome = put(dataset, DCM_SamplesPerPixel, frame.channels);
  if (outcome.good()) outcome = put(dataset, DCM_BitsAllocated, bits);
  if (outcome.good()) outcome = put(dataset, DCM_BitsStored, frame.precision);
  if (outcome.good()) outcome = put(dataset, DCM_HighBit, frame.precision - 1);
  if (outcome.good()) outcome = put(dataset, DCM_PixelRepresentation, frame.is_signed != 0);
  if (outcome.good()) outcome = put(dataset, DCM_PlanarConfiguration, 0);
  if (outcome.bad()) return outcome;
  DcmCodeString *colour =
      new DcmCodeString(DcmTag(DCM_PhotometricInterpretation, EVR_CS));
  colour->putOFStringArray(frame.channels == 3 ? "RGB" : "MONOCHROME2");
  outcome = dataset.insert(colour);
  if (outcome.bad()) delete colour;
  return outcome;
}

/* Puts a fragment behind the others. */
OFCondition append(DcmPixelSequence &sequence, const unsigned char *data, size_t size) {
  DcmPixelItem *item = new DcmPixelItem(DCM_PixelItemTag);
  OFCondition outcome = EC_Normal;
  if (size > 0) outcome = item->putUint8Array(data, static_cast<unsigned long>(size));
  if (outcome.good()) outcome = sequence.insert(item);
  if (outcome.bad()) delete item;
  return outcome;
}

}  // namespace

int cdicom_decode_jpeg_ls(const unsigned char *data, size_t size, const cdicom_frame *frame,
                          unsigned char *samples, size_t capacity, char *message) {
  return cdicom_guard(message, [&] {
    if (size > UINT32_MAX - 1 || capacity > UINT32_MAX)
      return cdicom_fail(message, "the frame is too large");
    DcmDataset dataset;
    DcmPixelSequence sequence(DCM_PixelSequenceTag);
    OFCondition outcome = describe(dataset, *frame);
    /* The table of the frames' places comes first, and is empty. */
    if (outcome.good()) outcome = append(sequence, NULL, 0);
    if (outcome.good()) outcome = append(sequence, data, size);
    if (outcome.bad()) return cdicom_fail(message, outcome.text());
    DJLSCodecParameter parameter(EJLSUC_never, EJLSPC_colorByPixel);
    Uint32 fragment = 1;
    OFString colours;
    outcome = DJLSNearLosslessDecoder().decodeFrame(NULL, &sequence, &parameter, &dataset, 0, fragment,
                                                    samples, static_cast<Uint32>(capacity), colours);
    return outcome.good() ? static_cast<int>(CDICOM_OK) : cdicom_fail(message, outcome.text());
  });
}

#else

int cdicom_decode_jpeg_ls(const unsigned char *, size_t, const cdicom_frame *, unsigned char *, size_t,
                          char *message) {
  message[0] = 0;
  return CDICOM_MISSING;
}

#endif
