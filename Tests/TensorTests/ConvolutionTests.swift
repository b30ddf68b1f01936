import Tensor
import TestSupport
import Testing

@Suite struct ConvolutionTests {
  @Test func theShapeTableIsThere() {
    #expect(ConvolutionCase.tested.count >= 20)
  }

  @Test(.slow, arguments: ConvolutionCase.tested)
  func matchesTheReference(_ shape: ConvolutionCase) {
    let large = Tensor.random(shape.large, seed: 1)
    let small = Tensor.random(shape.small, seed: 2)
    let filter = Tensor.random(shape.filter, seed: 3)
    let expected = Expected(shape, large: large, small: small, filter: filter)
    let bound: SumBound = shape.isWinograd ? .normwise : .elementwise
    for variant in Variant.supported {
      let backend = Backend(variant: variant, threads: 2)
      expectSum(
        backend.convolve(large, filter, shape.geometry), expected.down.value,
        magnitudes: expected.down.magnitudes, terms: shape.filter.rows,
        bound: bound, "\(variant) convolution")
      let taps = shape.geometry.kernelSize * shape.geometry.kernelSize
      expectSum(
        backend.convolveTransposed(small, filter, shape.geometry), expected.up.value,
        magnitudes: expected.up.magnitudes, terms: taps * shape.filter.channels,
        bound: bound, "\(variant) transposed convolution")
      let gradient = Tensor(repeating: .nan, shape: shape.filter)
      backend.addFilterGradient(
        large: large, small: small, shape.geometry, to: gradient, accumulate: false)
      expectSum(
        gradient, expected.gradient.value, magnitudes: expected.gradient.magnitudes,
        terms: shape.small.rows, bound: bound, "\(variant) filter gradient")
    }
  }

  /// The root mean square error of Winograd's method is some times that of the direct one: 2 to 4
  /// times for the networks' layers, up to 9 for small sums.
  @Test(.slow, arguments: ConvolutionCase.tested.filter(\.isWinograd))
  func theFastMethodIsNearlyAsExact(_ shape: ConvolutionCase) {
    let large = Tensor.random(shape.large, seed: 1)
    let small = Tensor.random(shape.small, seed: 2)
    let filter = Tensor.random(shape.filter, seed: 3)
    let expected = Expected(shape, large: large, small: small, filter: filter)
    let isOwn = ["d2-128", "d3-128", "d4-128"].contains(shape.name)
    for variant in Variant.supported {
      let errors = [ConvolutionMethod.winograd, .direct].map { method in
        let backend = Backend(variant: variant, threads: 2)
        backend.convolutionMethod = method
        let gradient = Tensor(repeating: 0, shape: shape.filter)
        backend.addFilterGradient(large: large, small: small, shape.geometry, to: gradient)
        return [
          rootMeanSquareError(
            backend.convolve(large, filter, shape.geometry), expected.down.value),
          rootMeanSquareError(
            backend.convolveTransposed(small, filter, shape.geometry), expected.up.value),
          rootMeanSquareError(gradient, expected.gradient.value),
        ]
      }
      for (fast, direct) in zip(errors[0], errors[1]) {
        #expect(direct > 0 && fast <= (isOwn ? 5 : 10) * direct, "\(variant)")
      }
    }
  }

  private func rootMeanSquareError(_ found: Tensor, _ expected: ReferenceTensor) -> Double {
    let squares = zip(found.values, expected.values).map { (Double($0) - $1) * (Double($0) - $1) }
    return (squares.reduce(0, +) / Double(squares.count)).squareRoot()
  }

  @Test func theTableHasLayersForBothMethods() {
    let fast = ConvolutionCase.tested.filter(\.isWinograd)
    #expect(fast.count >= 6 && ConvolutionCase.tested.count - fast.count >= 10)
  }

  @Test(arguments: Variant.supported)
  func theFilterGradientAccumulates(_ variant: Variant) {
    let backend = Backend(variant: variant, threads: 2)
    let large = Tensor(repeating: 1, shape: Shape(2, 4, 4, 3))
    let small = Tensor(repeating: 0.5, shape: Shape(2, 2, 2, 5))
    let gradient = Tensor(repeating: 10, shape: Shape(4, 4, 3, 5))
    backend.addFilterGradient(large: large, small: small, .halving, to: gradient)
    // The middle taps reach into the map at all 2·2·2 points, the corner ones at two.
    #expect(gradient.values[(1 * 4 + 1) * 15] == 14)
    #expect(gradient.values[0] == 11)
  }

