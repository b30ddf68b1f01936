/// An image that is being drawn.
struct Canvas {
  private let width: Int
  private let height: Int
  private let channels: Int
  private var pixels: [UInt8]

  /// Starts with all samples equal to `background`.
  init(width: Int, height: Int, channels: Int, background: UInt8) {
    self.width = width
    self.height = height
    self.channels = channels
    pixels = Array(repeating: background, count: width * height * channels)
  }

  /// The image as it stands.
  var image: PixelImage {
    PixelImage(width: width, height: height, channels: channels, pixels: pixels)
  }

  /// Copies `tile`, which lies within the canvas, with its upper left corner to (`x`, `y`).
  mutating func draw(_ tile: PixelImage, x: Int, y: Int) {
    let source = channels == 3 ? tile.rgb() : tile
    let length = tile.width * channels
    for row in 0..<tile.height {
      let start = ((y + row) * width + x) * channels
      pixels.replaceSubrange(
        start..<start + length, with: source.pixels[row * length..<(row + 1) * length])
    }
  }

  /// Draws `text` with its upper left corner at (`x`, `y`); what leaves the canvas is left out.
  mutating func draw(_ text: String, x: Int, y: Int, scale: Int, ink: UInt8) {
    Font.draw(text) { column, row in
      for offset in 0..<scale * scale {
        let pixelX = x + column * scale + offset % scale
        let pixelY = y + row * scale + offset / scale
        guard (0..<width).contains(pixelX), (0..<height).contains(pixelY) else { continue }
        let start = (pixelY * width + pixelX) * channels
        for channel in 0..<channels { pixels[start + channel] = ink }
      }
    }
  }
}
