import Imaging
import Support
import Tensor

/// How much the images of a set differ from one another.
///
/// A generator that has collapsed draws the same few images of all latents, and then the level of a
/// pixel hardly varies from image to image. Compared with how it varies among real images that
/// makes one number: near 1 where the generator is as diverse, towards 0 where it collapses. It
/// sees only how far images spread, not whether they are good: noise is diverse, too.
package enum Diversity {
  /// Returns the spread of generated images in parts of that of real ones; nil where the latter are
  /// all the same or fewer than two.
  package static func ratio(of generated: [PixelImage], to real: [PixelImage]) -> Double? {
    let whole = spread(of: real)
    return whole > 0 ? spread(of: generated) / whole : nil
  }

  /// Returns the root of the mean over all samples of their variance over the images, in grey levels:
  /// `sqrt(mean over p of (mean over i of x(i, p)² − (mean over i of x(i, p))²))`.
  ///
  /// 0 where all are the same or there are fewer than two; traps where their sizes differ.
  package static func spread(of images: [PixelImage]) -> Double {
    guard images.count > 1 else { return 0 }
    let samples = images[0].pixels.count
    var sums = [Int](repeating: 0, count: samples)
    var squares = 0
    for image in images {
      require(image.pixels.count == samples, "\(image.pixels.count) samples beside \(samples)")
      image.pixels.withUnsafeBufferPointer { pixels in
        for place in 0..<samples {
          let level = Int(pixels[place])
          sums[place] += level
          squares += level * level
        }
      }
    }
    let count = Double(images.count)
    let meanSquares = sums.reduce(0.0) { $0 + Double($1) * Double($1) } / (count * count)
    return max(0, (Double(squares) / count - meanSquares) / Double(samples)).squareRoot()
  }
}
