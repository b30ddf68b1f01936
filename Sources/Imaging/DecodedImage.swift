import Foundation

/// A decoded image file, upright, possibly smaller than the file says, and the size that the file says.
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

  /// Turns a stored image, which stands for one of `fullWidth` x `fullHeight`, as `orientation` asks.
  init(
    stored image: PixelImage, fullWidth: Int, fullHeight: Int, eighths: Int,
    orientation: Orientation, samples: SampleTraits = SampleTraits()
  ) {
    self.image = image.turned(orientation)
    self.fullWidth = orientation.swapsSides ? fullHeight : fullWidth
    self.fullHeight = orientation.swapsSides ? fullWidth : fullHeight
    self.eighths = eighths
    self.orientation = orientation
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
    self.init(
      stored: image, fullWidth: image.width, fullHeight: image.height, eighths: 8,
      orientation: .upright)
  }

  /// Reads and decodes the JPEG or PNG file at `path`, told apart by content, whatever its name.
  ///
  /// The image comes out as viewers show it: turned and mirrored as EXIF's orientation asks, in JPEG
  /// and PNG, with transparent parts on `background`.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - target: The side of the square that the image will become, in pixels. A JPEG is then decoded
  ///     at the smallest of 1/8, 1/4 and 1/2 of its size that leaves at least twice that on the side
  ///     that decides, where there is one: the longer to be padded, else the shorter. Without a target
  ///     the full size is decoded.
  ///   - fit: How it will become a square.
  ///   - background: The grey level, 0 to 255, that shows through what is transparent.
  ///   - limits: The largest file and full size that are accepted.
  ///   - willDecode: Is told the pixels of the full size before memory is set aside for them, and one
  ///     more for every three bytes that decoding needs beside them.
  /// - Throws: `ImageError` where the file cannot be read, is no regular file, is neither JPEG nor
  ///   PNG, is damaged or exceeds `limits`.
  public init(
    contentsOf path: String, forShorterSide target: Int? = nil, fit: ImageFit = .crop,
    background: UInt8 = 0, limits: ImageLimits = ImageLimits(),
    willDecode: (_ pixels: Int) -> Void = { _ in }
  ) throws(ImageError) {
    try self.init(
      bytes: readFile(path, atMost: limits.maximumFileBytes), file: path, forShorterSide: target,
      fit: fit, background: background, limits: limits, willDecode: willDecode)
  }

  /// Decodes a JPEG or PNG file held in memory; `file` is the name that errors use. Otherwise as
  /// `init(contentsOf:forShorterSide:fit:background:limits:willDecode:)`.
  public init(
    bytes: Data, file: String, forShorterSide target: Int? = nil, fit: ImageFit = .crop,
    background: UInt8 = 0, limits: ImageLimits = ImageLimits(),
    willDecode: (_ pixels: Int) -> Void = { _ in }
  ) throws(ImageError) {
    let head = [UInt8](bytes.prefix(FileFormat.headLength))
    switch FileFormat.recognize(head) {
    case .jpeg:
      self = try decodeJPEG(
        bytes, file: file, forShorterSide: target, fit: fit, limits: limits, willDecode: willDecode)
    case .png:
      self = try decodePNG(
        bytes, file: file, background: background, limits: limits, willDecode: willDecode)
    case let other:
      let found =
        other?.words
        ?? "a file that begins with " + head.prefix(8).map(hexadecimal).joined(separator: " ")
      throw ImageError(.unknownFormat, file: file, problem: "expected JPEG or PNG, found \(found)")
    }
  }
}

extension PixelImage {
  /// Reads and decodes the JPEG or PNG file at `path` at full size, on black; throws `ImageError` as
  /// `DecodedImage` does.
  public init(contentsOf path: String, limits: ImageLimits = ImageLimits()) throws(ImageError) {
    self = try DecodedImage(contentsOf: path, limits: limits).image
  }
}

/// Returns two hexadecimal digits.
private func hexadecimal(_ byte: UInt8) -> String {
  (byte < 16 ? "0" : "") + String(byte, radix: 16)
}
