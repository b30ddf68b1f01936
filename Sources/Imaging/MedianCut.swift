/// Divides the colours of images into boxes of similar ones: the box that matters most is cut at
/// the median of its longest side, again and again (Heckbert, "Color image quantization for frame
/// buffer display", 1982).
struct MedianCut {
  /// The mean of the pixels whose colours share a cell of the colour cube.
  struct Colour {
    let cell: Int
    var count = 0
    /// The sums of red, green and blue.
    var sums = SIMD3<Int>.zero

    /// Returns red, green and blue, rounded down.
    var mean: SIMD3<Int> { sums / count }
  }

  /// Some of the colours.
  struct Box {
    var colours: [Colour]

    /// Returns the mean colour of all pixels in the box.
    var mean: Palette.RGB {
      let count = colours.reduce(0) { $0 + $1.count }
      let sums = colours.reduce(SIMD3<Int>.zero) { $0 &+ $1.sums }
      let mean = (sums &+ count / 2) / count
      return Palette.RGB(red: UInt8(mean.x), green: UInt8(mean.y), blue: UInt8(mean.z))
    }
  }

  private let colours: [Colour]

  /// Counts the colours of `images`; `cellOf` numbers the cell of a packed colour below 2^18.
  init(_ images: [PixelImage], cellOf: (UInt32) -> Int) {
    var cells = (0..<1 << 18).map { Colour(cell: $0) }
    for image in images {
      for colour in Palette.packed(image) {
        let cell = cellOf(colour)
        cells[cell].count += 1
        cells[cell].sums &+= SIMD3(
          Int(colour >> 16 & 255), Int(colour >> 8 & 255), Int(colour & 255))
      }
    }
    colours = cells.filter { $0.count > 0 }
  }

  /// Returns at most `limit` boxes that hold all colours, none of them empty.
  func boxes(atMost limit: Int) -> [Box] {
    var boxes = [Box(colours: colours)]
    var weights = boxes.map { Self.spread($0).weight }
    while boxes.count < limit {
      guard let widest = weights.indices.max(by: { weights[$0] < weights[$1] }),
        weights[widest] > 0
      else { break }
      let (lower, upper) = Self.cut(boxes[widest])
      boxes[widest] = lower
      weights[widest] = Self.spread(lower).weight
      boxes.append(upper)
      weights.append(Self.spread(upper).weight)
    }
    return boxes
  }

  /// Returns the axis along which the box is longest, and how much cutting it there would help:
  /// its length times the number of its pixels.
  private static func spread(_ box: Box) -> (axis: Int, weight: Int) {
    var low = SIMD3<Int>(repeating: 255)
    var high = SIMD3<Int>.zero
    for colour in box.colours {
      let mean = colour.mean
      low = pointwiseMin(low, mean)
      high = pointwiseMax(high, mean)
    }
    let lengths = high &- low
    let axis = (0..<3).max { lengths[$0] < lengths[$1] } ?? 0
    return (axis, lengths[axis] * box.colours.reduce(0) { $0 + $1.count })
  }

  /// Cuts a box of at least two colours so that about half of its pixels lie on either side.
  private static func cut(_ box: Box) -> (Box, Box) {
    let axis = spread(box).axis
    let sorted = box.colours.sorted {
      ($0.mean[axis], $0.cell) < ($1.mean[axis], $1.cell)
    }
    let total = sorted.reduce(0) { $0 + $1.count }
    var below = 0
    var end = 0
    while end < sorted.count - 1 && (end == 0 || 2 * below < total) {
      below += sorted[end].count
      end += 1
    }
    return (Box(colours: Array(sorted[..<end])), Box(colours: Array(sorted[end...])))
  }
}
