import Tensor
import TestSupport
import Testing

/// Power iteration and the gradient of a normalized filter, against sums in Double.
@Suite struct SpectralNormTests {
  /// A filter's row for each tap and input, in Double.
  private func matrix(_ filter: Tensor::Tensor) -> [[Double]] {
    let (values, columns) = (filter.values.map(Double.init), filter.shape.channels)
    return stride(from: 0, to: values.count, by: columns).map {
      Array(values[$0..<$0 + columns])
    }
  }

  private func vectors(
    of shape: Shape, seed: UInt64
  ) -> (left: Tensor::Tensor, right: Tensor::Tensor) {
    (
      Tensor.random(Shape(vector: shape.channels), seed: seed),
      Tensor.random(Shape(shape.batch, shape.height, shape.width, 1), seed: seed + 1)
    )
  }

  private func unit(_ vector: [Double]) -> [Double] {
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return vector.map { $0 / length }
  }

  private func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The matrix 3 0 / 4 5 has the singular values √45 and √5, and u, v as written.
  @Test func findsTheLargestSingularValue() {
    let backend = Backend(threads: 2)
    let filter = Tensor([3, 4, 0, 5], shape: Shape(1, 1, 2, 2))
    let left = Tensor([1, 0], shape: Shape(vector: 2))
    let right = Tensor(repeating: 0, shape: Shape(1, 1, 2, 1))
    for _ in 0..<10 { backend.iteratePower(filter, left: left, right: right) }
    let norm = backend.spectralNorm(filter, left: left, right: right)
    #expect(abs(norm - 6.708_203_9) < 1e-5)
    expectClose(left.values, unit([1, 3]), within: { _ in 1e-6 })
    expectClose(right.values, unit([1, 1]), within: { _ in 1e-6 })
  }

  /// One output, ragged extents, and more rows and columns than a piece holds.
  @Test(arguments: [Shape(4, 4, 3, 5), Shape(2, 2, 8, 1), Shape(4, 4, 40, 130)])
  func anIterationIsThatOfTheReference(_ shape: Shape) {
    let filter = Tensor.random(shape, seed: 1)
    let results = [1, 3].map { threads in
      let backend = Backend(threads: threads)
      let (left, right) = vectors(of: shape, seed: 2)
      backend.iteratePower(filter, left: left, right: right)
      let norm = backend.spectralNorm(filter, left: left, right: right)
      return [left.values, right.values, [norm]]
    }
    #expect(results[0] == results[1])

    let rows = matrix(filter)
    let first = vectors(of: shape, seed: 2).left.values.map(Double.init)
    let right = unit(rows.map { dot($0, first) })
    let product = (0..<shape.channels).map { column in dot(rows.map { $0[column] }, right) }
    let left = unit(product)
    expectClose(results[0][0], left, within: { _ in 1e-6 }, "u")
    expectClose(results[0][1], right, within: { _ in 1e-7 }, "v")
    let norm = dot(left, product)
    expectClose(results[0][2], [norm], within: { _ in 1e-6 * norm }, "σ")
  }

  @Test func aFilterOfZerosStaysZero() {
    let backend = Backend(threads: 1)
    let shape = Shape(2, 2, 3, 2)
    let filter = Tensor(repeating: 0, shape: shape)
    let (left, right) = vectors(of: shape, seed: 3)
    backend.iteratePower(filter, left: left, right: right)
    let norm = backend.spectralNorm(filter, left: left, right: right)
    #expect(left.values + right.values == Array(repeating: 0, count: 2 + 12))
    #expect(norm == 1e-12)
    let normalized = Tensor.random(shape, seed: 4)
    backend.divide(filter, by: norm, into: normalized)
    #expect(normalized.values == filter.values)
  }

  /// The loss ⟨C, W / (uᵀWv)⟩ in Double, whose differences along every element of W are its gradient.
  @Test(arguments: [Shape(2, 2, 3, 4), Shape(4, 4, 1, 1)])
  func theGradientIsThatOfDifferences(_ shape: Shape) {
    let backend = Backend(threads: 2)
    let (filter, factors) = (Tensor.random(shape, seed: 5), Tensor.random(shape, seed: 6))
    let (left, right) = vectors(of: shape, seed: 7)
    backend.iteratePower(filter, left: left, right: right)
    let norm = backend.spectralNorm(filter, left: left, right: right)
    let normalized = Tensor(uninitialized: shape)
    backend.divide(filter, by: norm, into: normalized)
    let found = backend.spectralNormGradient(
      factors, normalized: normalized, left: left, right: right, norm: norm)

    let (u, v) = (left.values.map(Double.init), right.values.map(Double.init))
    let (start, c) = (filter.values.map(Double.init), factors.values.map(Double.init))
    func loss(_ values: [Double]) -> Double {
      let sigma = values.indices.reduce(0.0) {
        $0 + values[$1] * v[$1 / shape.channels] * u[$1 % shape.channels]
      }
      return dot(c, values) / sigma
    }
    let expected = start.indices.map { index in
      let h = 1e-5
      var (up, down) = (start, start)
      up[index] += h
      down[index] -= h
      return (loss(up) - loss(down)) / (2 * h)
    }
    let largest = expected.map(abs).max() ?? 0
    #expect(largest > 0.1)
    expectClose(found.values, expected, within: { _ in 2e-6 * largest })
    // The loss does not change along W itself, whose scale does not count.
    let along = dot(found.values.map(Double.init), start)
    #expect(abs(along) < 1e-5 * largest * dot(start, start).squareRoot())
  }
}
