import Foundation
import Tensor
import TestSupport
import Testing

@Suite struct ElementwiseTests {
  /// One below, at and above each register's width, and beyond a thread's piece.
  static let counts = [1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33, 16_383, 16_385]

  @Test(arguments: Variant.supported, counts)
  func rectifiersMatch(_ variant: Variant, count: Int) {
    let backend = Backend(variant: variant, threads: 2)
    let x = Tensor.random(Shape(vector: count), seed: 21)
    let dy = Tensor.random(Shape(vector: count), seed: 22)
    for slope in [Float(0), 0.2] {
      let y = backend.leakyRectifier(x, slope: slope)
      #expect(y.values == x.values.map { $0 > 0 ? $0 : slope * $0 })
      let dx = backend.leakyRectifierGradient(output: y, dy, slope: slope)
      #expect(dx.values == zip(x.values, dy.values).map { $0 > 0 ? $1 : slope * $1 })
    }
  }

  @Test(arguments: Variant.supported, counts)
  func additionMatches(_ variant: Variant, count: Int) {
    let x = Tensor.random(Shape(vector: count), seed: 23)
    let y = Tensor.random(Shape(vector: count), seed: 24)
    let expected = zip(x.values, y.values).map { $0 + $1 }
    Backend(variant: variant, threads: 2).add(x, to: y)
    #expect(y.values == expected)
  }

  /// From the smallest arguments to where tanh is 1, both signs, and across the seam at 0.625.
  static let arguments: [Float] = {
    var values: [Float] = [0, 0.624_999, 0.625, 0.625_001, 9, 20, 88, 1000]
    var x: Float = 1e-6
    while x < 12 {
      values.append(x)
      x *= 1.01
    }
    return values + values.map { -$0 }
  }()

  @Test(arguments: Variant.supported)
  func tanhIsWithinFourUlps(_ variant: Variant) {
    let backend = Backend(variant: variant, threads: 1)
    let x = Tensor(Self.arguments, shape: Shape(vector: Self.arguments.count))
    let y = backend.tanh(x)
    let expected = Self.arguments.map { Reference.tanh(Double($0)) }
    expectClose(
      y.values, expected, within: { 4 * Double(Float(abs(expected[$0])).ulp) }, "\(variant)")
    let dy = Tensor.random(x.shape, seed: 25)
    let gradient = zip(y.values, dy.values).map { Double($1) * (1 - Double($0) * Double($0)) }
    expectClose(
      backend.tanhGradient(output: y, dy).values, gradient,
      within: { 3 * unitRoundoff * abs(Double(dy.values[$0])) }, "\(variant) gradient")
  }

  @Test(arguments: Variant.supported)
  func sigmoidIsWithinFourUlps(_ variant: Variant) {
    let x = Tensor(Self.arguments, shape: Shape(vector: Self.arguments.count))
    let y = Backend(variant: variant, threads: 1).sigmoid(x)
    let expected = Self.arguments.map { Reference.sigmoid(Double($0)) }
    // Below −87 the exponential is clamped, and the result is 2⁻¹²⁶ at the least.
    expectClose(
      y.values, expected, within: { 4 * Double(Float(expected[$0]).ulp) + 1e-37 }, "\(variant)")
  }

  @Test(arguments: Variant.supported, [1, 5, 16, 33, 20_000])
  func adamMatchesTheReference(_ variant: Variant, count: Int) {
    let backend = Backend(variant: variant, threads: 2)
    let shape = Shape(vector: count)
    let parameters = Tensor.random(shape, seed: 31)
    let (m, v) = (Tensor(repeating: 0, shape: shape), Tensor(repeating: 0, shape: shape))
    let settings = AdamSettings()
    var expected = parameters.values.map(Double.init)
    var first = Array(repeating: 0.0, count: count)
    var second = first
    for step in 1...5 {
      let gradient = Tensor.random(shape, seed: UInt64(40 + step))
      backend.adamStep(
        parameters: parameters, firstMoment: m, secondMoment: v, gradient: gradient, step: step,
        settings: settings)
      for (index, g) in gradient.values.enumerated() {
        Reference.adamStep(
          &expected[index], firstMoment: &first[index], secondMoment: &second[index],
          gradient: Double(g), step: step, settings: settings)
      }
    }
    // Each step moves a parameter by about the learning rate; both roundings count.
    expectClose(
      parameters.values, expected, within: { 5 * unitRoundoff * (abs(expected[$0]) + 0.01) })
    expectClose(m.values, first, within: { _ in 16 * unitRoundoff * 4 })
    expectClose(v.values, second, within: { 16 * unitRoundoff * second[$0] })
  }

  @Test func adamLeavesAParameterWithoutGradientAlone() {
    let shape = Shape(vector: 3)
    let parameters = Tensor([1, 2, 3], shape: shape)
    let zero = { Tensor(repeating: 0, shape: shape) }
    Backend(threads: 1).adamStep(
      parameters: parameters, firstMoment: zero(), secondMoment: zero(), gradient: zero(), step: 1,
      settings: AdamSettings())
    #expect(parameters.values == [1, 2, 3])
  }
}
