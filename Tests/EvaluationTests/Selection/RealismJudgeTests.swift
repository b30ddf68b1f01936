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
      RealismJudge.Kind(images: Array(real.prefix(real.count / 3)), weight: 3),
      RealismJudge.Kind(images: [], weight: 0),
      RealismJudge.Kind(images: Array(real.dropFirst(real.count / 3)), weight: 1),
    ]
    let labels = generated.indices.map { $0 % 3 == 0 ? 0 : 2 }
    let found = [1, 3].map { threads in
      RealismJudge(kinds, size: 32, backend: Backend(threads: threads))
        .judge(generated, kinds: labels)
    }
    #expect(found[0] == found[1])
    #expect(found[0].allSatisfy { $0.realism > 0 && $0.realism.isFinite })
    let judge = RealismJudge(kinds, size: 32, backend: Backend(threads: 2))
    for index in [0, 1, 2, generated.count - 1] {
      #expect(judge.judge([generated[index]], kinds: [labels[index]]) == [found[0][index]])
    }
    #expect(isClose(judge.cellWeights.reduce(0, +), 4))
  }

  /// A class has its own cells, of its own weight.
  @Test func theCellsOfAClassComeAfterThoseOfTheOneBefore() throws {
    let real = try MetricFixtures.images("training").images
    let half = real.count / 2
    let kinds = [real.prefix(half), real.suffix(half)].enumerated().map { index, images in
      RealismJudge.Kind(images: Array(images), weight: Double(index + 1))
    }
    let judge = RealismJudge(kinds, size: 32, backend: Backend(threads: 2))
    let cells = [0, 1].map { kind in
      judge.judge(kinds[kind].images, kinds: Array(repeating: kind, count: half)).map(\.cell)
    }
    let boundary = try #require(cells[1].min())
    #expect(try #require(cells[0].max()) < boundary)
    #expect(isClose(judge.cellWeights[..<boundary].reduce(0, +), 1))
    #expect(isClose(judge.cellWeights[boundary...].reduce(0, +), 2))
    for (cell, weight) in judge.cellWeights[..<boundary].enumerated() {
      #expect(isClose(weight, Double(cells[0].count { $0 == cell }) / Double(half)))
    }
  }
}
