import Support

/// Returns the mean of numbers, of which there must be at least one.
public func mean(_ numbers: [Double]) -> Double {
  require(!numbers.isEmpty, "the mean of no numbers")
  return numbers.reduce(0, +) / Double(numbers.count)
}

/// Returns the sample covariance Σ(x − x̄)(y − ȳ) / (n − 1) of pairs, in two passes; nil where there
/// are fewer than two.
func sampleCovariance(_ first: [Double], _ second: [Double]) -> Double? {
  require(first.count == second.count, "\(first.count) numbers paired with \(second.count)")
  guard first.count > 1 else { return nil }
  let (center, otherCenter) = (mean(first), mean(second))
  var sum = 0.0
  for (x, y) in zip(first, second) { sum += (x - center) * (y - otherCenter) }
  return sum / Double(first.count - 1)
}
