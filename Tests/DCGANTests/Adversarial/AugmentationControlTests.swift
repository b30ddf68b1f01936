import DCGAN
import Tensor
import Testing

@Suite struct AugmentationControlTests {
  /// Of 50 images 41 taken for real and 9 for fake: r is 0.64. With 40 and 10 it is 0.6.
  @Test func theProbabilityRisesAboveTheTargetAndFallsBelow() {
    var control = AugmentationControl(target: 0.6)
    func scores(real: Int) -> [Float] { (0..<50).map { $0 < real ? 0.51 : 0.5 } }
    control.follow(realScores: scores(real: 41))
    #expect(control.probability == 0.0005)
    control.follow(realScores: scores(real: 50))
    #expect(control.probability == 0.001)
    control.follow(realScores: scores(real: 40))
    #expect(control.probability == 0.0005)
    for _ in 0..<2 { control.follow(realScores: scores(real: 0)) }
    #expect(control.probability == 0)
  }

  @Test func theProbabilityTakes100000ImagesFrom0To1() {
    var control = AugmentationControl(target: 0.6)
    let sure = [Float](repeating: 0.9, count: 1000)
    for _ in 0..<99 { control.follow(realScores: sure) }
    #expect(abs(control.probability - 0.99) < 1e-12)
    for _ in 0..<3 { control.follow(realScores: sure) }
    #expect(control.probability == 1)
  }

  /// As many images are altered as the probability says, each as it would be at 1; the others not at all.
  @Test func imagesAreAlteredWithTheProbability() {
    let random = RandomStream(seed: 3, stream: 1)
    func distortions(_ probability: Double) -> [ImageDistortion] {
      (0..<2000).map {
        Augmentation.distortion(
          [.cutout], size: 32, from: random, image: $0, probability: probability)
      }
    }
    let always = distortions(1)
    let plain = ImageDistortion()
    #expect(!always.contains(plain))
    #expect(distortions(0).allSatisfy { $0 == plain })
    let some = distortions(0.3)
    let altered = some.count { $0 != plain }
    // Within four standard deviations of 600.
    #expect(abs(altered - 600) < 82)
    #expect(zip(some, always).allSatisfy { $0 == plain || $0 == $1 })
  }
}
