import Tensor
import TestSupport
import Testing

@Suite struct BatchNormalizationTests {
  static let shapes = [
    Shape(2, 3, 3, 1), Shape(1, 1, 2, 3), Shape(4, 5, 7, 15), Shape(2, 8, 8, 16),
    Shape(3, 9, 5, 17), Shape(2, 16, 16, 64), Shape(1, 40, 30, 65), Shape(2, 4, 4, 200),
  ]

  @Test(arguments: shapes, [Float(1), 0, 0.2])
  func matchesTheReference(_ shape: Shape, slope: Float) {
    let given = Inputs(shape)
    let x = ReferenceTensor(given.x)
    let (mean, variance) = Reference.statistics(x)
    let forward = Reference.batchNormalize(
      x, mean: mean, variance: variance, gamma: given.doubles(given.gamma),
      beta: given.doubles(given.beta), slope: Double(slope))
    let backward = Reference.batchNormalizeGradient(
      x, ReferenceTensor(given.dy), gamma: given.doubles(given.gamma),
      beta: given.doubles(given.beta), slope: Double(slope))
    let bounds = NormalizationBounds(
      x: x.values, dy: given.doubles(given.dy), statistics: (mean, variance),
      gamma: given.doubles(given.gamma), beta: given.doubles(given.beta), slope: Double(slope),
      gradient: (backward.gamma, backward.beta))
    for variant in Variant.supported {
      let backend = Backend(variant: variant, threads: 2)
      let statistics = backend.batchStatistics(given.x)
      expectClose(statistics.mean.values, mean, within: { bounds.mean[$0] }, "\(variant) mean")
      expectClose(
        statistics.variance.values, variance, within: { bounds.variance[$0] },
        "\(variant) variance")
      let y = backend.batchNormalize(
        given.x, mean: statistics.mean, inverseDeviation: statistics.inverseDeviation,
        gamma: given.gamma, beta: given.beta, slope: slope)
      expectClose(y.values, forward.values, within: { bounds.output[$0] }, "\(variant)")
      let gradient = backend.batchNormalizeGradient(
        given.x, given.dy, statistics: statistics, gamma: given.gamma, beta: given.beta,
        slope: slope)
      expectClose(
        gradient.beta.values, backward.beta, within: { bounds.beta[$0] }, "\(variant) β")
      expectClose(
        gradient.gamma.values, backward.gamma, within: { bounds.gamma[$0] }, "\(variant) γ")
      expectClose(
        gradient.input.values, backward.input.values, within: { bounds.input[$0] },
        "\(variant) x")
    }
  }

  @Test func doesNotDependOnTheThreads() {
    let given = Inputs(Shape(4, 32, 32, 40))
    let results = [1, 2, 5].map { threads -> [[Float]] in
      let backend = Backend(threads: threads)
      let statistics = backend.batchStatistics(given.x)
      let gradient = backend.batchNormalizeGradient(
        given.x, given.dy, statistics: statistics, gamma: given.gamma, beta: given.beta,
        slope: 0.2)
      return [
        statistics.mean.values, statistics.variance.values, gradient.input.values,
        gradient.gamma.values, gradient.beta.values,
      ]
    }
    #expect(results.allSatisfy { $0 == results[0] })
  }

  @Test func aLargeMeanDoesNotCancelTheVariance() {
    let x = Tensor([1000, 1001, 1002, 1003], shape: Shape(1, 2, 2, 1))
    let statistics = Backend(threads: 1).batchStatistics(x)
    #expect(statistics.mean.values == [1001.5])
    #expect(statistics.variance.values == [1.25])
  }

  private struct Inputs {
    let x: Tensor
    let dy: Tensor
    let gamma: Tensor
    let beta: Tensor

    init(_ shape: Shape) {
      x = Tensor.random(shape, seed: 11)
      Backend(threads: 1).add(Tensor(repeating: 3, shape: shape), to: x)
      dy = Tensor.random(shape, seed: 12)
      gamma = Tensor.random(Shape(vector: shape.channels), seed: 13)
      beta = Tensor.random(Shape(vector: shape.channels), seed: 14)
    }

    func doubles(_ tensor: Tensor) -> [Double] { tensor.values.map(Double.init) }
  }
}
