import Support

/// The largest file and image that are decoded: a file of a few bytes may claim any size, so its
/// header is held against these before any memory is set aside.
public struct ImageLimits: Equatable, Sendable {
  /// Bounds `width * height` of the full size.
  public let maximumPixels: Int
  /// Bounds the longer side of the full size.
  public let maximumSide: Int
  /// Bounds the bytes of the file.
  public let maximumFileBytes: Int
  /// Bounds the bytes that a deflated DICOM file inflates to.
  public let maximumInflatedBytes: Int

  /// Makes limits; by default 100 million pixels, far more than any radiograph has, 65,500 a side,
  /// which is also the most that libjpeg reads, a file of 1 GB, and 256 MB of a deflated file: more than any
  /// such file has, and little enough to be in memory a few times over.
  public init(
    maximumPixels: Int = 100_000_000, maximumSide: Int = 65_500,
    maximumFileBytes: Int = 1_000_000_000, maximumInflatedBytes: Int = 1 << 28
  ) {
    self.maximumPixels = maximumPixels
    self.maximumSide = maximumSide
    self.maximumFileBytes = maximumFileBytes
    self.maximumInflatedBytes = maximumInflatedBytes
  }

  /// Throws `ImageError.Kind.tooLarge` where there is no room for the samples of an image, and beside
  /// them for what decoding needs, and later for them once more where it has to be turned.
  package static func checkRoom(
    width: Int, height: Int, channels: Int, orientation: Orientation, bufferBytes: Int = 0,
    file: String
  ) throws(ImageError) {
    let samples = width * height * channels
    let beside = max(bufferBytes, orientation == .upright ? 0 : samples)
    guard !isThereRoom(for: samples + beside) else { return }
    throw ImageError(
      .tooLarge, file: file,
      problem: "there is not enough memory for a picture of \(width)x\(height)")
  }

  /// Throws `ImageError.Kind.tooLarge` where `width` x `height` exceeds a limit.
  package func check(width: Int, height: Int, file: String) throws(ImageError) {
    if max(width, height) > maximumSide {
      throw ImageError(
        .tooLarge, file: file,
        problem:
          "the picture is \(width)x\(height), but at most \(maximumSide) pixels per side are allowed"
      )
    }
    let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
    if overflow || pixels > maximumPixels {
      throw ImageError(
        .tooLarge, file: file,
        problem:
          "the picture is \(width)x\(height), but at most \(maximumPixels) pixels are allowed")
    }
  }
}
