import Imaging
import Tensor

/// Reads an image file as the networks see it: made a square of `reading.size` pixels a side.
///
/// - Parameters:
///   - path: A JPEG or PNG file.
///   - reading: The result's size, and its channels: 1 turns colours grey, before resizing.
///   - limits: The largest file and image that are decoded.
///   - willDecode: Is told the pixels of the full size before memory is set aside for them, and one more
///     for every three bytes that decoding needs beside them.
/// - Returns: `size` x `size` pixels, of one channel where there is no colour, else of three.
/// - Throws: `ImageError` where the file cannot be read, or shows a speck.
public func networkImage(
  at path: String, reading: ImageReading, limits: ImageLimits = ImageLimits(),
  willDecode: (_ pixels: Int) -> Void = { _ in }
) throws(ImageError) -> PixelImage {
  try networkImageAndTraits(at: path, reading: reading, limits: limits, willDecode: willDecode)
    .image
}

/// Reads an image file as `networkImage` does, and says what was seen of it.
func networkImageAndTraits(
  at path: String, reading: ImageReading, limits: ImageLimits,
  willDecode: (_ pixels: Int) -> Void
) throws(ImageError) -> (image: PixelImage, traits: ImageTraits) {
  let decoded = try DecodedImage(
    contentsOf: path, forShorterSide: reading.size, fit: reading.fit,
    background: reading.background, limits: limits, willDecode: willDecode)
  guard min(decoded.fullWidth, decoded.fullHeight) >= reading.leastSide else {
    throw ImageError(
      .unexpectedLayout, file: path,
      problem: "expected at least \(reading.leastSide) pixels per side, "
        + "found \(decoded.fullWidth)x\(decoded.fullHeight)")
  }
  let image = (reading.channels == 1 ? decoded.grey() : decoded)
    .squared(to: reading.size, fit: reading.fit).withoutRepeatedChannels()
  return (image, decoded.traits)
}
