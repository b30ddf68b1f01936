import Imaging

/// What surprises people about a set of images, counted while they are read.
public struct ImageTally: Codable, Equatable, Sendable {
  /// Images that were turned or mirrored as their files ask.
  public var reoriented = 0
  /// Images with transparent parts.
  public var transparent = 0
  /// Images smaller than the networks' own.
  public var enlarged = 0
  /// The shorter side of the smallest of those; nil where there are none.
  public var smallestSide: Int?
  /// Images without colour.
  public var grey = 0
  /// 16-bit images of so few levels that they come out nearly black; none where a window is set.
  public var dark = 0
  /// The bits that the largest sample of those needs; nil where there are none.
  public var darkBits: Int?
  /// Images that are one of several frames of their file; nil where there are none.
  public var frames: Int?
  /// The share of an image that a crop to the centre removes, on average.
  public var meanCropped = 0.0
  /// The largest such share.
  public var mostCropped = 0.0
  /// Images that equal another before them, pixel by pixel, as the networks see them.
  public var duplicates = 0

  private enum CodingKeys: String, CodingKey {
    case reoriented, transparent, enlarged
    case smallestSide = "smallest_side"
    case grey, dark
    case darkBits = "dark_bits"
    case frames
    case meanCropped = "mean_cropped"
    case mostCropped = "most_cropped"
    case duplicates
  }

  /// A 16-bit image with no sample from here on has at most 13 bits: its brightest byte is 31.
  private static let darkLimit = 1 << 13

  /// Sums up images that were read.
  package init(_ images: [NetworkImage], _ reading: ImageReading) {
    self.init(
      images.map(\.traits), duplicates: images.count - Set(images.map(\.image)).count, reading)
  }

  /// Sums up images of which so many equal another.
  init(_ images: [ImageTraits], duplicates: Int, _ reading: ImageReading) {
    for traits in images { add(traits, reading) }
    if !images.isEmpty { meanCropped /= Double(images.count) }
    self.duplicates = duplicates
  }

  private mutating func add(_ traits: ImageTraits, _ reading: ImageReading) {
    let shorter = min(traits.fullWidth, traits.fullHeight)
    let longer = max(traits.fullWidth, traits.fullHeight)
    let cropped = 1 - Double(shorter) / Double(longer)
    meanCropped += cropped
    mostCropped = max(mostCropped, cropped)
    if traits.isReoriented { reoriented += 1 }
    if traits.hasTransparency { transparent += 1 }
    if traits.isGrey { grey += 1 }
    if traits.frames > 1 { frames = (frames ?? 0) + 1 }
    // The side that decides the scale.
    if (reading.fit == .pad ? longer : shorter) < reading.size {
      enlarged += 1
      smallestSide = min(smallestSide ?? shorter, shorter)
    }
    if reading.window == .ofFile, let largest = traits.largestSample,
      largest > 0 && largest < Self.darkLimit
    {
      dark += 1
      darkBits = max(darkBits ?? 0, Int.bitWidth - largest.leadingZeroBitCount)
    }
  }
}