  @Test(.slow, arguments: ConvolutionCase.tested)
  func doesNotDependOnTheThreads(_ shape: ConvolutionCase) {
    let large = Tensor.random(shape.large, seed: 4)
    let small = Tensor.random(shape.small, seed: 5)
    let filter = Tensor.random(shape.filter, seed: 6)
    for variant in Variant.supported {
      let results = [1, 2, 3, 7].map { threads in
        let backend = Backend(variant: variant, threads: threads)
        let gradient = Tensor(repeating: 0, shape: shape.filter)
        backend.addFilterGradient(large: large, small: small, shape.geometry, to: gradient)
        return [
          backend.convolve(large, filter, shape.geometry).values,
          backend.convolveTransposed(small, filter, shape.geometry).values, gradient.values,
        ]
      }
      #expect(results.allSatisfy { $0 == results[0] }, "\(variant)")
    }
  }

  /// 33 images go tile by tile, one alone by groups of panels; the sums take several pieces.
  @Test(arguments: Variant.supported)
  func anImageDoesNotDependOnItsBatch(_ variant: Variant) {
    let backend = Backend(variant: variant, threads: 2)
    let large = Tensor.random(Shape(33, 10, 10, 264), seed: 10)
    let deep = Tensor.random(Shape(4, 4, 264, 24), seed: 11)
    let small = Tensor.random(Shape(33, 5, 5, 1032), seed: 12)
    let wide = Tensor.random(Shape(4, 4, 20, 1032), seed: 13)
    let last = 32..<33
    #expect(
      backend.convolve(large, deep, .halving).batch(last).values
        == backend.convolve(large.batch(last), deep, .halving).values)
    #expect(
      backend.convolveTransposed(small, wide, .halving).batch(last).values
        == backend.convolveTransposed(small.batch(last), wide, .halving).values)
  }

  /// ⟨conv(x, w), y⟩ = ⟨x, convᵀ(y, w)⟩ = ⟨w, ∂w⟩: the three are one trilinear form.
  @Test(arguments: ConvolutionCase.tested)
  func theThreeOperationsAreAdjoint(_ shape: ConvolutionCase) {
    let large = Tensor.random(shape.large, seed: 7)
    let small = Tensor.random(shape.small, seed: 8)
    let filter = Tensor.random(shape.filter, seed: 9)
    let magnitudes = zip(
      Reference.convolve(
        ReferenceTensor(large).magnitudes, ReferenceTensor(filter).magnitudes, shape.geometry
      ).values, small.values
    ).reduce(0) { $0 + $1.0 * Double(abs($1.1)) }
    for variant in Variant.supported {
      let backend = Backend(variant: variant, threads: 2)
      let down = dot(backend.convolve(large, filter, shape.geometry), small)
      let up = dot(backend.convolveTransposed(small, filter, shape.geometry), large)
      let gradient = Tensor(repeating: 0, shape: shape.filter)
      backend.addFilterGradient(large: large, small: small, shape.geometry, to: gradient)
      let weights = dot(gradient, filter)
      let terms = Double(shape.filter.rows + shape.small.rows + shape.filter.channels)
      let bound = terms * unitRoundoff * magnitudes
      #expect(abs(down - up) <= bound, "\(variant)")
      #expect(abs(down - weights) <= bound, "\(variant)")
    }
  }

  private func dot(_ a: Tensor, _ b: Tensor) -> Double {
    zip(a.values, b.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
}

/// The reference results of a shape, each with the sum of its terms' magnitudes.
private struct Expected {
  typealias Sum = (value: ReferenceTensor, magnitudes: ReferenceTensor)
  let down: Sum
  let up: Sum
  let gradient: Sum

  init(_ shape: ConvolutionCase, large: Tensor, small: Tensor, filter: Tensor) {
    let (x, y, w) = (ReferenceTensor(large), ReferenceTensor(small), ReferenceTensor(filter))
    let geometry = shape.geometry
    down = (
      Reference.convolve(x, w, geometry),
      Reference.convolve(x.magnitudes, w.magnitudes, geometry)
    )
    up = (
      Reference.convolveTransposed(y, w, geometry),
      Reference.convolveTransposed(y.magnitudes, w.magnitudes, geometry)
    )
    gradient = (
      Reference.filterGradient(large: x, small: y, geometry),
      Reference.filterGradient(large: x.magnitudes, small: y.magnitudes, geometry)
    )
  }
}
