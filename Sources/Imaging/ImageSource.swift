import Foundation

/// An image file in memory, whose header has been read: the way from its bytes to pixels.
protocol ImageSource: Sendable {
  /// What the header says.
  var layout: StoredLayout { get }

  /// What the file says of where the image comes from.
  var origin: ImageOrigin { get }

  /// Returns the same file, of which another frame, counted from 0, is to be decoded.
  func choosing(frame: Int) -> any ImageSource

  /// Decodes the image and turns it upright; parameters and errors are those of
  /// `ImageHeader.decode(forSquareOf:fit:background:window:)`.
  func decode(
    forSquareOf target: Int?, fit: ImageFit, background: UInt8, window: IntensityWindow
  ) throws(ImageError) -> DecodedImage
}

extension ImageSource {
  var origin: ImageOrigin { ImageOrigin() }

  func choosing(frame: Int) -> any ImageSource { self }
}

extension FileFormat {
  /// Reads the header of a file of this format held in memory; nil where the format is none that is
  /// read.
  ///
  /// Throws `ImageError` where the header is damaged or the image exceeds `limits`. `file` is the name
  /// that errors use.
  func source(
    of bytes: Data, file: String, limits: ImageLimits
  ) throws(ImageError) -> (any ImageSource)? {
    switch self {
    case .jpeg: try JPEGFile(bytes, file: file, limits: limits)
    case .png: try PNGFile(bytes, file: file, limits: limits)
    case .bmp: try BMPFile(bytes, file: file, limits: limits)
    case .gif: try GIFFile(bytes, file: file, limits: limits)
    case .netpbm: try NetpbmFile(bytes, file: file, limits: limits)
    case .tiff where isRead: try TIFFFile(bytes, file: file, limits: limits)
    case .webP where isRead: try WebPFile(bytes, file: file, limits: limits)
    case .dicom: try DICOMFile(bytes, file: file, limits: limits)
    default: nil
    }
  }
}
