import Evaluation
import Imaging
import Tensor
import Testing

@Suite struct PairSimilarityTests {
  private let pool = ThreadPool(threadCount: 2)

  /// Puts four by four pictures of the fixture together to one of 256 pixels.
  private func huge(_ row: [Int]) throws -> [Double] {
    let parts = try MetricFixtures.images("large", size: 64).images
    let tiles = (0..<16).map { parts[row[$0 % 4]] }
    return PairSimilarity.samples(ContactSheet(columns: 4, gap: 0).image(of: tiles))
  }

  @Test func everyScaleAgreesWithScikitImage() throws {
    let expected = try MetricFixtures.expected().similarity
    var (a, b) = (try huge([0, 1, 2, 3]), try huge([4, 1, 6, 3]))
    #expect(isClose(PairSimilarity.similarity(a, b, size: 256), expected.huge, relative: 1e-10))
    var size = 256
    for scale in expected.scales {
      let found = StructuralSimilarity(a, b, size: size)
      #expect(isClose(found.similarity, scale[0], relative: 1e-10))
      #expect(isClose(found.contrastStructure, scale[1], relative: 1e-10))
      (a, b) = (halved(a, size), halved(b, size))
      size /= 2
    }
    #expect(expected.scales.count == PairSimilarity.scales(size: 256))
  }

  private func halved(_ values: [Double], _ size: Int) -> [Double] {
    (0..<size * size / 4).map { index in
      let start = index / (size / 2) * 2 * size + index % (size / 2) * 2
      return (values[start] + values[start + 1] + values[start + size] + values[start + size + 1])
        / 4
    }
  }

  @Test func pairsAgreeWithScikitImage() throws {
    let expected = try MetricFixtures.expected()
    for (name, recorded) in [
      ("training", expected.similarity.training), ("generated", expected.similarity.generated),
    ] {
      let found = PairSimilarity.similarity(
        of: try MetricFixtures.images(name), pairs: expected.pairs, seed: expected.seed, pool)
      #expect(isClose(found, recorded, relative: 1e-10))
    }
  }

  @Test func scalesFollowTheSize() {
    #expect([16, 32, 64, 128, 256, 512].map(PairSimilarity.scales) == [1, 2, 3, 4, 5, 5])
  }

  @Test func theSamePictureOverAndOverIsNotDiverse() throws {
    let picture = try MetricFixtures.images("training").images[0]
    let set = ImageSet([picture, picture, picture], size: 32)
    #expect(
      isClose(PairSimilarity.similarity(of: set, pairs: 9, seed: 0, pool), 1, relative: 1e-12))
  }

  @Test func theOppositeIsNotSimilar() {
    let stripes = (0..<32 * 32).map { $0 % 2 == 0 ? 0.0 : 255 }
    #expect(PairSimilarity.similarity(stripes, stripes.map { 255 - $0 }, size: 32) == 0)
  }
}
