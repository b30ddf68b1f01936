import Support

/// The three operations that a convolution needs in training.
package enum ConvolutionOperation: String, CaseIterable, Sendable {
  /// `Backend.convolve`.
  case convolution
  /// `Backend.convolveTransposed`.
  case transposed
  /// `Backend.addFilterGradient`.
  case filterGradient = "filter gradient"
}

/// How fast and how exact one operation was on one shape.
package struct ConvolutionMeasurement: Equatable, Sendable {
  /// The shape.
  package let shape: ConvolutionCase
  /// The operation.
  package let operation: ConvolutionOperation
  /// Whether it took Winograd's method.
  package let isWinograd: Bool
  /// The shortest run, in seconds.
  package let seconds: Double
  /// The largest error of the elements that were checked, in units of what rounding allows each.
  package let largestError: Double

  /// Collects what was measured.
  package init(
    shape: ConvolutionCase, operation: ConvolutionOperation, isWinograd: Bool, seconds: Double,
    largestError: Double
  ) {
    self.shape = shape
    self.operation = operation
    self.isWinograd = isWinograd
    self.seconds = seconds
    self.largestError = largestError
  }

  /// Whether every element that was checked lies within its bound.
  package var isCorrect: Bool { largestError <= 1 }
  /// Multiplications and additions of the method: for Winograd's 25 of 64, without the transforms and
  /// without the parts of tiles that lie beyond the map.
  package var operations: Double { shape.directOperations * (isWinograd ? 25 / 64 : 1) }
  /// Those a second that were really made.
  package var speed: Double { operations / seconds }
  /// Those a second that the definition would have taken.
  package var directSpeed: Double { shape.directOperations / seconds }
}

extension Backend {
  /// Runs the three operations on random maps of a shape, once to warm up and `runs` times against
  /// the clock, and compares a sample of the last run's elements with the reference; traps below one
  /// run.
  package func measure(_ shape: ConvolutionCase, runs: Int) -> [ConvolutionMeasurement] {
    // Whatever was measured before, a shape finds the same memory, and none that it cannot use.
    trim()
    let large = Tensor(uniform: shape.large, stream: 0, from: storagePool)
    let small = Tensor(uniform: shape.small, stream: 1, from: storagePool)
    let filter = Tensor(uniform: shape.filter, stream: 2, from: storagePool)
    let geometry = shape.geometry
    let taps = geometry.kernelSize * geometry.kernelSize
    return ConvolutionOperation.allCases.map { operation in
      switch operation {
      case .convolution:
        measure(shape, operation, runs, terms: taps * shape.large.channels) {
          convolve(large, filter, geometry)
        } reference: {
          Reference.convolvePoint(large, filter, geometry, at: $0)
        }
      case .transposed:
        measure(shape, operation, runs, terms: taps * shape.small.channels) {
          convolveTransposed(small, filter, geometry)
        } reference: {
          Reference.convolveTransposedPoint(small, filter, geometry, at: $0)
        }
      case .filterGradient:
        measure(shape, operation, runs, terms: shape.small.rows) {
          let gradient = makeTensor(uninitialized: shape.filter)
          addFilterGradient(
            large: large, small: small, geometry, to: gradient, accumulate: false)
          return gradient
        } reference: {
          Reference.filterGradientPoint(large: large, small: small, geometry, at: $0)
        }
      }
    }
  }

  private func measure(
    _ shape: ConvolutionCase, _ operation: ConvolutionOperation, _ runs: Int, terms: Int,
    _ run: () -> Tensor, reference: (Int) -> ReferencePoint
  ) -> ConvolutionMeasurement {
    var result: Tensor?
    let seconds = shortestSeconds(of: runs) {
      // Freed before the next is made, as in training, so that memory is used again.
      result = nil
      result = run()
    }
    let found = requireValue(result, "no run made a result")
    let isWinograd = takesWinograd(shape.geometry, small: shape.small, filter: shape.filter)
    return ConvolutionMeasurement(
      shape: shape, operation: operation, isWinograd: isWinograd, seconds: seconds,
      largestError: largestError(
        of: found, terms: terms, isNormwise: isWinograd, precision: precision,
        reference: reference))
  }
}

/// Compares the first, the last and 64 random elements of sums of `terms` products with the
/// reference, and returns the largest error in units of its bound; infinity where one is no number.
///
/// The bound is γ·Σ|aᵢbᵢ| with γ = min(n, 8√n)·2⁻²⁴ for n = terms + 1. The first holds for any order
/// of summation (Higham, "Accuracy and Stability of Numerical Algorithms", §3.1); the second for
/// rounding errors that do not conspire, all but surely (Higham & Mary, "A New Approach to
/// Probabilistic Rounding Error Analysis", 2019), and is what long sums need: n of them would pass
/// for rounding what is a wrong sum. `isNormwise` takes twice that of the largest element in the
/// sample for all, as fast methods need it (§23.2.2).
///
/// Where a fast method rounds its factors to bfloat16, its errors are a sum of n independent ones as
/// well, and γ = 16·2⁻⁸/√n: eight times their root mean square, which is at most 2·2⁻⁸ of the sum's
/// own (see `Winograd`), while Σ|aᵢbᵢ| is near √n times that.
package func largestError(
  of found: Tensor, terms: Int, isNormwise: Bool, precision: Precision = .float32,
  reference: (Int) -> ReferencePoint
) -> Double {
  let random = RandomStream(seed: 0, stream: 3)
  let indices = [0, found.count - 1] + (0..<64).map { random.integer(below: found.count, at: $0) }
  let points = indices.map(reference)
  let count = Double(terms + 1)
  let gamma =
    isNormwise && precision == .bfloat16
    ? 16 * 0x1p-8 / count.squareRoot() : min(count, 8 * count.squareRoot()) * 0x1p-24
  let largest = points.map(\.magnitude).max() ?? 0
  return withExtendedLifetime(found) {
    zip(indices, points).reduce(0) { worst, sample in
      let magnitude = isNormwise ? 2 * largest : sample.1.magnitude
      let error = abs(Double(found.pointer[sample.0]) - sample.1.value)
      guard error != 0 else { return worst }
      let ratio = error / (gamma * magnitude + Double(Float.leastNormalMagnitude))
      return ratio.isNaN ? .infinity : max(worst, ratio)
    }
  }
}

extension Tensor {
  /// Makes a tensor of numbers spread evenly over −1 ..< 1 that depend on the stream alone.
  fileprivate init(uniform shape: Shape, stream: UInt64, from pool: StoragePool) {
    self.init(uninitialized: shape, from: pool)
    withUnsafeMutablePointer { RandomStream(seed: 0, stream: stream).fillUniform($0, in: -1..<1) }
  }
}
