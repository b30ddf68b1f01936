import Imaging

/// Reads an image file as the networks see it: made a square of `reading.size` pixels a side.
///
/// - Parameters:
///   - path: An image file.
///   - reading: The result's size, and its channels: 1 turns colours grey, before resizing.
///   - limits: The largest file and image that are decoded.
/// - Returns: `size` x `size` pixels, of one channel where there is no colour, else of three.
/// - Throws: `ImageError` where the file cannot be read, or shows a speck.
public func networkImage(
  at path: String, reading: ImageReading, limits: ImageLimits = ImageLimits()
) throws(ImageError) -> PixelImage {
  try ImageHeader(contentsOf: path, limits: limits).decode(for: reading).image
}

/// Reads all images of a file as the networks see them: of several frames those that `reading.frames` says,
/// in their order; otherwise as `networkImage(at:reading:limits:)`.
///
/// - Returns: The images, each with its frame, counted from 0; nil where the file has one alone or one
///   stands for all.
public func networkImages(
  at path: String, reading: ImageReading, limits: ImageLimits = ImageLimits()
) throws(ImageError) -> [(frame: Int?, image: PixelImage)] {
  let header = try ImageHeader(contentsOf: path, limits: limits)
  guard reading.frames == .all, header.origin.frames > 1 else {
    return [(nil, try header.decode(for: reading).image)]
  }
  var images: [(frame: Int?, image: PixelImage)] = []
  for frame in 0..<header.origin.frames {
    images.append((frame, try header.decode(for: reading, frame: frame).image))
  }
  return images
}

/// Reads one image of a file as `networkImage(at:reading:limits:)` does, but where `reading` asks for all frames
/// of a file that holds several, the one of so many that `choice` says, counted from 0.
package func networkImage(
  at path: String, reading: ImageReading, choosing choice: (_ frames: Int) -> Int
) throws(ImageError) -> PixelImage {
  let header = try ImageHeader(contentsOf: path)
  let frames = header.origin.frames
  let frame = reading.frames == .all && frames > 1 ? choice(frames) : nil
  return try header.decode(for: reading, frame: frame).image
}

/// An image as the networks see it, and what was seen of its file.
package typealias NetworkImage = (image: PixelImage, traits: ImageTraits)

extension ImageHeader {
  /// Decodes the image as `networkImage` does, and says what was seen of its file. Of several frames `frame`
  /// is decoded, or the one that `reading` chooses.
  func decode(for reading: ImageReading, frame: Int? = nil) throws(ImageError) -> NetworkImage {
    guard reading.allowsBurnedIn || !origin.hasBurnedInAnnotation else {
      throw ImageError(
        .unexpectedLayout, file: file,
        problem: ImageDataSet.Skipped.burnedInReason)
    }
    let frame = frame ?? reading.frames.frame(of: origin.frames)
    guard frame < origin.frames else {
      throw ImageError(.damaged, file: file, problem: "it has lost a frame since it was listed")
    }
    // Of a speck that is damaged too, the damage is worth more to know.
    let decoded = try choosing(frame: frame).decode(
      forSquareOf: reading.size, fit: reading.fit, background: reading.background,
      window: reading.window)
    guard min(fullWidth, fullHeight) >= reading.leastSide else {
      throw ImageError(
        .unexpectedLayout, file: file,
        problem: "expected at least \(reading.leastSide) pixels per side, "
          + "found \(fullWidth)x\(fullHeight)")
    }
    let image = (reading.channels == 1 ? decoded.grey() : decoded)
      .squared(to: reading.size, fit: reading.fit).withoutRepeatedChannels()
    var traits = decoded.traits
    traits.frames = origin.frames
    return (image, traits)
  }
}
