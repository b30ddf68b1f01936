import DCGAN
import Imaging
import TestSupport
import Testing

/// Training that goes on and leads nowhere.
@Suite struct StallWatchTests {
  private func line(_ step: Int, lossD: Float) -> Metrics {
    Metrics(
      step: step, epoch: 1, lossD: lossD, lossG: 9, dX: 0.99, dGZ1: 0.001, dGZ2: 0.001,
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
    let shown = (1...95).compactMap { watch.warning(after: line($0, lossD: 0)) }
    #expect(
      shown == [
        "step 95: the discriminator's loss is stuck near zero (below 0.01 in 95 of the last 95 "
          + "steps): it tells every fake apart and the generator learns nothing more; try another "
          + "--run with a smaller --ndf or --lr, a larger --ngf, or more images"
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
    #expect(Spread.levels(of: pictures(0)) == 0)
    #expect(Spread.levels(of: pictures(40)) == 20)
    #expect(Spread.levels(of: Array(pictures(40).prefix(1))) == 0)
    // Half of the pixels vary, by 30 to either side: the root of 900 / 2.
    let halves = [10, 70].map { level in
      PixelImage(width: 2, height: 1, channels: 1, pixels: [level, 255])
    }
    #expect(abs(Spread.levels(of: halves) - 450.0.squareRoot()) < 1e-9)
  }

  @Test func imagesThatStoppedDifferingAreToldOnce() throws {
    var watch = StallWatch()
    let real = pictures(80)
    func shown(_ step: Int, _ difference: UInt8) -> String? {
      watch.warning(after: step, sheet: pictures(difference), real: real)
    }
    // Too early, then once alike, then different again: no collapse.
    #expect(shown(100, 0) == nil && shown(150, 0) == nil)
    #expect(shown(200, 2) == nil)
    #expect(shown(250, 4) == nil)
    #expect(shown(300, 2) == nil)
    let warning = try #require(shown(350, 2))
    #expect(
      warning.hasPrefix(
        "step 350: the generated images have stopped differing from one another (by 1.0 grey "
          + "levels; the real ones by 40.0): the generator has collapsed;"))
    #expect(warning.contains("dcgan sample --epoch") && warning.contains("another --seed"))
    #expect(shown(400, 0) == nil)
  }
}
