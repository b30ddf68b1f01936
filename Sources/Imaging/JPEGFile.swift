import CJPEG
import Foundation
import Support

/// A JPEG file in memory, whose header has been read: the way from its bytes to pixels.
struct JPEGFile: ImageSource {
  let layout: StoredLayout
  private let bytes: Data
  private let file: String

  /// Reads the header; throws `ImageError` where it is damaged or the size exceeds `limits`. `file` is
  /// the name that errors use.
  init(_ bytes: Data, file: String, limits: ImageLimits) throws(ImageError) {
    var header = cjpeg_header()
    let outcome = bytes.withMessage(capacity: Int(CJPEG_MESSAGE_SIZE)) { input, size, message in
      cjpeg_read_header(input, size, &header, message)
    }
    try Self.check(outcome, file: file)
    let (width, height) = (Int(header.width), Int(header.height))
    try limits.check(width: width, height: height, file: file)
    (self.bytes, self.file) = (bytes, file)
    layout = StoredLayout(
      width: width, height: height, channels: Int(header.channels),
      orientation: Orientation(ofJPEG: bytes))
  }

  /// Decodes the image for a square of `target`, as `decodingEighths` has it, and turns it upright.
  func decode(
    forSquareOf target: Int?, fit: ImageFit, background: UInt8, window: IntensityWindow
  ) throws(ImageError) -> DecodedImage {
    let eighths = decodingEighths(
      width: layout.width, height: layout.height, target: target, fit: fit)
    return DecodedImage(
      stored: try stored(eighths: eighths), as: layout, eighths: eighths, samples: SampleTraits())
  }

  /// Decodes the image as it is stored, at `eighths` of its size: grey to one channel, all else to RGB.
  private func stored(eighths: Int) throws(ImageError) -> PixelImage {
    let width = (layout.width * eighths + 7) / 8
    let height = (layout.height * eighths + 7) / 8
    let channels = layout.channels
    try ImageLimits.checkRoom(
      width: width, height: height, channels: channels, orientation: layout.orientation,
      file: file)
    let samples = width * height * channels
    var outcome: (status: Int32, message: String) = (0, "")
    let pixels = [UInt8](unsafeUninitializedCapacity: samples) { output, count in
      outcome = bytes.withMessage(capacity: Int(CJPEG_MESSAGE_SIZE)) { input, size, message in
        cjpeg_decode(
          input, size, Int32(eighths), Int32(width), Int32(height), Int32(channels),
          output.baseAddress, message)
      }
      count = outcome.status == Int32(CJPEG_OK) ? samples : 0
    }
    try Self.check(outcome, file: file)
    return PixelImage(width: width, height: height, channels: channels, pixels: pixels)
  }

  private static func check(
    _ outcome: (status: Int32, message: String), file: String
  ) throws(ImageError) {
    guard outcome.status != Int32(CJPEG_OK) else { return }
    throw ImageError(
      .damaged, file: file, problem: "expected an intact JPEG file: \(outcome.message)")
  }
}

/// Returns the eighths (1, 2, 4 or 8) at which libjpeg should decode a `width` x `height` image that
/// will become a square of `target`: the fewest that leave at least twice the target on the side that
/// becomes it, or all eight. Where both become it, the shorter is reduced least. libjpeg reduces by
/// other eighths too, but slower than it decodes the whole.
package func decodingEighths(
  width: Int, height: Int, target: Int?, fit: ImageFit = .crop
) -> Int {
  guard let target else { return 8 }
  let side =
    switch fit {
    case .crop, .stretch: min(width, height)
    case .pad: max(width, height)
    }
  return [1, 2, 4].first { side * $0 >= 16 * target } ?? 8
}
