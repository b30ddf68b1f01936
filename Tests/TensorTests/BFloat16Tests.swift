import Tensor
import TestSupport
import Testing

/// The largest relative error of one rounding to bfloat16, which has eight significant bits.
private let bfloat16Roundoff = 0x1p-8

/// What the three operations of a convolution make.
private struct Results: Equatable {
  let names = ["convolution", "transposed convolution", "filter gradient"]
  let values: [Tensor]

  /// Runs the operations on random maps and a random filter.
  init(_ shape: ConvolutionCase, _ backend: Backend) {
    let large = Tensor.random(shape.large, seed: 1)
    let small = Tensor.random(shape.small, seed: 2)
    let filter = Tensor.random(shape.filter, seed: 3)
    let gradient = Tensor(repeating: .nan, shape: shape.filter)
    backend.addFilterGradient(
      large: large, small: small, shape.geometry, to: gradient, accumulate: false)
    values = [
      backend.convolve(large, filter, shape.geometry),
      backend.convolveTransposed(small, filter, shape.geometry), gradient,
    ]
  }

  static func == (a: Results, b: Results) -> Bool {
    a.values.map(\.values) == b.values.map(\.values)
  }
}

@Suite struct BFloat16Tests {
  private static let fast = ConvolutionCase.tested.filter(\.isWinograd)

  private func backend(_ variant: Variant, threads: Int = 2) -> Backend {
    Backend(variant: variant, threads: threads, precision: .bfloat16)
  }

