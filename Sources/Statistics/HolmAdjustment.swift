import Support

/// Returns p-values adjusted for their number, each in the place of its own.
///
/// S. Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal of
/// Statistics 6 (1979): of m values in rising order the k-th, counted from 0, becomes the greatest
/// of (m − j) · pⱼ over j ≤ k, and at most 1. What is below α then may be called shown at the level
/// α, with a chance of at most α that anything is called so wrongly.
///
/// - Precondition: Every value lies in 0...1.
public func holmAdjusted(_ pValues: [Double]) -> [Double] {
  for value in pValues { require(value >= 0 && value <= 1, "a p-value of \(value)") }
  var adjusted = pValues
  var greatest = 0.0
  let rising = pValues.indices.sorted { pValues[$0] < pValues[$1] }
  for (rank, index) in rising.enumerated() {
    greatest = max(greatest, min(Double(pValues.count - rank) * pValues[index], 1))
    adjusted[index] = greatest
  }
  return adjusted
}
