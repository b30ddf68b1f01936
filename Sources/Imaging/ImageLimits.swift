/// The largest picture that is decoded: a file of a few bytes may claim any size, so its header is
/// held against these before any memory is set aside.
public struct ImageLimits: Equatable, Sendable {
  /// Bounds `width * height` of the full size.
  public let maximumPixels: Int
  /// Bounds the longer side of the full size.
  public let maximumSide: Int

  /// Makes limits; by default 400 million pixels and 65,500 a side, which is also the most that
  /// libjpeg reads.
  public init(maximumPixels: Int = 400_000_000, maximumSide: Int = 65_500) {
    self.maximumPixels = maximumPixels
    self.maximumSide = maximumSide
  }

  /// Throws `ImageError.Kind.tooLarge` where `width` x `height` exceeds a limit.
  package func check(width: Int, height: Int, file: String) throws(ImageError) {
    if max(width, height) > maximumSide {
      throw ImageError(
        .tooLarge, file: file,
        problem: "the picture is \(width)x\(height); at most \(maximumSide) a side are read")
    }
    let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
    if overflow || pixels > maximumPixels {
      throw ImageError(
        .tooLarge, file: file,
        problem: "the picture is \(width)x\(height); at most \(maximumPixels) pixels are read")
    }
  }
}
