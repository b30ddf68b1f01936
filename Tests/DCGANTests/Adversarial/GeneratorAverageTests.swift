import DCGAN
import Testing

@Suite struct GeneratorAverageTests {
  /// What was 1 at first counts half as much after the images of a half-life, whatever the batch.
  @Test(arguments: [1, 25, 64, 200])
  func theAverageForgetsHalfInAHalfLife(batch: Int) {
    let decay = GeneratorAverage.decay(halfLife: 1600, batch: batch)
    var weight = 1.0
    for _ in 0..<1600 / batch { weight *= decay }
    #expect(abs(weight - 0.5) < 1e-12)
  }

  @Test func theDefaultDecayIsAHalfLifeInImages() {
    #expect(abs(GeneratorAverage.decay(halfLife: 44_339, batch: 64) - 0.999) < 1e-8)
  }

  @Test func everyHalfLifeIsADecay() {
    let (least, most) = (
      SettingBounds.averageHalfLife.lowerBound, SettingBounds.averageHalfLife.upperBound
    )
    for images in [least, most] {
      for batch in [SettingBounds.batch.lowerBound, SettingBounds.batch.upperBound] {
        let decay = GeneratorAverage.decay(halfLife: images, batch: batch)
        #expect(SettingBounds.allows(averageDecay: decay), "\(images) images, batch \(batch)")
      }
    }
  }
}
