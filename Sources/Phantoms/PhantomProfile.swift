/// A smooth curve through a few knots, sampled finely enough for a look-up a pixel.
struct PhantomProfile {
  private static let first: Float = -1
  private static let samplesPerUnit: Float = 128
  private static let count = 385

  private var samples: [Float]

  /// Samples the Catmull-Rom curve through `knots`, pairs of position (rising, in −1 ... 2) and
  /// value; before the first and after the last it stays level.
  init(_ knots: [(at: Float, value: Float)]) {
    samples = (0..<Self.count).map { index in
      Self.curve(at: Self.first + Float(index) / Self.samplesPerUnit, through: knots)
    }
  }

  /// Returns the curve's value at `position`.
  func callAsFunction(_ position: Float) -> Float {
    let place = (position - Self.first) * Self.samplesPerUnit
    let clamped = min(max(place, 0), Float(Self.count) - 1.001)
    let index = Int(clamped)
    let share = clamped - Float(index)
    return samples[index] + share * (samples[index + 1] - samples[index])
  }

  /// Returns the curve with every value changed by `change(position, value)`.
  func mapped(_ change: (_ position: Float, _ value: Float) -> Float) -> PhantomProfile {
    var result = self
    for index in samples.indices {
      result.samples[index] = change(
        Self.first + Float(index) / Self.samplesPerUnit, samples[index])
    }
    return result
  }

  private static func curve(at position: Float, through knots: [(at: Float, value: Float)]) -> Float
  {
    guard let next = knots.firstIndex(where: { $0.at > position }) else {
      return knots[knots.count - 1].value
    }
    guard next > 0 else { return knots[0].value }
    let (from, to) = (knots[next - 1], knots[next])
    let before = knots[max(next - 2, 0)]
    let after = knots[min(next + 1, knots.count - 1)]
    let width = to.at - from.at
    let share = (position - from.at) / width
    let leaving = next > 1 ? (to.value - before.value) / (to.at - before.at) * width : 0
    let arriving =
      next < knots.count - 1 ? (after.value - from.value) / (after.at - from.at) * width : 0
    let (square, cube) = (share * share, share * share * share)
    return (2 * cube - 3 * square + 1) * from.value + (cube - 2 * square + share) * leaving
      + (3 * square - 2 * cube) * to.value + (cube - square) * arriving
  }
}

/// Returns 0 below 0, 1 above 1, and an S-shaped step between.
@inline(__always)
func phantomStep(_ value: Float) -> Float {
  let clamped = min(max(value, 0), 1)
  return clamped * clamped * (3 - 2 * clamped)
}
