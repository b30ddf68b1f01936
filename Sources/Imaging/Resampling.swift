/// One dimension of an antialiased bilinear resize: which input samples make an output sample, and
/// with which weights.
///
/// An output sample at `center` (in input coordinates) takes the inputs within `support` of it with
/// the weights of a triangle, `1 - |distance| / support`, divided by their sum, where `support` is
/// the reduction factor, at least 1. Weights are fixed-point numbers with 22 fractional bits and the
/// rounding of Pillow's `Resample.c`, so that the results are Pillow's.
struct ResampleWeights {
  /// The number of bits of a weight below one.
  static let fractionalBits = 22

  /// The first input sample of every output sample.
  var starts: [Int] = []
  /// The number of input samples of every output sample.
  var counts: [Int] = []
  /// The weights of all output samples, `stride` places for each.
  var weights: [Int32] = []
  /// The number of places that every output sample has in `weights`.
  let stride: Int

  /// The input samples that any output sample needs.
  var inputs: Range<Int> {
    guard let first = starts.first, let last = starts.last, let count = counts.last else {
      return 0..<0
    }
    return first..<last + count
  }

  /// Computes the weights for `outputs`, a part of the `outputCount` samples that an input of
  /// `inputCount` samples is resized to. `extent` is the part of the input that the output stands for;
  /// where a decoder has rounded a size up, it ends within the last sample, or begins within the first
  /// where `isAtEnd`.
  init(
    inputCount: Int, extent: Double, isAtEnd: Bool = false, outputCount: Int, outputs: Range<Int>
  ) {
    let scale = extent / Double(outputCount)
    let support = max(scale, 1)
    let origin = isAtEnd ? Double(inputCount) - extent : 0
    stride = Int(support.rounded(.up)) * 2 + 1
    for output in outputs {
      let center = origin + (Double(output) + 0.5) * scale
      let start = max(0, Int(center - support + 0.5))
      let end = min(inputCount, Int(center + support + 0.5))
      let slope = 1 / support
      append(
        triangle: (start..<end).map { max(0, 1 - abs((Double($0) - center + 0.5) * slope)) },
        start: start)
    }
  }

  private mutating func append(triangle: [Double], start: Int) {
    let sum = triangle.reduce(0, +)
    let one = Double(1 << Self.fractionalBits)
    starts.append(start)
    counts.append(triangle.count)
    weights += triangle.map { Int32(0.5 + (sum == 0 ? $0 : $0 / sum) * one) }
    weights += repeatElement(0, count: stride - triangle.count)
  }
}

extension PixelImage {
  /// Resizes every row of `rows`: the result has `rows.count` rows of `weights.starts.count`
  /// columns.
  func resampledAcross(_ weights: ResampleWeights, rows: Range<Int>) -> PixelImage {
    let columns = weights.starts.count
    let resized = [UInt8](
      unsafeUninitializedCapacity: rows.count * columns * channels
    ) { output, count in
      pixels.withUnsafeBufferPointer { input in
        for (line, row) in rows.enumerated() {
          let inputRow = UnsafeBufferPointer(rebasing: input[(row * width * channels)...])
          let outputRow = UnsafeMutableBufferPointer(
            rebasing: output[(line * columns * channels)...])
          if channels == 1 {
            resampleGrey(inputRow, into: outputRow, weights)
          } else {
            resampleRGB(inputRow, into: outputRow, weights)
          }
        }
      }
      count = rows.count * columns * channels
    }
    return PixelImage(width: columns, height: rows.count, channels: channels, pixels: resized)
  }

  /// Resizes every column: the result has `weights.starts.count` rows. Row 0 of this image is
  /// input sample `firstRow` of `weights`.
  func resampledDown(_ weights: ResampleWeights, firstRow: Int) -> PixelImage {
    let rowLength = width * channels
    let height = weights.starts.count
    var sums = [Int32](repeating: 0, count: rowLength)
    let resized = [UInt8](unsafeUninitializedCapacity: height * rowLength) { output, count in
      pixels.withUnsafeBufferPointer { input in
        sums.withUnsafeMutableBufferPointer { sums in
          for row in 0..<height {
            sums.update(repeating: half)
            for tap in 0..<weights.counts[row] {
              let weight = weights.weights[row * weights.stride + tap]
              let start = (weights.starts[row] + tap - firstRow) * rowLength
              for index in 0..<rowLength {
                sums[index] &+= Int32(input[start &+ index]) &* weight
              }
            }
            for index in 0..<rowLength {
              output[row &* rowLength &+ index] = sample(sums[index])
            }
          }
        }
      }
      count = height * rowLength
    }
    return PixelImage(width: width, height: height, channels: channels, pixels: resized)
  }
}

/// One half in the fixed-point numbers of `ResampleWeights`: sums start with it, so that cutting the
/// fraction off rounds.
private let half = Int32(1) << Int32(ResampleWeights.fractionalBits - 1)

/// Cuts the fraction off a fixed-point sum and clips to a byte.
@inline(__always)
private func sample(_ sum: Int32) -> UInt8 {
  UInt8(truncatingIfNeeded: max(0, min(255, sum >> Int32(ResampleWeights.fractionalBits))))
}

private func resampleGrey(
  _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>,
  _ resample: ResampleWeights
) {
  resample.weights.withUnsafeBufferPointer { weights in
    for column in 0..<resample.starts.count {
      let start = resample.starts[column]
      let place = column &* resample.stride
      var sum = half
      for tap in 0..<resample.counts[column] {
        sum &+= Int32(input[start &+ tap]) &* weights[place &+ tap]
      }
      output[column] = sample(sum)
    }
  }
}

private func resampleRGB(
  _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>,
  _ resample: ResampleWeights
) {
  resample.weights.withUnsafeBufferPointer { weights in
    for column in 0..<resample.starts.count {
      let start = resample.starts[column]
      let place = column &* resample.stride
      var (red, green, blue) = (half, half, half)
      for tap in 0..<resample.counts[column] {
        let pixel = 3 &* (start &+ tap)
        let weight = weights[place &+ tap]
        red &+= Int32(input[pixel]) &* weight
        green &+= Int32(input[pixel &+ 1]) &* weight
        blue &+= Int32(input[pixel &+ 2]) &* weight
      }
      output[3 &* column] = sample(red)
      output[3 &* column &+ 1] = sample(green)
      output[3 &* column &+ 2] = sample(blue)
    }
  }
}
