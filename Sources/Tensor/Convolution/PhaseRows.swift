import KernelTable

/// Where the windows of a transposed convolution's phases, and the points they make, lie.
struct PhaseRows {
  let large: Tensor
  let small: Tensor
  let geometry: ConvolutionGeometry

  var taps: Int { geometry.kernelSize / geometry.stride }

  /// The first row or column of the small map that one of the large map sees.
  private func first(_ position: Int) -> Int {
    (position + geometry.padding) / geometry.stride - (taps - 1)
  }

  /// The part of a small image that rows of the large one see.
  private func band(_ rows: Range<Int>) -> Band {
    Band(
      rows: first(rows.lowerBound)..<first(rows.upperBound - 1) + taps,
      columns: first(0)..<first(large.shape.width - 1) + taps, channels: small.shape.channels)
  }

  /// The runs of a window in a band.
  var runs: Runs {
    Runs(count: taps, length: taps * small.shape.channels, stride: band(0..<1).rowStride)
  }

  /// The floats of the largest band for `rows` rows of the large map.
  func largestBand(_ rows: Int) -> Int { (rows + taps + 1) * band(0..<1).rowStride }

  /// Copies the bands of one piece.
  func copyBands(images: Range<Int>, rows: Range<Int>, scratch: UnsafeMutablePointer<Float>) {
    let band = band(rows)
    for (index, image) in images.enumerated() {
      band.copy(
        small.pointer + image * (small.shape.count / small.shape.batch), of: small.shape,
        to: scratch + index * band.count)
    }
  }

  /// Lists the rows of one phase of a piece; returns how many there are.
  func collect(
    phase: Int, images: Range<Int>, rows: Range<Int>, scratch: UnsafeMutablePointer<Float>,
    a: UnsafeMutablePointer<Source>, c: UnsafeMutablePointer<Destination>
  ) -> Int {
    let (s, p) = (geometry.stride, geometry.padding)
    let band = band(rows)
    let (phaseY, phaseX) = (phase / s, phase % s)
    let startX = (phaseX + s * p - p) % s
    var count = 0
    for (index, image) in images.enumerated() {
      for y in rows where (y + p) % s == phaseY {
        let result =
          large.pointer + (image * large.shape.height + y) * large.shape.width
          * large.shape.channels
        for x in stride(from: startX, to: large.shape.width, by: s) {
          a[count] = UnsafePointer(
            scratch + index * band.count + band.offset(row: first(y), column: first(x)))
          c[count] = result + x * large.shape.channels
          count += 1
        }
      }
    }
    return count
  }
}
