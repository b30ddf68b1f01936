import DCGAN
import Foundation
import Tensor
import TestSupport
import Testing

@Suite struct LossTests {
  @Test(arguments: [0.0, 1.0, 0.9])
  func matchesTheDefinition(target: Double) {
    let logits: [Float] = [-3, -0.5, 0, 0.25, 4]
    let loss = BinaryCrossEntropy(
      logits: Tensor(logits, shape: Shape(5, 1, 1, 1)), target: target)
    let sigmoids = logits.map { Reference.sigmoid(Double($0)) }
    let expected =
      sigmoids.reduce(0) { $0 - target * log($1) - (1 - target) * log(1 - $1) } / 5
    #expect(abs(Double(loss.loss) - expected) < 1e-7)
    expectClose(
      loss.gradient.values, sigmoids.map { ($0 - target) / 5 }, within: { _ in 1e-8 })
    expectClose(loss.probabilities, sigmoids, within: { _ in 1e-7 })
  }

  @Test func extremeLogitsStayFinite() {
    let loss = BinaryCrossEntropy(
      logits: Tensor([-1000, 1000], shape: Shape(2, 1, 1, 1)), target: 1)
    #expect(loss.loss == 500)
    #expect(loss.gradient.values == [-0.5, 0])
    #expect(loss.probabilities == [0, 1])
  }
}
