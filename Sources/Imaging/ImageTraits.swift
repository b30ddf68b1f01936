/// What is to be known of an image beyond its pixels, before anybody is surprised by them.
public struct ImageTraits: Equatable, Sendable {
  /// The columns of the full image, upright.
  public let fullWidth: Int
  /// The rows of the full image, upright.
  public let fullHeight: Int
  /// The bits of a sample in the file: 16, or 8 for 8 and fewer.
  public let bitsPerSample: Int
  /// The largest sample of a 16-bit file, in its own units, 0 to 65,535; wholly transparent pixels do
  /// not count. Nil for 8 bits. Images of 12 bits in 16 have at most 4,095 and come out nearly black.
  public let largestSample: Int?
  /// Whether a pixel was not wholly opaque, so that the background shows through.
  public let hasTransparency: Bool
  /// Whether the file asked to be turned or mirrored, and was.
  public let isReoriented: Bool
  /// Whether red, green and blue are alike in every pixel.
  public let isGrey: Bool
  /// The frames of the file, of which the image is one.
  public package(set) var frames = 1

  /// Describes an image; by default an ordinary grey one of 8 bits.
  package init(
    fullWidth: Int, fullHeight: Int, bitsPerSample: Int = 8, largestSample: Int? = nil,
    hasTransparency: Bool = false, isReoriented: Bool = false, isGrey: Bool = true
  ) {
    self.fullWidth = fullWidth
    self.fullHeight = fullHeight
    self.bitsPerSample = bitsPerSample
    self.largestSample = largestSample
    self.hasTransparency = hasTransparency
    self.isReoriented = isReoriented
    self.isGrey = isGrey
  }
}

/// What decoding has seen of a file's samples.
struct SampleTraits: Equatable, Sendable {
  /// The bits of a sample in the file: 16, or 8 for 8 and fewer.
  var bits = 8
  /// The largest sample of a 16-bit file.
  var largest: Int?
  /// Whether a pixel was not wholly opaque.
  var hasTransparency = false
}

extension DecodedImage {
  /// What is to be known of the image beyond its pixels.
  ///
  /// - Complexity: O(1) for an image of one channel; else the pixels are gone through up to the first
  ///   that has a colour.
  public var traits: ImageTraits {
    ImageTraits(
      fullWidth: fullWidth, fullHeight: fullHeight, bitsPerSample: samples.bits,
      largestSample: samples.largest, hasTransparency: samples.hasTransparency,
      isReoriented: orientation != .upright, isGrey: image.isGrey)
  }
}