  /// Each factor's relative error is at most u = 2⁻⁸, and 0.42 u in the root mean square over all
  /// significands. Two factors make 0.59 u of a sum of independent products, and the transforms, for these
  /// points, three times that: less than 2 u. Single elements lie within sixteen times as much: there
  /// are a million of them, some of factors several times as large as most.
  @Test(.slow, arguments: fast)
  func theErrorIsThatOfTheRoundedFactors(_ shape: ConvolutionCase) {
    let (x, y, w) = (
      ReferenceTensor(Tensor.random(shape.large, seed: 1)),
      ReferenceTensor(Tensor.random(shape.small, seed: 2)),
      ReferenceTensor(Tensor.random(shape.filter, seed: 3))
    )
    let expected = [
      Reference.convolve(x, w, shape.geometry), Reference.convolveTransposed(y, w, shape.geometry),
      Reference.filterGradient(large: x, small: y, shape.geometry),
    ]
    // Independent products of normal numbers: an element's mean square is the number of its terms.
    let terms = [shape.filter.rows, 4 * shape.filter.channels, shape.small.rows]
    for variant in Variant.computable {
      let found = Results(shape, backend(variant))
      for (index, name) in found.names.enumerated() {
        let error = rootMeanSquare(
          zip(found.values[index].values, expected[index].values).map { Double($0) - $1 })
        let size = rootMeanSquare(expected[index].values)
        #expect(
          error <= 2 * bfloat16Roundoff * size,
          "\(variant) \(name): \(error / size / bfloat16Roundoff) u")
        #expect(error > 0.1 * bfloat16Roundoff * size, "\(variant) \(name) rounds nothing")
        let bound = 32 * bfloat16Roundoff * Double(terms[index]).squareRoot()
        expectClose(
          found.values[index].values, expected[index].values, within: { _ in bound },
          "\(variant) \(name)")
      }
    }
  }

  private func rootMeanSquare(_ values: [Double]) -> Double {
    (values.reduce(0) { $0 + $1 * $1 } / Double(values.count)).squareRoot()
  }

  /// Wherever products are multiplied and added in one rounding, the definition's numbers are the
  /// instruction's, bit for bit.
  @Test(
    .slow, .enabled(if: Variant.avx512bf16.isSupported, "no AVX512_BF16"), arguments: fast,
    [Variant.avx2, .avx512])
  func theEmulationMakesTheInstructionsBits(_ shape: ConvolutionCase, _ variant: Variant) {
    #expect(Results(shape, backend(variant)) == Results(shape, backend(.avx512bf16)))
  }

  /// The baseline's transforms round differently, which now and then takes a factor to its other
  /// neighbour.
  @Test(.slow, .enabled(if: Variant.avx2.isSupported, "no AVX2"), arguments: fast)
  func theBaselineIsNearTheOthers(_ shape: ConvolutionCase) {
    let (baseline, other) = (Results(shape, backend(.baseline)), Results(shape, backend(.avx2)))
    for (a, b) in zip(baseline.values, other.values) {
      let difference = rootMeanSquare(zip(a.values, b.values).map { Double($0) - Double($1) })
      #expect(difference <= 0.2 * bfloat16Roundoff * rootMeanSquare(b.values.map(Double.init)))
    }
  }

  @Test(.slow, arguments: fast)
  func doesNotDependOnTheThreads(_ shape: ConvolutionCase) {
    for variant in Variant.computable where variant != .baseline {
      let first = Results(shape, backend(variant, threads: 1))
      for threads in [2, 3, 7] {
        #expect(
          Results(shape, backend(variant, threads: threads)) == first, "\(variant) \(threads)")
      }
    }
  }

  @Test(.slow, arguments: ConvolutionCase.tested.filter { !$0.isWinograd })
  func directLayersStayInFloat(_ shape: ConvolutionCase) {
    for variant in Variant.computable {
      #expect(
        Results(shape, backend(variant)) == Results(shape, Backend(variant: variant, threads: 2)))
    }
  }

  /// 33 images go tile by tile, one alone by groups of panels. The sums of 264 channels are cut in two.
  @Test(arguments: Variant.computable, [65, 264])
  func anImageDoesNotDependOnItsBatch(_ variant: Variant, _ channels: Int) {
    let backend = backend(variant)
    let large = Tensor.random(Shape(33, 10, 10, channels), seed: 10)
    let filter = Tensor.random(Shape(4, 4, channels, 23), seed: 11)
    let small = Tensor.random(Shape(33, 5, 5, 23), seed: 12)
    let last = 32..<33
    #expect(
      backend.convolve(large, filter, .halving).batch(last).values
        == backend.convolve(large.batch(last), filter, .halving).values)
    #expect(
      backend.convolveTransposed(small, filter, .halving).batch(last).values
        == backend.convolveTransposed(small.batch(last), filter, .halving).values)
  }

  /// What is no number must not be rounded to one: training stops at it. 0x7FFFFFFF would overflow to zero.
  @Test(arguments: Variant.computable, [Float.nan, .infinity, Float(bitPattern: 0x7FFF_FFFF)])
  func whatIsNoNumberStaysNone(_ variant: Variant, _ value: Float) {
    let large = Tensor(repeating: 1, shape: Shape(1, 8, 8, 16))
    large.withUnsafeMutablePointer { $0[(4 * 8 + 4) * 16 + 3] = value }
    let filter = Tensor.random(Shape(4, 4, 16, 16), seed: 1)
    let small = backend(variant).convolve(large, filter, .halving)
    // The window of the small map's point (2, 2) begins at row and column 3.
    let first = (2 * 4 + 2) * 16
    #expect(small.values[first..<first + 16].allSatisfy { !$0.isFinite })
    let gradient = Tensor(repeating: 0, shape: filter.shape)
    backend(variant).addFilterGradient(large: large, small: small, .halving, to: gradient)
    #expect(gradient.values.contains { !$0.isFinite })
  }

  /// Below 2⁻¹²⁶ everything counts as zero, in every variant.
  @Test(arguments: Variant.computable)
  func whatIsBelowTheNormalRangeIsZero(_ variant: Variant) {
    let large = Tensor(repeating: 0x1p-130, shape: Shape(1, 8, 8, 16))
    let filter = Tensor(repeating: 1, shape: Shape(4, 4, 16, 16))
    #expect(backend(variant).convolve(large, filter, .halving).values.allSatisfy { $0 == 0 })
  }

  @Test func theVariantThatMultipliesBFloat16IsForNothingElse() {
    #expect(![.avx512bf16, .amx].contains(Variant.best))
    #expect(Backend(threads: 1).variant == Variant.best)
    let best = Variant.best(for: .bfloat16)
    #expect(best.multipliesBFloat16 == Variant.avx512bf16.isSupported)
    #expect(Backend(threads: 1, precision: .bfloat16).variant == best)
  }

  /// In Float it computes what the variant without the instruction does.
  @Test(
    .slow, arguments: ConvolutionCase.tested,
    [Variant.avx512bf16, .amx].filter(\.isComputable))
  func inFloatTheVariantIsThatWithoutTheInstruction(_ shape: ConvolutionCase, _ variant: Variant) {
    #expect(
      Results(shape, Backend(variant: variant, threads: 2))
        == Results(shape, Backend(variant: .avx512, threads: 2)))
  }
}
