import DCGAN
import Foundation
import Tensor
import TestSupport
import Testing

@Suite struct SoftmaxCrossEntropyTests {
  @Test func agreesWithPyTorch() throws {
    let expected = try ClassifierFixture().crossEntropy
    let (images, classes) = (expected.labels.count, expected.weights.count)
    let logits = expected.logits.flatMap { $0.map { Float($0) } }
    let found = SoftmaxCrossEntropy(
      logits: Tensor(logits, shape: Shape(images, 1, 1, classes)), labels: expected.labels,
      weights: expected.weights)
    #expect(abs(Double(found.loss) / expected.loss - 1) < 1e-7)
    expectClose(
      found.gradient.values, expected.gradient.flatMap { $0 },
      within: { _ in unitRoundoff })
    for (row, wanted) in zip(found.probabilities, expected.probabilities) {
      for (one, other) in zip(row, wanted) { #expect(abs(one - other) <= 1e-14) }
    }
  }

  @Test func withoutWeightsItIsTheMeanOverTheImages() {
    let logits = Tensor([0, 0, Float(log(3.0)), 0], shape: Shape(2, 1, 1, 2))
    let found = SoftmaxCrossEntropy(logits: logits, labels: [0, 1])
    #expect(abs(Double(found.loss) - (log(2) + log(4)) / 2) < 1e-7)
    expectClose(
      found.gradient.values, [-0.25, 0.25, 0.375, -0.375], within: { _ in 1e-7 })
  }

  @Test func extremeLogitsStayFinite() {
    let logits = Tensor([-1e30, 1e30, 1e30, -1e30], shape: Shape(2, 1, 1, 2))
    let found = SoftmaxCrossEntropy(logits: logits, labels: [1, 0])
    #expect(found.loss == 0)
    #expect(found.probabilities == [[0, 1], [1, 0]])
    #expect(SoftmaxCrossEntropy.probabilities(of: logits) == found.probabilities)
  }
}
