import Tensor
import Testing

/// Half the distance from 1 to the next Float: the relative error of one rounding.
public let unitRoundoff = 0x1p-24

extension Tensor {
  /// Makes a tensor of normally distributed values that depend on the seed alone.
  public static func random(_ shape: Shape, seed: UInt64) -> Tensor {
    let tensor = Tensor(uninitialized: shape)
    tensor.withUnsafeMutablePointer {
      RandomStream(seed: seed, stream: 0).fillNormal($0)
    }
    return tensor
  }
}

extension ReferenceTensor {
  /// The same tensor with every element's magnitude.
  public var magnitudes: ReferenceTensor {
    var result = self
    for index in result.values.indices { result.values[index] = abs(result.values[index]) }
    return result
  }
}

/// Expects every element to lie within `bound` of the reference; a bound of zero asks for equality.
public func expectClose(
  _ found: [Float], _ expected: [Double], within bound: (Int) -> Double,
  _ comment: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.count == expected.count, sourceLocation: sourceLocation)
  guard found.count == expected.count else { return }
  var worst: (index: Int, ratio: Double)?
  for index in found.indices {
    let error = abs(Double(found[index]) - expected[index])
    let ratio = error == 0 ? 0 : error / bound(index)
    if !(ratio <= 1), !(ratio <= worst?.ratio ?? 0) { worst = (index, ratio) }
  }
  if let worst {
    Issue.record(
      """
      \(comment()) element \(worst.index): expected \(expected[worst.index]), \
      found \(found[worst.index]), \(worst.ratio) times the bound \(bound(worst.index))
      """, sourceLocation: sourceLocation)
  }
}

/// How closely a kernel must follow a sum.
public enum SumBound: Sendable {
  /// Each element within the rounding of any order of summation: for a sum of n products the error
  /// is at most γₙ·Σ|aᵢbᵢ| with γₙ = n·u / (1 − n·u) (Higham, "Accuracy and Stability of Numerical
  /// Algorithms", §3.1).
  case elementwise
  /// Each element within a few times that of the largest: fast methods add and subtract
  /// neighbouring elements, and are only as exact as the largest of them (Higham, §23.2.2).
  case normwise
}

/// Expects a sum of `terms` products to be as close as the bound says; `magnitudes` is Σ|aᵢbᵢ|.
public func expectSum(
  _ found: Tensor, _ expected: ReferenceTensor, magnitudes: ReferenceTensor, terms: Int,
  bound: SumBound = .elementwise, _ comment: @autoclosure () -> String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.shape == expected.shape, sourceLocation: sourceLocation)
  let gamma = Double(terms + 1) * unitRoundoff
  let largest = magnitudes.values.max() ?? 0
  expectClose(
    found.values, expected.values,
    within: { index in
      let magnitude = bound == .elementwise ? magnitudes.values[index] : 2 * largest
      return gamma * magnitude + .leastNormalMagnitude
    }, comment(), sourceLocation: sourceLocation)
}
