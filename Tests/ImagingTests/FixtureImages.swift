import Foundation
import Imaging

/// Returns the path of a file in Fixtures/images.
func fixture(_ name: String) -> String {
  URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures/images/\(name)").path
}

/// Decodes what Pillow makes of the file `name` in Fixtures/images.
func expectedImage(_ name: String) throws -> PixelImage {
  try PixelImage(contentsOf: fixture("\(name).expected.png"))
}

/// The absolute differences of two pictures of equal layout, in grey levels.
struct Difference {
  let mean: Double
  let largest: Int

  /// Compares `first` and `second`; infinitely different where their layouts differ.
  init(_ first: PixelImage, _ second: PixelImage) {
    guard
      (first.width, first.height, first.channels) == (second.width, second.height, second.channels)
    else {
      mean = .infinity
      largest = .max
      return
    }
    let differences = zip(first.pixels, second.pixels).map { abs(Int($0) - Int($1)) }
    mean = Double(differences.reduce(0, +)) / Double(differences.count)
    largest = differences.max() ?? 0
  }
}

/// Returns a picture whose samples all differ from their neighbours.
func pattern(width: Int, height: Int, channels: Int, seed: Int = 0) -> PixelImage {
  PixelImage(
    width: width, height: height, channels: channels,
    pixels: (0..<width * height * channels).map { UInt8(truncatingIfNeeded: ($0 + seed) * 37) })
}
