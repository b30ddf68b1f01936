import Tensor
import TestSupport
import Testing

@Suite struct ClassProjectionTests {
  private let x = Tensor.random(Shape(4, 3, 2, 17), seed: 31)
  private let vectors = Tensor.random(Shape(1, 3, 1, 17), seed: 32)
  private let labels = [2, 0, 2, 1]
  private let backend = Backend(threads: 2)

  @Test func sumsThePointsOfEachImageAlongTheVectorOfItsClass() {
    let found = backend.projectOnClasses(x, vectors: vectors, labels: labels)
    let values = x.values.map(Double.init)
    let directions = vectors.values.map(Double.init)
    let expected = labels.enumerated().map { image, label in
      (0..<6 * 17).reduce(0.0) {
        $0 + values[image * 6 * 17 + $1] * directions[label * 17 + $1 % 17]
      }
    }
    #expect(found.shape == Shape(4, 1, 1, 1))
    // Sums in Double are off by the rounding to Float alone.
    expectClose(
      found.values, expected, within: { abs(expected[$0]) * Double(Float.ulpOfOne) }, "projection")
  }

  @Test func theGradientsAreTheAdjoints() {
    let dy = Tensor.random(Shape(4, 1, 1, 1), seed: 33)
    let gradient = backend.projectOnClassesGradient(x, dy, vectors: vectors, labels: labels)
    let y = backend.projectOnClasses(x, vectors: vectors, labels: labels)
    // The projection is linear in the map and in the vectors, so each gradient gives back ⟨y, dy⟩.
    let product = inner(y, dy)
    #expect(abs(inner(gradient.input, x) - product) < 1e-5 * max(1, abs(product)))
    #expect(abs(inner(gradient.vectors, vectors) - product) < 1e-5 * max(1, abs(product)))
  }

  @Test func aClassWithoutImagesHasNoGradient() {
    let gradient = backend.projectOnClassesGradient(
      x, Tensor.random(Shape(4, 1, 1, 1), seed: 34), vectors: vectors, labels: [0, 0, 2, 2])
    #expect(gradient.vectors.values[17..<34].allSatisfy { $0 == 0 })
    #expect(gradient.vectors.values[..<17].contains { $0 != 0 })
  }

  private func inner(_ a: Tensor, _ b: Tensor) -> Double {
    zip(a.values, b.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
}
