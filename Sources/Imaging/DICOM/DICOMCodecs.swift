import CDICOM
import CJPEG2000
import Foundation

#if canImport(CDCMTK)
  // Links the library.
  import CDCMTK
#endif

extension DICOMSamples {
  /// Whether this build decodes JPEG and JPEG-LS in DICOM files.
  static let readsJPEG = cdicom_is_available() != 0
  /// Whether this build decodes JPEG 2000 in DICOM files.
  static let readsJPEG2000 = cjpeg2000_is_available() != 0

  /// Decodes a frame that is compressed as JPEG or JPEG-LS, through DCMTK.
  ///
  /// Throws `DICOMProblem` where the frame is damaged, is not as the file says or where this program was
  /// built without DCMTK.
  init(jpeg frame: Data, isLS: Bool, _ pixels: DICOMPixels) throws(DICOMProblem) {
    let name = isLS ? "JPEG-LS" : "JPEG"
    guard Self.readsJPEG else {
      throw .missing(name, library: "DCMTK", debian: "libdcmtk-dev", homebrew: "dcmtk")
    }
    guard let head = JPEGFrameHead(frame) else {
      throw .damaged("its \(name) data have no header, or too many scans")
    }
    guard head.width == pixels.columns, head.height == pixels.rows, head.channels == pixels.samples,
      (2...16).contains(head.precision)
    else { throw .damaged("its \(name) data are not as it says") }
    width = head.precision <= 8 ? 1 : 2
    areRGB = !isLS && pixels.colours.isYBR
    var description = cdicom_frame(
      width: UInt32(head.width), height: UInt32(head.height), channels: Int32(head.channels),
      precision: Int32(head.precision), is_ybr: areRGB ? 1 : 0, is_signed: pixels.isSigned ? 1 : 0)
    let size = pixels.count * pixels.samples * width
    let decode = isLS ? cdicom_decode_jpeg_ls : cdicom_decode_jpeg
    // DCMTK wants an even number of bytes.
    var samples = [UInt8](repeating: 0, count: size + size % 2)
    let outcome = frame.withMessage(capacity: Int(CDICOM_MESSAGE_SIZE)) { input, count, message in
      decode(input, count, &description, &samples, samples.count, message)
    }
    guard outcome.status == Int32(CDICOM_OK) else {
      throw .damaged("its \(name) data are broken: \(outcome.message)")
    }
    bytes = Data(samples.prefix(size))
  }

  /// Decodes a frame that is compressed as JPEG 2000, through OpenJPEG.
  ///
  /// Throws `DICOMProblem` where the frame is damaged, is not as the file says or where this program was
  /// built without OpenJPEG.
  init(jpeg2000 frame: Data, _ pixels: DICOMPixels) throws(DICOMProblem) {
    guard Self.readsJPEG2000 else {
      throw .missing(
        "JPEG 2000", library: "OpenJPEG", debian: "libopenjp2-7-dev", homebrew: "openjpeg")
    }
    width = 2
    // What the codestream has transformed comes back as red, green and blue.
    areRGB = pixels.colours == .ybrICT || pixels.colours == .ybrRCT
    var samples = [UInt16](repeating: 0, count: pixels.count * pixels.samples)
    let outcome = frame.withMessage(
      capacity: Int(CJPEG2000_MESSAGE_SIZE)
    ) { input, count, message in
      cjpeg2000_decode(
        input, count, UInt32(pixels.columns), UInt32(pixels.rows), Int32(pixels.samples), &samples,
        message)
    }
    guard outcome.status == Int32(CJPEG2000_OK) else {
      throw .damaged("its JPEG 2000 data are broken: \(outcome.message)")
    }
    bytes = samples.withUnsafeBytes { Data($0) }
  }
}

extension DICOMProblem {
  /// The program was built without what decodes the file.
  static func missing(
    _ format: String, library: String, debian: String, homebrew: String
  ) -> DICOMProblem {
    DICOMProblem(
      .unknownFormat,
      "its pixels are compressed as \(format), and this program was built without \(library); "
        + "install \(debian) (Debian, Ubuntu) or \(homebrew) (Homebrew) and build it again")
  }
}

/// What a JPEG or JPEG-LS frame says of itself.
private struct JPEGFrameHead {
  let precision: Int
  let width: Int
  let height: Int
  let channels: Int

  /// The scans of a frame at most. Sequential JPEG has one for each channel; a decoder would go over the
  /// picture as often as others are asked for.
  private static let mostScans = 16

  /// Finds the segment that says it; nil where there is none, and where too many scans follow.
  init?(_ frame: Data) {
    let found = frame.withUnsafeBytes { bytes -> [Int]? in
      let bytes = bytes.bindMemory(to: UInt8.self)
      // Behind FF within a scan there is 00: this finds every scan, and may find what is none.
      var scans = 0
      for place in bytes.indices.dropLast() where bytes[place] == 0xFF && bytes[place + 1] == 0xDA {
        scans += 1
      }
      guard scans <= Self.mostScans else { return nil }
      // Baseline, extended, lossless and JPEG-LS; progressive JPEG is not in use.
      let segment = JPEGSegments(bytes).first { [0xC0, 0xC1, 0xC3, 0xF7].contains($0.marker) }
      guard let data = segment?.data, data.count >= 6 else { return nil }
      return bytes[data].prefix(6).map(Int.init)
    }
    guard let found else { return nil }
    precision = found[0]
    height = found[1] << 8 | found[2]
    width = found[3] << 8 | found[4]
    channels = found[5]
  }
}
