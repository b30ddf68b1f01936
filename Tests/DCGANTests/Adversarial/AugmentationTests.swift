import DCGAN
import Tensor
import Testing

@Suite struct AugmentationTests {
  private let stream = RandomStream(seed: 4, stream: 2)

  private func drawn(_ augmentations: [Augmentation], size: Int = 32) -> [ImageDistortion] {
    (0..<2000).map {
      Augmentation.distortion(augmentations, size: size, from: stream, image: $0)
    }
  }

  @Test func translationGoesAnEighthEachWay() {
    let drawn = drawn([.translation])
    #expect(Set(drawn.map(\.down)) == Set(-4...4) && Set(drawn.map(\.right)) == Set(-4...4))
    #expect(drawn.allSatisfy { $0.hole == nil && $0.brightness == 0 && $0.contrast == 1 })
    #expect(drawn.contains { $0.down != $0.right })
  }

  @Test func cutoutIsASquareOfHalfTheSizeAnywhere() {
    let holes = drawn([.cutout], size: 64).compactMap(\.hole)
    #expect(holes.count == 2000)
    #expect(holes.allSatisfy { $0.rows.count == 32 && $0.columns.count == 32 })
    #expect(Set(holes.map(\.rows.lowerBound)) == Set(-16...48))
    #expect(Set(holes.map(\.columns.lowerBound)) == Set(-16...48))
  }

  /// The mean of 2,000 numbers spread evenly over a range of 1 is off by 0.0065 on average.
  @Test func colourIsSpreadEvenlyOverItsRanges() {
    let drawn = drawn([.colour])
    for (values, middle) in [(drawn.map(\.brightness), Float(0)), (drawn.map(\.contrast), 1)] {
      #expect(values.allSatisfy { abs($0 - middle) <= 0.5 })
      #expect((values.min() ?? 0) < middle - 0.49 && (values.max() ?? 0) > middle + 0.49)
      #expect(abs(values.reduce(0, +) / 2000 - middle) < 0.03)
    }
  }

  @Test func whatOneDrawsDoesNotDependOnTheOthers() {
    let together = drawn(Augmentation.allCases)
    #expect(together.map(\.down) == drawn([.translation]).map(\.down))
    #expect(together.map(\.hole) == drawn([.cutout]).map(\.hole))
    #expect(together.map(\.contrast) == drawn([.colour]).map(\.contrast))
  }

  @Test func listsAreRead() {
    #expect(Augmentation.list("colour,translation") == [.translation, .colour])
    #expect(Augmentation.list("none") == [])
    for text in ["", ",", "cutout,", "cutout,cutout", "mirror", "Cutout", "none,cutout", " cutout"]
    {
      #expect(Augmentation.list(text) == nil, "\(text)")
    }
    for list in [[], [.cutout], Augmentation.allCases] {
      #expect(Augmentation.list(Augmentation.text(list)) == list)
    }
  }
}
