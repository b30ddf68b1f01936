import Imaging
import Tensor

/// Tells how much the pictures of a sheet differ from one another.
package enum ImageVariety {
  /// Returns the standard deviation of a pixel's level over the pictures, averaged over the pixels,
  /// on the scale of bytes; nil for fewer than two pictures.
  ///
  /// All pictures are of one size; traps otherwise. Colours count as their luma.
  package static func spread(_ pictures: [PixelImage]) -> Double? {
    guard pictures.count > 1 else { return nil }
    let grey = pictures.map { $0.grey().pixels }
    let count = grey[0].count
    require(grey.allSatisfy { $0.count == count }, "pictures of different sizes")
    var total = 0.0
    for pixel in 0..<count {
      var sum = 0
      var squares = 0
      for picture in grey {
        let level = Int(picture[pixel])
        sum += level
        squares += level * level
      }
      let mean = Double(sum) / Double(grey.count)
      total += max(0, Double(squares) / Double(grey.count) - mean * mean).squareRoot()
    }
    return total / Double(count)
  }
}
