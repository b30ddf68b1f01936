import CTIFF
import Foundation
import Support

/// A TIFF file in memory, of whose first image the header has been read.
struct TIFFFile: ImageSource {
  let layout: StoredLayout
  private let header: ctiff_header
  private let bytes: Data
  private let file: String

  /// Whether this build reads TIFF.
  static var isAvailable: Bool { ctiff_is_available() != 0 }

  /// Reads the header; throws `ImageError` where it is damaged or of a kind that is not read, or the size
  /// exceeds `limits`. `file` is the name that errors use.
  init(_ bytes: Data, file: String, limits: ImageLimits) throws(ImageError) {
    var header = ctiff_header()
    let outcome = bytes.withMessage(capacity: Int(CTIFF_MESSAGE_SIZE)) { input, size, message in
      ctiff_read_header(input, size, &header, message)
    }
    try Self.check(outcome, file: file)
    guard let width = Int(exactly: header.width), let height = Int(exactly: header.height) else {
      throw .damaged("TIFF", file, "it has no size")
    }
    try limits.check(width: width, height: height, file: file)
    (self.header, self.bytes, self.file) = (header, bytes, file)
    let samples = width * height * Int(header.colours + header.has_alpha)
    let stored = samples * (header.bits == 16 ? 2 : 1)
    layout = StoredLayout(
      width: width, height: height,
      channels: header.has_palette != 0 ? Self.palette(of: header).channels : Int(header.colours),
      orientation: Orientation(rawValue: Int(header.orientation)) ?? .upright,
      bufferBytes: Int(clamping: header.buffer_bytes) + stored + 2 * samples)
  }

  /// Decodes the image and turns it upright; greys of 16 bits as `window` shows them, and what is
  /// transparent on `background`.
  func decode(
    forSquareOf target: Int?, fit: ImageFit, background: UInt8, window: IntensityWindow
  ) throws(ImageError) -> DecodedImage {
    try layout.checkRoom(file: file)
    let isInverted = header.is_inverted != 0
    if header.bits == 16 {
      return DecodedImage(
        stored(try samples(of: UInt16.self)), isInverted: isInverted, as: layout,
        background: background, window: window)
    }
    let samples = try samples(of: UInt8.self)
    if header.has_palette != 0 {
      let pixels = Self.palette(of: header)
        .samples(of: samples, width: layout.width, height: layout.height)
      return DecodedImage(pixels, as: layout, background: background)
    }
    let most = 255 / ((1 << Int(header.bits)) - 1)
    let spread = most == 1 ? samples : samples.map { UInt8(min(255, Int($0) * most)) }
    let pixels = stored(spread)
    return DecodedImage(
      isInverted ? pixels.inverted() : pixels, as: layout, background: background)
  }

  private func stored<Sample>(_ samples: [Sample]) -> StoredSamples<Sample> {
    StoredSamples(
      width: layout.width, height: layout.height, colours: Int(header.colours),
      hasAlpha: header.has_alpha != 0, isPremultiplied: header.is_premultiplied != 0,
      samples: samples)
  }

  /// Decodes the samples as they are stored: bytes, or words where the file has 16 bits.
  private func samples<Sample>(of type: Sample.Type) throws(ImageError) -> [Sample] {
    let total = layout.width * layout.height * Int(header.colours + header.has_alpha)
    var header = header
    var outcome: (status: Int32, message: String) = (0, "")
    let samples = [Sample](unsafeUninitializedCapacity: total) { output, count in
      outcome = bytes.withMessage(capacity: Int(CTIFF_MESSAGE_SIZE)) { input, size, message in
        ctiff_decode(input, size, &header, output.baseAddress, message)
      }
      count = outcome.status == Int32(CTIFF_OK) ? total : 0
    }
    try Self.check(outcome, file: file)
    return samples
  }

  private static func palette(of header: ctiff_header) -> ColourTable {
    var table = ColourTable()
    withUnsafeBytes(of: header.palette) { bytes in
      for sample in 0..<(1 << Int(header.bits)) {
        table.set(
          sample, red: bytes[3 * sample], green: bytes[3 * sample + 1], blue: bytes[3 * sample + 2])
      }
    }
    return table
  }

  private static func check(
    _ outcome: (status: Int32, message: String), file: String
  ) throws(ImageError) {
    switch outcome.status {
    case Int32(CTIFF_OK): return
    case Int32(CTIFF_UNSUPPORTED): throw .unsupported(outcome.message, file)
    default: throw .damaged("TIFF", file, printable(outcome.message))
    }
  }
}
