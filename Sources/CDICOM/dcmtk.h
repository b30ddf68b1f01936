/* Whether DCMTK is there: on Linux where the module CDCMTK, which links it, looks for it. */
#ifndef CDICOM_DCMTK_H
#define CDICOM_DCMTK_H

#if defined(__linux__)
#define CDICOM_HAS_DCMTK __has_include("/usr/include/dcmtk/config/osconfig.h")
#else
#define CDICOM_HAS_DCMTK __has_include(<dcmtk/config/osconfig.h>)
#endif

#if CDICOM_HAS_DCMTK
#include <dcmtk/config/osconfig.h>
#include <dcmtk/oflog/oflog.h>

#include <cstdio>
#include <exception>
#include <mutex>

#include "include/cdicom.h"

/* Writes what went wrong. */
inline int cdicom_fail(char *message, const char *text) {
  snprintf(message, CDICOM_MESSAGE_SIZE, "%s", text);
  return CDICOM_FAILED;
}

/* Switches DCMTK's log off, once. */
inline void cdicom_silence() {
  static std::once_flag silenced;
  std::call_once(silenced, [] { OFLog::configure(OFLogger::OFF_LOG_LEVEL); });
}

/* Calls body, which returns a status, with DCMTK's log switched off, and catches what it throws. */
template <typename Body>
int cdicom_guard(char *message, Body body) {
  message[0] = 0;
  try {
    cdicom_silence();
    return body();
  } catch (const std::exception &error) {
    return cdicom_fail(message, error.what());
  } catch (...) {
    return cdicom_fail(message, "the decoder gave up");
  }
}
#endif

#endif
