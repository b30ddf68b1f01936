/// A format of images that the program reads, if the library for it was there when it was built.
public struct ImageKind: Equatable, Sendable {
  /// The usual name, such as `TIFF`.
  public let name: String
  /// The suffixes of its files in lower case, the usual one first.
  public let suffixes: [String]
  /// What to install where this build does not read the format; nil where every build reads it.
  public let library: String?
  /// Whether this build reads it.
  public let isRead: Bool
  /// What content is recognized as.
  let format: FileFormat

  private init(
    _ name: String, _ format: FileFormat, _ suffixes: [String], library: String? = nil,
    isRead: Bool = true
  ) {
    (self.name, self.format, self.suffixes) = (name, format, suffixes)
    (self.library, self.isRead) = (library, isRead)
  }

  /// All formats that a build can read.
  public static let all = [
    ImageKind("JPEG", .jpeg, ["jpg", "jpeg", "jpe", "jfif"]),
    ImageKind("PNG", .png, ["png"]),
    ImageKind(
      "TIFF", .tiff, ["tif", "tiff"], library: "libtiff-dev (Debian) or libtiff (Homebrew)",
      isRead: TIFFFile.isAvailable),
    ImageKind(
      "WebP", .webP, ["webp"], library: "libwebp-dev (Debian) or webp (Homebrew)",
      isRead: WebPFile.isAvailable),
    ImageKind("BMP", .bmp, ["bmp", "dib"]),
    ImageKind("GIF", .gif, ["gif"]),
    ImageKind("Netpbm", .netpbm, ["pgm", "ppm", "pbm", "pnm"]),
    ImageKind("DICOM", .dicom, ["dcm", "dicom"]),
    // What some DICOM files hold: other libraries decompress it.
    ImageKind(
      "DICOM in JPEG and JPEG-LS", .dicom, [], library: "libdcmtk-dev (Debian) or dcmtk (Homebrew)",
      isRead: DICOMSamples.readsJPEG),
    ImageKind(
      "DICOM in JPEG 2000", .dicom, [], library: "libopenjp2-7-dev (Debian) or openjpeg (Homebrew)",
      isRead: DICOMSamples.readsJPEG2000),
  ]

  /// Finds the kind that content of a format is; nil where it is no image that a build can read.
  package init?(_ format: FileFormat) {
    guard let kind = Self.all.first(where: { $0.format == format }) else { return nil }
    self = kind
  }
}

extension FileFormat {
  /// Whether this build reads images of this format.
  package var isRead: Bool { ImageKind(self)?.isRead == true }
}
