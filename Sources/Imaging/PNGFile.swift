import CPNG
import Foundation
import Support

/// A PNG file in memory, whose header has been read: the way from its bytes to pixels.
struct PNGFile: Sendable {
  /// What the header says.
  let layout: StoredLayout
  private let header: cpng_header
  private let bytes: Data
  private let file: String

  /// Reads the header; throws `ImageError` where it is damaged or the size exceeds `limits`. `file` is
  /// the name that errors use.
  init(_ bytes: Data, file: String, limits: ImageLimits) throws(ImageError) {
    var header = cpng_header()
    let outcome = bytes.withMessage(capacity: Int(CPNG_MESSAGE_SIZE)) { input, size, message in
      cpng_read_header(input, size, &header, message)
    }
    try Self.check(outcome, file: file)
    let (width, height) = (Int(header.width), Int(header.height))
    try limits.check(width: width, height: height, file: file)
    (self.header, self.bytes, self.file) = (header, bytes, file)
    layout = StoredLayout(
      width: width, height: height, channels: Int(header.channels),
      orientation: Orientation(ofPNG: bytes), bufferBytes: header.buffer_bytes)
  }

  /// Decodes the image at its full size and turns it upright. What is transparent shows the grey level
  /// `background` through.
  func decode(background: UInt8) throws(ImageError) -> DecodedImage {
    let (image, seen) = try stored(background: background)
    return DecodedImage(
      stored: image, as: layout, eighths: 8,
      samples: SampleTraits(
        bits: Int(header.bits), largest: header.bits == 16 ? Int(seen.largest) : nil,
        hasTransparency: seen.has_transparency != 0))
  }

  /// Decodes the image as it is stored: grey (with or without alpha) to one channel, all else to RGB.
  /// 16-bit samples keep their high byte.
  private func stored(
    background: UInt8
  ) throws(ImageError) -> (image: PixelImage, seen: cpng_samples) {
    let (width, height, channels) = (layout.width, layout.height, layout.channels)
    try ImageLimits.checkRoom(
      width: width, height: height, channels: channels, orientation: layout.orientation,
      bufferBytes: layout.bufferBytes, file: file)
    let samples = width * height * channels
    var seen = cpng_samples()
    var outcome: (status: Int32, message: String) = (0, "")
    let pixels = [UInt8](unsafeUninitializedCapacity: samples) { output, count in
      outcome = bytes.withMessage(capacity: Int(CPNG_MESSAGE_SIZE)) { input, size, message in
        cpng_decode(
          input, size, header.width, header.height, header.channels, background,
          output.baseAddress, &seen, message)
      }
      count = outcome.status == Int32(CPNG_OK) ? samples : 0
    }
    try Self.check(outcome, file: file)
    return (PixelImage(width: width, height: height, channels: channels, pixels: pixels), seen)
  }

  private static func check(
    _ outcome: (status: Int32, message: String), file: String
  ) throws(ImageError) {
    guard outcome.status != Int32(CPNG_OK) else { return }
    throw ImageError(
      .damaged, file: file, problem: "expected an intact PNG file: \(outcome.message)")
  }
}
