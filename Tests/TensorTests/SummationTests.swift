import Tensor
import TestSupport
import Testing

/// Long sums are cut into blocks, so that small terms are not lost beside a large one.
///
/// The first term is 2²⁴, where neighbouring Floats are 2 apart, and every other term is 1: in a
/// single chain of additions each 1 would be rounded away. Of blocks only the large term's own
/// loses any.
@Suite struct SummationTests {
  private static let large: Float = 0x1p24
  /// The most terms that any block holds.
  private static let block = 256

  /// 97 columns: whole tiles of every variant, and a ragged one.
  @Test(arguments: Variant.supported, [6, 30])
  func filterGradientsSumInBlocks(_ variant: Variant, inputs: Int) {
    let points = Shape(1, 128, 128, inputs)
    let small = Tensor(repeating: 1, shape: Shape(1, 128, 128, 97))
    let large = Tensor(repeating: 1, shape: points)
    large.withUnsafeMutablePointer { $0[0..<inputs].update(repeating: Self.large) }
    let gradient = Tensor(repeating: 0, shape: Shape(1, 1, inputs, 97))
    Backend(variant: variant, threads: 2).addFilterGradient(
      large: large, small: small, ConvolutionGeometry(kernelSize: 1, stride: 1, padding: 0),
      to: gradient)
    expectOnlyABlockLost(gradient.values, terms: points.rows)
    // Whole and ragged tiles go the same way.
    #expect(gradient.values.allSatisfy { $0 == gradient.values[0] })
  }

  @Test(arguments: Variant.supported, [1, 3, 17])
  func batchNormalizationSumsInBlocks(_ variant: Variant, channels: Int) {
    let shape = Shape(1, 128, 128, channels)
    let dy = Tensor(repeating: 1, shape: shape)
    dy.withUnsafeMutablePointer { $0[0..<channels].update(repeating: Self.large) }
    let backend = Backend(variant: variant, threads: 2)
    let x = Tensor.random(shape, seed: 1)
    let one = Tensor(repeating: 1, shape: Shape(vector: channels))
    let gradient = backend.batchNormalizeGradient(
      x, dy, statistics: backend.batchStatistics(x), gamma: one, beta: one)
    expectOnlyABlockLost(gradient.beta.values, terms: shape.rows)
    expectOnlyABlockLost(backend.batchStatistics(dy).mean.values.map { $0 * 16_384 }, terms: 16_384)
  }

  private func expectOnlyABlockLost(
    _ values: [Float], terms: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let expected = values.map { _ in Double(Self.large) + Double(terms - 1) }
    expectClose(
      values, expected, within: { _ in Double(Self.block) }, sourceLocation: sourceLocation)
  }
}
