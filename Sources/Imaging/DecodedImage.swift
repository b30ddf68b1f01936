import Foundation

/// A decoded image, upright, possibly smaller than its file says, and the size that the file says.
public struct DecodedImage: Equatable, Sendable {
  /// The pixels, at full size or reduced by the decoder.
  public let image: PixelImage
  /// The columns of the full image.
  public let fullWidth: Int
  /// The rows of the full image.
  public let fullHeight: Int
  /// The eighths of the full size at which `image` was decoded. The sides of `image` are
  /// `full * eighths / 8`, rounded up.
  package let eighths: Int
  /// How the stored image was turned to become `image`.
  let orientation: Orientation
  /// What was seen of the file's samples.
  let samples: SampleTraits

  /// Turns an image, decoded at `eighths` of its size as it is stored, as `layout` asks.
  init(stored image: PixelImage, as layout: StoredLayout, eighths: Int, samples: SampleTraits) {
    self.image = image.turned(layout.orientation)
    fullWidth = layout.uprightWidth
    fullHeight = layout.uprightHeight
    self.eighths = eighths
    orientation = layout.orientation
    self.samples = samples
  }

  /// Puts `image`, of the same size, in the place of the pixels of `other`.
  init(_ other: DecodedImage, replacingPixelsBy image: PixelImage) {
    self.image = image
    fullWidth = other.fullWidth
    fullHeight = other.fullHeight
    eighths = other.eighths
    orientation = other.orientation
    samples = other.samples
  }

  /// Wraps an image at its full size.
  public init(_ image: PixelImage) {
    let layout = StoredLayout(width: image.width, height: image.height, channels: image.channels)
    self.init(stored: image, as: layout, eighths: 8, samples: SampleTraits())
  }

  /// Reads the image file at `path` and decodes it at once; parameters and errors are those of
  /// `ImageHeader` and its `decode(forSquareOf:fit:background:window:)`.
  public init(
    contentsOf path: String, forSquareOf target: Int? = nil, fit: ImageFit = .crop,
    background: UInt8 = 0, window: IntensityWindow = .ofFile, limits: ImageLimits = ImageLimits()
  ) throws(ImageError) {
    self = try ImageHeader(contentsOf: path, limits: limits)
      .decode(forSquareOf: target, fit: fit, background: background, window: window)
  }

  /// Decodes an image file held in memory at once; `file` is the name that errors use. Otherwise
  /// as `init(contentsOf:forSquareOf:fit:background:window:limits:)`.
  public init(
    bytes: Data, file: String, forSquareOf target: Int? = nil, fit: ImageFit = .crop,
    background: UInt8 = 0, window: IntensityWindow = .ofFile, limits: ImageLimits = ImageLimits()
  ) throws(ImageError) {
    self = try ImageHeader(bytes: bytes, file: file, limits: limits)
      .decode(forSquareOf: target, fit: fit, background: background, window: window)
  }
}

extension PixelImage {
  /// Reads and decodes the image file at `path` at full size, on black; throws `ImageError` as
  /// `DecodedImage` does.
  public init(contentsOf path: String, limits: ImageLimits = ImageLimits()) throws(ImageError) {
    self = try DecodedImage(contentsOf: path, limits: limits).image
  }
}
