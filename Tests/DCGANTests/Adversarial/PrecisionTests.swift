import DCGAN
import Tensor
import TestSupport
import Testing

/// Whole steps in bfloat16 beside those in Float.
@Suite(.slow) struct PrecisionTests {
  private static let settings = ModelSettings(size: 64, channels: 3, nz: 100, ngf: 16, ndf: 16)

  /// The gradients of one step from the weights of a seed, by the names of the parameters.
  ///
  /// The discriminator does not move: Adam's first step goes as far for the smallest gradient as for the
  /// largest, whichever way rounding turns it, and the generator's would be those against another one.
  private func gradients(
    _ precision: Precision, variant: Variant? = nil, threads: Int = 2
  ) -> [(name: String, values: [Float])] {
    let backend = Backend(variant: variant, threads: threads, precision: precision)
    let model = AdversarialModel(
      Self.settings, adam: AdamSettings(learningRate: 0), seed: 7)
    _ = model.step(
      real: Tensor.random(Shape(16, 64, 64, 3), seed: 1),
      latents: Tensor.random(Shape(16, 1, 1, 100), seed: 2), backend)
    return [("generator", model.generator), ("discriminator", model.discriminator)].flatMap {
      prefix, network in
      network.arena.parameters.map { ("\(prefix).\($0.name)", $0.gradient.values) }
    }
  }

  private func cosine(_ a: [Float], _ b: [Float]) -> Double {
    func dot(_ x: [Float], _ y: [Float]) -> Double {
      zip(x, y).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    return dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
  }

  /// The rounding of a layer, e = 0.7 % of its result (see `Winograd`), adds up to e·√k after k layers and
  /// takes rectifiers to their other side whose argument is nearer to zero than that: arctan(e·√k) / π of
  /// them. Each of these changes a gradient by 0.8 of itself where the mean square of all slopes is 0.52.
  /// The eight rectifiers that a generator's gradient passes make an error of r² = 1.2·Σₖ arctan(e·√k) / π
  /// = 0.043 of its square, at a right angle to it, and so a cosine of 1 − r²/2 = 0.98.
  @Test func everyGradientPointsWhereFloatsDoes() {
    let (rounded, exact) = (gradients(.bfloat16), gradients(.float32))
    #expect(rounded.map(\.name) == exact.map(\.name) && rounded.count > 20)
    for (a, b) in zip(rounded, exact) {
      let cosine = cosine(a.values, b.values)
      #expect(cosine >= 0.95, "\(a.name): \(cosine)")
    }
    let whole = cosine(rounded.flatMap(\.values), exact.flatMap(\.values))
    #expect(whole >= 0.97 && whole < 1, "\(whole)")
  }

  @Test(arguments: Variant.computable)
  func theStepIsTheSameAtAnyThreadCount(_ variant: Variant) {
    let found = gradients(.bfloat16, variant: variant, threads: 3).map(\.values)
    #expect(found == gradients(.bfloat16, variant: variant, threads: 1).map(\.values))
  }

  @Test(.enabled(if: Variant.avx512bf16.isSupported), arguments: Precision.allCases)
  func variantsThatAgreeMakeTheSameStep(_ precision: Precision) {
    let found = [Variant.avx512, .avx512bf16].map {
      gradients(precision, variant: $0).map(\.values)
    }
    #expect(found[0] == found[1])
  }

  @Test func variantsOfTheSameVectorsAgree() {
    #expect(!Variant.avx2.agrees(with: .avx512) && Variant.avx2.agrees(with: .avx2))
    #expect(Variant.avx512bf16.agrees(with: .avx512, in: .bfloat16))
  }
}
