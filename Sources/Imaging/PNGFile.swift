import CPNG
import Foundation
import Support

/// A PNG file in memory, whose header has been read: the way from its bytes to pixels.
struct PNGFile: ImageSource {
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
  ///
  /// A window on the samples themselves takes a first pass to see which there are.
  func decode(
    forSquareOf target: Int?, fit: ImageFit, background: UInt8, window: IntensityWindow
  ) throws(ImageError) -> DecodedImage {
    var levels: [UInt8]?
    if header.bits == 16 && layout.channels == 1 {
      let seen = window == .minMax ? try stored(background: background, levels: nil).seen : nil
      levels = window.levels(
        smallest: Int(seen?.smallest ?? 0), largest: Int(seen?.largest ?? 65_535))
    }
    let (image, seen) = try stored(background: background, levels: levels)
    return DecodedImage(
      stored: image, as: layout, eighths: 8,
      samples: SampleTraits(
        bits: Int(header.bits), largest: header.bits == 16 ? Int(seen.largest) : nil,
        hasTransparency: seen.has_transparency != 0))
  }

  /// Decodes the image as it is stored: grey (with or without alpha) to one channel, all else to RGB.
  /// 16-bit samples become what `levels` says, or keep their high byte.
  private func stored(
    background: UInt8, levels: [UInt8]?
  ) throws(ImageError) -> (image: PixelImage, seen: cpng_samples) {
    let (width, height, channels) = (layout.width, layout.height, layout.channels)
    try layout.checkRoom(file: file)
    let samples = width * height * channels
    var seen = cpng_samples()
    var outcome: (status: Int32, message: String) = (0, "")
    let pixels = [UInt8](unsafeUninitializedCapacity: samples) { output, count in
      outcome = bytes.withMessage(capacity: Int(CPNG_MESSAGE_SIZE)) { input, size, message in
        cpng_decode(
          input, size, header.width, header.height, header.channels, background, levels,
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
