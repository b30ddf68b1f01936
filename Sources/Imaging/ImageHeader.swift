import Foundation
import Support

/// What an image file says of its image before any memory is set aside for it, and the bytes to
/// decode it from.
///
/// A file is read once: whoever has to wait until there is memory for an image asks its header how
/// much that is, and decodes later.
public struct ImageHeader: Sendable {
  /// The path of the file, or the name that errors use.
  public let file: String
  private let source: any ImageSource

  /// Reads the image file at `path`, whatever its name, and its header.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - limits: The largest file and full size that are accepted.
  /// - Throws: `ImageError` where the file cannot be read, is no regular file, has no format
  ///   that this build reads, has a damaged header or exceeds `limits`.
  public init(contentsOf path: String, limits: ImageLimits = ImageLimits()) throws(ImageError) {
    try self.init(bytes: Self.bytes(of: path, limits: limits), file: path, limits: limits)
  }

  /// Reads the header of an image file held in memory; `file` is the name that errors use.
  /// Otherwise as `init(contentsOf:limits:)`.
  public init(
    bytes: Data, file: String, limits: ImageLimits = ImageLimits()
  ) throws(ImageError) {
    self.file = file
    let head = [UInt8](bytes.prefix(FileFormat.headLength))
    let format = FileFormat.recognize(head)
    guard let source = try format?.source(of: bytes, file: file, limits: limits) else {
      throw unexpected(format, head: head, file: file)
    }
    self.source = source
  }

  /// Reads the file at `path` without looking at it; throws as `init(contentsOf:limits:)`.
  package static func bytes(
    of path: String, limits: ImageLimits
  ) throws(ImageError) -> Data {
    try readFile(path, atMost: limits.maximumFileBytes)
  }

  /// Returns the most bytes that the header of a file held in memory keeps beside it: what a deflated
  /// DICOM file may inflate to within `limits`; 0 for all others.
  package static func inflatedBytes(of bytes: Data, limits: ImageLimits) -> Int {
    let head = [UInt8](bytes.prefix(FileFormat.headLength))
    guard FileFormat.recognize(head) == .dicom else { return 0 }
    return min(DICOMContents.inflatedBytes(of: bytes), limits.maximumInflatedBytes)
  }

  /// Takes another frame of the same file.
  private init(_ other: ImageHeader, frame: Int) {
    (file, source) = (other.file, other.source.choosing(frame: frame))
  }

  /// Returns the same header, whose `decode` decodes another of `origin.frames`, counted from 0; it is
  /// the middle one else. Traps where there are not so many.
  public func choosing(frame: Int) -> ImageHeader {
    require((0..<origin.frames).contains(frame), "\(file) has no frame \(frame)")
    return ImageHeader(self, frame: frame)
  }

  /// The columns of the full image, upright.
  public var fullWidth: Int { layout.uprightWidth }

  /// The rows of the full image, upright.
  public var fullHeight: Int { layout.uprightHeight }

  /// The number of samples of a decoded pixel: 1 for grey, 3 for RGB.
  public var channels: Int { layout.channels }

  /// What decoding takes up, counted in pixels of three bytes: those of the full size, and one more
  /// for every three bytes that are needed beside them.
  public var pixelsToDecode: Int {
    layout.width * layout.height + (layout.bufferBytes + 2) / 3
  }

  /// What the file says of where the image comes from.
  public var origin: ImageOrigin { source.origin }

  private var layout: StoredLayout { source.layout }

  /// Decodes the image as viewers show it: turned and mirrored as its file asks, with transparent parts on `background`.
  ///
  /// - Parameters:
  ///   - target: The side of the square that the image will become, in pixels. A JPEG is then decoded
  ///     at the smallest of 1/8, 1/4 and 1/2 of its size that leaves at least twice that on the side
  ///     that decides, where there is one: the longer to be padded, else the shorter. Without a target
  ///     the full size is decoded.
  ///   - fit: How it will become a square.
  ///   - background: The grey level, 0 to 255, that shows through what is transparent.
  ///   - window: Which grey samples of 16 bits become black and which white.
  /// - Throws: `ImageError` where the file is damaged or there is not enough memory.
  public func decode(
    forSquareOf target: Int? = nil, fit: ImageFit = .crop, background: UInt8 = 0,
    window: IntensityWindow = .ofFile
  ) throws(ImageError) -> DecodedImage {
    try source.decode(forSquareOf: target, fit: fit, background: background, window: window)
  }
}

/// Makes the error about a file of another format, or of none that is known.
private func unexpected(_ format: FileFormat?, head: [UInt8], file: String) -> ImageError {
  let found =
    format?.words
    ?? "a file that begins with " + head.prefix(8).map(hexadecimal).joined(separator: " ")
  return ImageError(
    .unknownFormat, file: file, problem: "expected a readable image, found \(found)")
}

/// Returns two hexadecimal digits.
private func hexadecimal(_ byte: UInt8) -> String {
  (byte < 16 ? "0" : "") + String(byte, radix: 16)
}
