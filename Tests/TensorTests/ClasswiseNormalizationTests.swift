import Tensor
import TestSupport
import Testing

@Suite struct ClasswiseNormalizationTests {
  static let cases: [(shape: Shape, labels: [Int])] = [
    (Shape(1, 1, 1, 1), [0]), (Shape(3, 2, 2, 5), [2, 0, 2]), (Shape(4, 5, 7, 15), [1, 1, 0, 2]),
    (Shape(5, 8, 8, 16), [0, 1, 2, 1, 0]), (Shape(2, 20, 20, 33), [2, 1]),
    (Shape(6, 4, 4, 200), [0, 0, 0, 0, 0, 0]),
  ]

  @Test(arguments: cases.indices, [Float(1), 0, 0.2])
  func matchesTheReference(_ index: Int, slope: Float) {
    let given = Inputs(Self.cases[index].shape, Self.cases[index].labels)
    let expected = given.reference(slope: Double(slope))
    for variant in Variant.supported {
      let backend = Backend(variant: variant, threads: 2)
      let statistics = backend.batchStatistics(given.x)
      let y = backend.lazyBatchNormalize(
        given.x, mean: statistics.mean, inverseDeviation: statistics.inverseDeviation,
        gamma: given.gamma, beta: given.beta, labels: given.labels, slope: slope
      ).computed()
      let gradient = backend.batchNormalizeGradient(
        given.x, given.dy, statistics: statistics, gamma: given.gamma, beta: given.beta,
        labels: given.labels, slope: slope)
      expectNear(y, expected.y, "\(variant) y")
      expectNear(gradient.input, expected.dx, "\(variant) x")
      expectNear(gradient.gamma, expected.gamma, "\(variant) γ")
      expectNear(gradient.beta, expected.beta, "\(variant) β")
    }
  }

  @Test func oneClassIsThePlainNormalization() {
    let given = Inputs(Shape(3, 6, 6, 20), [0, 0, 0], classes: 1)
    let backend = Backend(threads: 2)
    let statistics = backend.batchStatistics(given.x)
    let plain = backend.batchNormalize(
      given.x, mean: statistics.mean, inverseDeviation: statistics.inverseDeviation,
      gamma: given.gamma, beta: given.beta, slope: 0.2)
    let classwise = backend.lazyBatchNormalize(
      given.x, mean: statistics.mean, inverseDeviation: statistics.inverseDeviation,
      gamma: given.gamma, beta: given.beta, labels: given.labels, slope: 0.2)
    #expect(classwise.computed().values == plain.values)
  }

  @Test func doesNotDependOnTheThreads() {
    let given = Inputs(Shape(6, 24, 24, 40), [0, 2, 1, 1, 2, 0])
    let results = [1, 2, 5].map { threads -> [[Float]] in
      let backend = Backend(threads: threads)
      let statistics = backend.batchStatistics(given.x)
      let gradient = backend.batchNormalizeGradient(
        given.x, given.dy, statistics: statistics, gamma: given.gamma, beta: given.beta,
        labels: given.labels, slope: 0.2)
      return [gradient.input.values, gradient.gamma.values, gradient.beta.values]
    }
    #expect(results.allSatisfy { $0 == results[0] })
  }

  /// Expects numbers to be the reference's but for rounding: a channel's sums are chains of at most 256
  /// Float additions, each off by half a unit in the last place of what was summed, and the fewest rows
  /// have a variance near zero, by whose root all is divided.
  private func expectNear(_ found: Tensor, _ expected: [Double], _ what: String) {
    let largest = expected.map(abs).max() ?? 0
    expectClose(
      found.values, expected, within: { _ in 256 * Double(Float.ulpOfOne) / 2 * max(largest, 1) },
      what)
  }

  private struct Inputs {
    let x: Tensor
    let dy: Tensor
    let gamma: Tensor
    let beta: Tensor
    let labels: [Int]

    init(_ shape: Shape, _ labels: [Int], classes: Int = 3) {
      self.labels = labels
      x = Tensor.random(shape, seed: 21)
      dy = Tensor.random(shape, seed: 22)
      gamma = Tensor.random(Shape(1, classes, 1, shape.channels), seed: 23)
      beta = Tensor.random(Shape(1, classes, 1, shape.channels), seed: 24)
    }

    /// Normalizes without γ and β, then applies those of each image's class.
    func reference(
      slope: Double
    ) -> (y: [Double], dx: [Double], gamma: [Double], beta: [Double]) {
      let channels = x.shape.channels
      let area = x.shape.height * x.shape.width * channels
      let one = Array(repeating: 1.0, count: channels)
      let zero = Array(repeating: 0.0, count: channels)
      let (mean, variance) = Reference.statistics(ReferenceTensor(x))
      let normalized = Reference.batchNormalize(
        ReferenceTensor(x), mean: mean, variance: variance, gamma: one, beta: zero, slope: 1)
      let (scales, shifts) = (gamma.values.map(Double.init), beta.values.map(Double.init))
      var y = normalized.values
      var inner = ReferenceTensor(dy)
      var dGamma = Array(repeating: 0.0, count: scales.count)
      var dBeta = dGamma
      for index in y.indices {
        let place = labels[index / area] * channels + index % channels
        let z = scales[place] * normalized.values[index] + shifts[place]
        y[index] = z > 0 ? z : slope * z
        let dz = inner.values[index] * (z > 0 ? 1 : slope)
        dGamma[place] += dz * normalized.values[index]
        dBeta[place] += dz
        inner.values[index] = dz * scales[place]
      }
      let dx = Reference.batchNormalizeGradient(
        ReferenceTensor(x), inner, gamma: one, beta: zero, slope: 1
      ).input.values
      return (y, dx, dGamma, dBeta)
    }
  }
}
