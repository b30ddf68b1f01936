import Support

/// An image of bytes in memory: `height` rows of `width` pixels of `channels` interleaved samples,
/// top to bottom, left to right; one channel is grey, three are red, green and blue.
public struct PixelImage: Hashable, Sendable {
  /// The number of pixels of a row.
  public let width: Int
  /// The number of rows.
  public let height: Int
  /// The number of samples of a pixel: 1 for grey, 3 for RGB.
  public let channels: Int
  /// `width * height * channels` samples from 0 (dark) to 255 (bright).
  public let pixels: [UInt8]

  /// Wraps `pixels`; traps where a side is below 1, `channels` is neither 1 nor 3 or the number of
  /// samples is not `width * height * channels`.
  public init(width: Int, height: Int, channels: Int, pixels: [UInt8]) {
    require(
      width >= 1 && height >= 1 && (channels == 1 || channels == 3)
        && pixels.count == width * height * channels,
      "PixelImage: \(pixels.count) samples do not make \(width)x\(height)x\(channels)")
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
  }

  /// Makes an image with all samples equal to `value`; traps as the other initialiser does.
  public init(width: Int, height: Int, channels: Int, repeating value: UInt8) {
    self.init(
      width: width, height: height, channels: channels,
      pixels: Array(repeating: value, count: width * height * channels))
  }

  /// Returns the samples of the pixel in column `x` of row `y`, both counted from 0.
  public func samples(x: Int, y: Int) -> [UInt8] {
    let start = (y * width + x) * channels
    return Array(pixels[start..<start + channels])
  }

  /// Converts to one channel, `L = (19595 R + 38470 G + 7471 B + 32768) >> 16`, ITU-R 601-2 luma
  /// in the rounding of Pillow's `convert("L")`. Grey images come back as they are.
  public func grey() -> PixelImage {
    guard channels == 3 else { return self }
    let luma = [UInt8](unsafeUninitializedCapacity: width * height) { output, count in
      pixels.withUnsafeBufferPointer { input in
        for pixel in 0..<width * height {
          let red = UInt32(input[3 * pixel])
          let green = UInt32(input[3 * pixel + 1])
          let blue = UInt32(input[3 * pixel + 2])
          output[pixel] = UInt8((19595 * red + 38470 * green + 7471 * blue + 32768) >> 16)
        }
      }
      count = width * height
    }
    return PixelImage(width: width, height: height, channels: 1, pixels: luma)
  }

  /// Converts to three channels: a grey sample becomes red, green and blue alike. RGB images come
  /// back as they are.
  public func rgb() -> PixelImage {
    guard channels == 1 else { return self }
    let tripled = [UInt8](unsafeUninitializedCapacity: 3 * width * height) { output, count in
      for (index, value) in pixels.enumerated() {
        output[3 * index] = value
        output[3 * index + 1] = value
        output[3 * index + 2] = value
      }
      count = 3 * width * height
    }
    return PixelImage(width: width, height: height, channels: 3, pixels: tripled)
  }

  /// Whether red, green and blue are alike in every pixel.
  var isGrey: Bool {
    channels == 1
      || pixels.withUnsafeBufferPointer { samples in
        stride(from: 0, to: samples.count, by: 3).allSatisfy {
          samples[$0] == samples[$0 &+ 1] && samples[$0] == samples[$0 &+ 2]
        }
      }
  }

  /// Returns the image in one channel where red, green and blue are alike in every pixel, so that
  /// `rgb()` undoes it; else the image as it is.
  public func withoutRepeatedChannels() -> PixelImage {
    // The luma of equal samples is that sample.
    isGrey ? grey() : self
  }
}
