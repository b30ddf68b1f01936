import Foundation

/// A decoded image file, possibly smaller than the file says, and the size that the file says.
public struct DecodedImage: Equatable, Sendable {
  /// Holds the pixels, at full size or reduced by the decoder.
  public let image: PixelImage
  /// Counts the columns of the full picture.
  public let fullWidth: Int
  /// Counts the rows of the full picture.
  public let fullHeight: Int
  /// Counts the eighths of the full size at which `image` was decoded. The sides of `image`
  /// are `full * eighths / 8`, rounded up.
  package let eighths: Int

  /// Wraps a picture that stands for one of `fullWidth` x `fullHeight`.
  package init(image: PixelImage, fullWidth: Int, fullHeight: Int, eighths: Int) {
    self.image = image
    self.fullWidth = fullWidth
    self.fullHeight = fullHeight
    self.eighths = eighths
  }

  /// Wraps a picture at its full size.
  public init(_ image: PixelImage) {
    self.init(image: image, fullWidth: image.width, fullHeight: image.height, eighths: 8)
  }

  /// Reads and decodes the JPEG or PNG file at `path`, told apart by content, whatever its name.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - target: The shorter side that the picture will be resized to, in pixels. A JPEG is then
  ///     decoded at the smallest of 1/8, 1/4 and 1/2 of its size whose shorter side is at least
  ///     twice that, where there is one. Without a target the full size is decoded.
  ///   - limits: The largest file and full size that are accepted.
  ///   - willDecode: Is told the pixels of the full size before memory is set aside for them.
  /// - Throws: `ImageError` where the file cannot be read, is no regular file, is neither JPEG nor
  ///   PNG, is damaged or exceeds `limits`.
  public init(
    contentsOf path: String, forShorterSide target: Int? = nil,
    limits: ImageLimits = ImageLimits(), willDecode: (_ pixels: Int) -> Void = { _ in }
  ) throws(ImageError) {
    try self.init(
      bytes: readFile(path, atMost: limits.maximumFileBytes), file: path, forShorterSide: target,
      limits: limits, willDecode: willDecode)
  }

  /// Decodes a JPEG or PNG file held in memory; `file` is the name that errors use. Otherwise as
  /// `init(contentsOf:forShorterSide:limits:)`.
  public init(
    bytes: Data, file: String, forShorterSide target: Int? = nil,
    limits: ImageLimits = ImageLimits(), willDecode: (_ pixels: Int) -> Void = { _ in }
  ) throws(ImageError) {
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = try decodeJPEG(
        bytes, file: file, forShorterSide: target, limits: limits, willDecode: willDecode)
    } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = try decodePNG(bytes, file: file, limits: limits, willDecode: willDecode)
    } else {
      let found =
        bytes.isEmpty
        ? "an empty file"
        : "a file that begins with "
          + bytes.prefix(8).map { hexadecimal($0) }.joined(separator: " ")
      throw ImageError(.unknownFormat, file: file, problem: "expected JPEG or PNG, found \(found)")
    }
  }
}

extension PixelImage {
  /// Reads and decodes the JPEG or PNG file at `path` at full size; throws `ImageError` as
  /// `DecodedImage` does.
  public init(contentsOf path: String, limits: ImageLimits = ImageLimits()) throws(ImageError) {
    self = try DecodedImage(contentsOf: path, limits: limits).image
  }
}

/// Returns two hexadecimal digits.
private func hexadecimal(_ byte: UInt8) -> String {
  (byte < 16 ? "0" : "") + String(byte, radix: 16)
}
