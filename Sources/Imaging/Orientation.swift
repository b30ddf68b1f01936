/// How a stored image has to be turned or mirrored to be upright: the eight values of EXIF's tag
/// `Orientation`.
package enum Orientation: Int, CaseIterable, Sendable {
  /// The image is stored as it is seen.
  case upright = 1
  /// Left and right have to be swapped.
  case mirrored
  /// It has to be turned by half a turn.
  case upsideDown
  /// Top and bottom have to be swapped.
  case flipped
  /// Rows and columns have to be swapped.
  case transposed
  /// It has to be turned by a quarter to the right.
  case turnedLeft
  /// It has to be mirrored at the diagonal from the lower left to the upper right.
  case transversed
  /// It has to be turned by a quarter to the left.
  case turnedRight

  /// Whether width and height of the upright image are the stored height and width.
  var swapsSides: Bool { rawValue >= 5 }

  /// Whether the left side of the upright image was the right side or the bottom.
  var startsAcrossAtEnd: Bool {
    [.mirrored, .upsideDown, .turnedLeft, .transversed].contains(self)
  }

  /// Whether the top of the upright image was the bottom or the right side.
  var startsDownAtEnd: Bool {
    [.upsideDown, .flipped, .transversed, .turnedRight].contains(self)
  }
}

extension PixelImage {
  /// Returns the image turned and mirrored as `orientation` asks for.
  package func turned(_ orientation: Orientation) -> PixelImage {
    guard orientation != .upright else { return self }
    let (columns, rows) = orientation.swapsSides ? (height, width) : (width, height)
    let (pixel, line) = (channels, width * channels)
    let across = orientation.swapsSides ? line : pixel
    let down = orientation.swapsSides ? pixel : line
    // From the pixel that comes to the upper left, a step to the right and one down.
    let stepAcross = orientation.startsAcrossAtEnd ? -across : across
    let stepDown = orientation.startsDownAtEnd ? -down : down
    let first =
      (orientation.startsAcrossAtEnd ? (columns - 1) * across : 0)
      + (orientation.startsDownAtEnd ? (rows - 1) * down : 0)
    let turned = [UInt8](unsafeUninitializedCapacity: pixels.count) { output, count in
      pixels.withUnsafeBufferPointer { input in
        var place = 0
        for row in 0..<rows {
          var source = first + row * stepDown
          for _ in 0..<columns {
            for channel in 0..<channels { output[place &+ channel] = input[source &+ channel] }
            place &+= channels
            source &+= stepAcross
          }
        }
      }
      count = pixels.count
    }
    return PixelImage(width: columns, height: rows, channels: channels, pixels: turned)
  }
}
