import Imaging
import Tensor

/// Reads an image file as the networks see it: made a square of `reading.size` pixels a side.
///
/// - Parameters:
///   - path: A JPEG or PNG file.
///   - reading: The result's size, and its channels: 1 turns colours grey, before resizing.
///   - limits: The largest file and picture that are decoded.
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
      problem: "expected at least \(reading.leastSide) pixels a side, "
        + "found \(decoded.fullWidth)x\(decoded.fullHeight)")
  }
  let image = (reading.channels == 1 ? decoded.grey() : decoded)
    .squared(to: reading.size, fit: reading.fit).withoutRepeatedChannels()
  return (image, decoded.traits)
}

extension PixelImage {
  /// Writes the samples as the networks read them, rows, columns, channels, each as
  /// `byte / 127.5 - 1`, grey repeated to `channels`; returns the place after.
  func writeLevels(
    channels: Int, to destination: UnsafeMutablePointer<Float>
  ) -> UnsafeMutablePointer<Float> {
    let repeated = channels / self.channels
    byteLevels.withUnsafeBufferPointer { levels in
      pixels.withUnsafeBufferPointer { bytes in
        if repeated == 1 {
          for index in bytes.indices { destination[index] = levels[Int(bytes[index])] }
        } else {
          for index in bytes.indices {
            let level = levels[Int(bytes[index])]
            destination[3 &* index] = level
            destination[3 &* index &+ 1] = level
            destination[3 &* index &+ 2] = level
          }
        }
      }
    }
    return destination + pixels.count * repeated
  }
}

extension Tensor {
  /// Makes the batch `[n, size, size, channels]` of pictures that `networkImage` read, in −1 … 1.
  public init(networkImages images: [PixelImage], size: Int, channels: Int) {
    self.init(uninitialized: Shape(images.count, size, size, channels))
    require(
      images.allSatisfy {
        $0.width == size && $0.height == size && [1, channels].contains($0.channels)
      }, "pictures that are not of \(size)x\(size) pixels and at most \(channels) channels")
    withUnsafeMutablePointer { elements in
      guard var next = elements.baseAddress else { return }
      for image in images { next = image.writeLevels(channels: channels, to: next) }
    }
  }
}

/// What every byte means to the networks.
private let byteLevels: [Float] = (0...255).map { Float($0) / 127.5 - 1 }
