import Foundation
import Imaging

/// A picture as a page carries it.
public struct ReportPicture: Equatable, Sendable {
  /// The pixels of a row.
  public let width: Int
  /// The rows.
  public let height: Int
  /// The picture as a JPEG file.
  public let jpeg: Data

  /// The side in pixels beyond which square pictures are made smaller: eight images of 128 pixels
  /// and the gaps between them still fit.
  static let largestSide = 1040

  /// Encodes a picture; a square one beyond `largestSide` is made that large.
  ///
  /// - Parameters:
  ///   - quality: libjpeg's, 1 to 100.
  ///   - file: the name that errors use.
  /// - Throws: `ImageError` where the picture exceeds what JPEG holds.
  init(_ image: PixelImage, quality: Int, file: String) throws(ImageError) {
    let image = Self.reduced(image)
    width = image.width
    height = image.height
    jpeg = try image.jpegData(quality: quality, file: file)
  }

  /// Wraps a JPEG file of known size.
  package init(width: Int, height: Int, jpeg: Data) {
    (self.width, self.height, self.jpeg) = (width, height, jpeg)
  }

  /// Makes a square picture smaller where it is too large.
  static func reduced(_ image: PixelImage) -> PixelImage {
    guard image.width == image.height, image.width > largestSide else { return image }
    return DecodedImage(image).squared(to: largestSide)
  }
}
