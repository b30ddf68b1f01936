import DCGAN
import Imaging
import Testing
import Training

/// Training that goes on and leads nowhere.
@Suite struct StallWatchTests {
  private func line(_ step: Int, lossD: Float) -> StepMetrics {
    StepMetrics(
      step: step, epoch: 1, lossD: lossD, lossG: 9, realScore: 0.99, fakeScore: 0.001,
      updatedFakeScore: 0.001,
      imagesPerSecond: 1)
  }

  /// Returns the steps at which the losses give a warning.
  private func warnings(_ losses: [Float]) -> [Int] {
    var watch = StallWatch()
    return losses.enumerated().compactMap { index, loss in
      watch.warning(after: line(index + 1, lossD: loss)) == nil ? nil : index + 1
    }
  }

  @Test func aLossNearZeroIsToldOnce() {
    #expect(warnings(Array(repeating: 0.0099, count: 1000)) == [95])
    #expect(warnings(Array(repeating: 0.01, count: 1000)) == [])
    // A few higher losses among them change nothing, every tenth does.
    #expect(warnings((0..<1000).map { $0 % 25 == 0 ? 0.5 : 0.001 }) == [99])
    #expect(warnings((0..<1000).map { $0 % 10 == 0 ? 0.5 : 0.001 }) == [])
    #expect(warnings(Array(repeating: 0.7, count: 300) + Array(repeating: 0, count: 300)) == [395])
  }

  @Test func theWarningSaysWhatToTry() {
    var watch = StallWatch()
    let shown = (1...95).compactMap { watch.warning(after: line($0, lossD: 0))?.description }
    #expect(
      shown == [
        "step 95: the discriminator's loss is stuck near zero (below 0.01 in 95 of the last 95 "
          + "steps): it recognizes every generated image, and the generator stops learning; try a new "
          + "'run' with a smaller 'ndf' or 'learningRate', a larger 'ngf', or more images"
      ])
  }

  /// Makes pictures whose levels are 100 and `difference` more in turn, which spread by half of it.
  private func pictures(_ difference: UInt8) -> [PixelImage] {
    (0..<8).map { index in
      PixelImage(
        width: 4, height: 2, channels: 1,
        pixels: Array(repeating: 100 + (index % 2 == 0 ? 0 : difference), count: 8))
    }
  }

  @Test func theSpreadIsTheRootOfTheMeanVariance() {
    #expect(Diversity.spread(of: pictures(0)) == 0)
    #expect(Diversity.spread(of: pictures(40)) == 20)
    #expect(Diversity.spread(of: Array(pictures(40).prefix(1))) == 0)
    // Half of the pixels vary, by 30 to either side: the root of 900 / 2.
    let halves = [10, 70].map { level in
      PixelImage(width: 2, height: 1, channels: 1, pixels: [level, 255])
    }
    #expect(abs(Diversity.spread(of: halves) - 450.0.squareRoot()) < 1e-9)
  }

  @Test func `diversity is one for the same images and near zero for similar ones`() {
    #expect(Diversity.ratio(of: pictures(80), to: pictures(80)) == 1)
    #expect(Diversity.ratio(of: pictures(20), to: pictures(80)) == 0.25)
    #expect(Diversity.ratio(of: pictures(0), to: pictures(80)) == 0)
    #expect(Diversity.ratio(of: pictures(20), to: pictures(0)) == nil)
  }

  /// Records epochs of a hundred steps and returns those after which the generator has collapsed.
  private func collapsed(
    _ diversities: [Double?], _ watch: StallWatch = StallWatch()
  ) -> [Int] {
    var watch = watch
    return diversities.enumerated().compactMap { index, diversity in
      watch.record(EpochMetrics(epoch: index + 1, step: 100 * (index + 1), diversity: diversity))
      return watch.hasCollapsed ? index + 1 : nil
    }
  }

  @Test func onlyAFewEpochsInARowAreACollapse() {
    let (low, high) = (StallWatch.leastDiversity * 0.99, StallWatch.leastDiversity)
    let row = Array(repeating: low as Double?, count: StallWatch.alikeEpochs)
    // The first four epochs have less than 500 steps.
    let early = Array(repeating: low as Double?, count: 4)
    let first = early.count + row.count
    #expect(collapsed(early) == [])
    #expect(collapsed(early + row + [low, high, low]) == [first, first + 1])
    #expect(collapsed(early + row.dropLast() + [high] + row.dropLast()) == [])
    #expect(collapsed([nil, nil, nil, nil, nil]) == [])
    // A run that goes on knows the epochs before.
    let again = [high, nil, nil, nil, low]
    let earlier = row.dropLast().indices.map {
      EpochMetrics(epoch: $0 + 2, step: 500 + $0, diversity: low)
    }
    #expect(collapsed(again, StallWatch(after: earlier)) == [5])
    // One that goes on although it had collapsed is watched anew.
    let fallen = earlier + [EpochMetrics(epoch: 9, step: 900, diversity: low)]
    #expect(collapsed(again, StallWatch(after: fallen)) == [])
    #expect(collapsed(early + row, StallWatch(after: fallen)) == [first])
    // Stopped again after one more, it lacks two.
    let further = fallen + [EpochMetrics(epoch: 10, step: 1000, diversity: low)]
    #expect(collapsed([nil, nil, nil, nil, low, low], StallWatch(after: further)) == [6])
    #expect(collapsed(again) == [])
  }

  @Test func aCollapseIsToldOnce() throws {
    var watch = StallWatch()
    let epochs = (5...12).map {
      EpochMetrics(epoch: $0, step: 100 * $0, diversity: StallWatch.leastDiversity / 2)
    }
    let shown = epochs.compactMap { epoch in
      watch.record(epoch)
      return watch.warningOfCollapse(after: epoch)?.description
    }
    #expect(shown.count == 1)
    let step = 100 * (StallWatch.alikeEpochs + 4)
    #expect(
      shown[0].hasPrefix(
        "step \(step): the generated images hardly differ from one another (diversity 0.1, where "
          + "real ones have 1; below 0.2 at the end of 3 epochs in a row): the generator has "
          + "collapsed, or learns nothing;"))
    #expect(shown[0].contains("'epoch'") && shown[0].contains("another 'seed'"))
  }

  /// With a smoothing of 0.1 no loss is below 0.325.
  @Test func `smoothed labels raise the loss that counts as near zero`() {
    let least = TrainingTechniques(labelSmoothing: 0.1).leastDiscriminatorLoss
    for (loss, count) in [(Float(0.334), 1), (0.336, 0)] {
      var watch = StallWatch(leastLoss: least)
      let shown = (1...200).compactMap { watch.warning(after: line($0, lossD: loss))?.description }
      #expect(shown.count == count)
      for text in shown {
        #expect(
          text.contains(
            "stuck near the minimum that label smoothing allows (below 0.335 in 95 "
              + "of"))
      }
    }
  }
}
