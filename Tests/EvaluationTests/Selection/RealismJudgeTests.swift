import Evaluation
import Imaging
import Tensor
import Testing

@Suite struct RealismJudgeTests {
  private func square(_ pixels: [UInt8]) -> PixelImage {
    PixelImage(width: 32, height: 32, channels: 1, pixels: pixels)
  }

  /// The blur of a board of single pixels is grey throughout, so the detail is all of the contrast.
  @Test func aChequeredImageIsRoughAllOver() {
    let board = square((0..<1024).map { ($0 / 32 + $0) % 2 == 0 ? 140 : 60 })
    #expect(
      AppearanceFeatures.parts(of: board)
        == [Array(repeating: 100, count: 256), Array(repeating: 40, count: 16)])
  }

  @Test func anEvenImageIsNotRough() {
    #expect(
      AppearanceFeatures.parts(of: PixelImage(width: 64, height: 64, channels: 3, repeating: 7))
        == [Array(repeating: 7, count: 256), Array(repeating: 0, count: 32)])
  }

  @Test func bothPartsVaryAsMuchAmongTheRealImages() throws {
    let (real, pool) = (try MetricFixtures.images("training"), Backend(threads: 2).pool)
    let features = AppearanceFeatures(of: real, pool).features(of: real, pool)
    let length = features.shape.channels
    #expect(length == 256 + 16)
    let variances = (0..<length).map { place in
      let values = (0..<real.count).map { Double(features.values[$0 * length + place]) }
      let mean = values.reduce(0, +) / Double(values.count)
      return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    }
    #expect(isClose(variances[..<256].reduce(0, +), 1))
    #expect(isClose(variances[256...].reduce(0, +), 1))
  }

  /// What is said of an image depends neither on the threads nor on the images beside it.
  @Test func anImageIsJudgedByItself() throws {
    let real = try MetricFixtures.images("training").images
    let generated = try MetricFixtures.images("generated").images
    let kinds = [
      RealismJudge.ImageClass(images: Array(real.prefix(real.count / 3)), weight: 3),
      RealismJudge.ImageClass(images: [], weight: 0),
      RealismJudge.ImageClass(images: Array(real.dropFirst(real.count / 3)), weight: 1),
    ]
    let labels = generated.indices.map { $0 % 3 == 0 ? 0 : 2 }
    let found = [1, 3].map { threads in
      RealismJudge(kinds, size: 32, backend: Backend(threads: threads))
        .judge(generated, classes: labels)
    }
    #expect(found[0] == found[1])
    #expect(found[0].allSatisfy { $0.realism > 0 && $0.realism.isFinite })
    let judge = RealismJudge(kinds, size: 32, backend: Backend(threads: 2))
    for index in [0, 1, 2, generated.count - 1] {
      #expect(judge.judge([generated[index]], classes: [labels[index]]) == [found[0][index]])
    }
    #expect(judge.cellWeights.map { ($0.reduce(0, +) * 1000).rounded() } == [3000, 0, 1000])
  }

  /// A class has its own cells, whose weights are the parts of its images in them.
  @Test func theCellsOfAClassAreWeightedByItsImages() throws {
    let real = try MetricFixtures.images("training").images
    let half = real.count / 2
    let classes = [real.prefix(half), real.suffix(half)].enumerated().map { index, images in
      RealismJudge.ImageClass(images: Array(images), weight: Double(index + 1))
    }
    let judge = RealismJudge(classes, size: 32, backend: Backend(threads: 2))
    for (label, weights) in judge.cellWeights.enumerated() {
      let labels = Array(repeating: label, count: half)
      let cells = judge.judge(classes[label].images, classes: labels).map(\.cell)
      #expect(weights.count == min(12, half / 8))
      for (cell, weight) in weights.enumerated() {
        let part = Double(cells.count { $0 == cell }) / Double(half)
        #expect(isClose(weight, Double(label + 1) * part))
      }
    }
  }
}
