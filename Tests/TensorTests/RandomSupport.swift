/// The sample moments that tell one distribution from another.
struct Moments {
  let mean: Double
  let variance: Double
  let skewness: Double
  let excessKurtosis: Double

  init(_ values: [Double]) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    func central(_ power: Int) -> Double {
      values.reduce(0) { sum, value in
        sum + (0..<power).reduce(1.0) { product, _ in product * (value - mean) }
      } / count
    }
    self.mean = mean
    variance = central(2)
    skewness = central(3) / (variance * variance.squareRoot())
    excessKurtosis = central(4) / (variance * variance) - 3
  }
}

/// Returns the greatest distance between the values' empirical distribution and `cumulative`.
func kolmogorovSmirnov(_ values: [Double], cumulative: (Double) -> Double) -> Double {
  let count = Double(values.count)
  return values.sorted().enumerated().reduce(0) { greatest, item in
    let expected = cumulative(item.element)
    let below = expected - Double(item.offset) / count
    return max(greatest, below, 1 / count - below)
  }
}

/// Returns an array of `count` elements written by `fill`, NaN where it wrote none.
func filled(_ count: Int, by fill: (UnsafeMutableBufferPointer<Float>) -> Void) -> [Float] {
  var values = [Float](repeating: .nan, count: count)
  values.withUnsafeMutableBufferPointer { fill($0) }
  return values
}

/// The first numbers of seed 0, stream 0: a change to any breaks every run's reproducibility.
enum PinnedNumbers {
  static let bits: [UInt32] = [
    0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8, 0xF8E4_CCA4,
  ]
  static let uniform = [0.8805201978886142, 0.6054818538799213, 0.36209111566940344]
  static let integers = [880, 605, 362, 37, 319, 271]
  static let permutation = [7, 6, 4, 0, 5, 1, 2, 3]
  static let normal = [
    -1.62496344087104, -1.2683492025469478, 0.9225813876375342, 0.21900507737292066,
  ]
}
