import Support
import Tensor
import TestSupport
import Testing

/// A convolution of a map that is computed as it is read has the bits of one of the map in memory.
@Suite struct LazyMapTests {
  @Test(.slow, arguments: ConvolutionCase.tested)
  func theThreeOperationsReadAComputedMap(_ shape: ConvolutionCase) {
    let filter = Tensor.random(shape.filter, seed: 1)
    for variant in Variant.supported {
      for (method, threads) in [(ConvolutionMethod.best, 2), (.best, 7), (.winograd, 1)]
      where method == .best || shape.geometry == .halving {
        let backend = Backend(variant: variant, threads: threads)
        backend.convolutionMethod = method
        let (large, small) = (map(shape.large, backend), map(shape.small, backend))
        let (wholeLarge, wholeSmall) = (large.computed(), small.computed())
        #expect(
          backend.convolve(lazy: large, filter, shape.geometry).values
            == backend.convolve(wholeLarge, filter, shape.geometry).values, "\(variant)")
        #expect(
          backend.convolveTransposed(lazy: small, filter, shape.geometry).values
            == backend.convolveTransposed(wholeSmall, filter, shape.geometry).values,
          "\(variant)")
        let gradients = (0..<2).map { _ in Tensor(repeating: 0, shape: shape.filter) }
        backend.addFilterGradient(
          lazyLarge: large, lazySmall: small, shape.geometry, to: gradients[0])
        backend.addFilterGradient(
          large: wholeLarge, small: wholeSmall, shape.geometry, to: gradients[1])
        #expect(gradients[0].values == gradients[1].values, "\(variant)")
      }
    }
  }

  /// The fast methods compute maps as they read them; the others have them computed first.
  @Test func mapsAreComputedBeforehandOnlyWhereNeeded() throws {
    let backend = Backend(threads: 1)
    for (name, expected) in [("d3-128", 0), ("g5-grey", 2), ("head-32", 4)] {
      let shape = try #require(ConvolutionCase.tested.first { $0.name == name })
      let (large, small) = (map(shape.large, backend), map(shape.small, backend))
      let filter = Tensor.random(shape.filter, seed: 1)
      let recorder = OperationRecorder()
      backend.recorder = recorder
      _ = backend.convolve(lazy: large, filter, shape.geometry)
      _ = backend.convolveTransposed(lazy: small, filter, shape.geometry)
      backend.addFilterGradient(
        lazyLarge: large, lazySmall: small, shape.geometry,
        to: Tensor(repeating: 0, shape: shape.filter))
      backend.recorder = nil
      let computed = recorder.totals.filter { $0.key.name == "batch normalization" }
      #expect(computed.values.reduce(0) { $0 + $1.calls } == expected, "\(name)")
    }
  }

  /// A normalized map whose values at zero are not zero, as the points around it must stay.
  private func map(_ shape: Shape, _ backend: Backend) -> LazyMap {
    let vector = Shape(vector: shape.channels)
    return backend.lazyBatchNormalize(
      Tensor.random(shape, seed: 2), mean: Tensor.random(vector, seed: 3),
      inverseDeviation: Tensor.random(vector, seed: 4), gamma: Tensor.random(vector, seed: 5),
      beta: Tensor(repeating: 1, shape: vector), slope: 0.2)
  }

  @Test(arguments: ConvolutionCase.tested)
  func theOperationsReadARectifiersGradient(_ shape: ConvolutionCase) {
    let backend = Backend(threads: 2)
    let (output, gradient) = (
      Tensor.random(shape.small, seed: 6), Tensor.random(shape.small, seed: 7)
    )
    let (large, filter) = (
      Tensor.random(shape.large, seed: 8), Tensor.random(shape.filter, seed: 9)
    )
    let lazy = backend.lazyLeakyRectifierGradient(output: output, gradient, slope: 0.2)
    let whole = backend.leakyRectifierGradient(output: output, gradient, slope: 0.2)
    #expect(lazy.computed().values == whole.values)
    #expect(
      backend.convolveTransposed(lazy: lazy, filter, shape.geometry).values
        == backend.convolveTransposed(whole, filter, shape.geometry).values)
    let gradients = (0..<2).map { _ in Tensor(repeating: 0, shape: shape.filter) }
    backend.addFilterGradient(
      lazyLarge: LazyMap(large), lazySmall: lazy, shape.geometry, to: gradients[0])
    backend.addFilterGradient(large: large, small: whole, shape.geometry, to: gradients[1])
    #expect(gradients[0].values == gradients[1].values)
  }

  @Test(arguments: ConvolutionCase.tested)
  func aConvolutionAppliesARectifier(_ shape: ConvolutionCase) {
    let (large, filter) = (
      Tensor.random(shape.large, seed: 10), Tensor.random(shape.filter, seed: 11)
    )
    for variant in Variant.supported {
      let backend = Backend(variant: variant, threads: 2)
      let result = backend.convolve(large, filter, shape.geometry)
      #expect(
        backend.convolve(large, filter, shape.geometry, slope: 0.2).values
          == backend.leakyRectifier(result, slope: 0.2).values, "\(variant)")
    }
  }
}
