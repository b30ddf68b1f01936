import CGIF
import Foundation

/// A GIF file in memory, whose first image is read; those after it are passed over.
struct GIFFile: ImageSource {
  let layout: StoredLayout
  private let bytes: Data
  private let file: String

  /// Reads all that stands before the first image; throws `ImageError` where that is damaged or missing,
  /// or the size exceeds `limits`. `file` is the name that errors use.
  init(_ bytes: Data, file: String, limits: ImageLimits) throws(ImageError) {
    (self.bytes, self.file) = (bytes, file)
    let frame = try Self.decoding(bytes, file) { (decoder) throws(ImageError) in decoder.frame }
    try limits.check(width: frame.width, height: frame.height, file: file)
    // Two bytes for a pixel that may be transparent, and the pixels with their opacity.
    layout = StoredLayout(
      width: frame.width, height: frame.height, channels: frame.colours.channels,
      bufferBytes: frame.width * frame.height * (3 + frame.colours.channels))
  }

  /// Decodes the first image; `background` is seen where it is transparent or does not cover the screen.
  func decode(
    forSquareOf target: Int?, fit: ImageFit, background: UInt8, window: IntensityWindow
  ) throws(ImageError) -> DecodedImage {
    try layout.checkRoom(file: file)
    let stored = try Self.decoding(bytes, file) { (decoder) throws(ImageError) in
      let frame = decoder.frame
      return frame.colours.samples(
        of: try decoder.pixels(), width: frame.width, height: frame.height)
    }
    return DecodedImage(stored, as: layout, background: background)
  }

  private static func decoding<Outcome>(
    _ bytes: Data, _ file: String, _ body: (GIFDecoder) throws(ImageError) -> Outcome
  ) throws(ImageError) -> Outcome {
    try bytes.withUnsafeBytes { raw in
      Result { () throws(ImageError) in
        try body(GIFDecoder(raw.bindMemory(to: UInt8.self), file: file))
      }
    }.get()
  }
}

/// Where the first image of a GIF file lies and what its pixels stand for.
struct GIFFrame {
  /// The pixels of a row of the screen, or of as much as the image needs.
  var width = 0
  /// The rows of the same.
  var height = 0
  /// The columns of the image on the screen.
  var columns = 0..<0
  /// The rows of the image on the screen.
  var rows = 0..<0
  /// Whether the rows come in four passes.
  var isInterlaced = false
  /// The sample that stands for nothing, if there is one.
  var transparent: Int?
  /// What the samples stand for.
  var colours = ColourTable()
}
