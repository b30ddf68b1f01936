import Evaluation
import Imaging
import Tensor
import Testing

@Suite struct SlicedWassersteinTests {
  private func distances(
    _ a: ImageSet, _ b: ImageSet, channels: Int = 1, seed: UInt64 = 5, threads: Int = 2
  ) -> [Double] {
    let measure = SlicedWasserstein(
      seed: seed, channels: channels, backend: Backend(threads: threads))
    return LaplacianPyramid.sides(from: a.size).indices.map {
      measure.distances(level: $0, from: a, to: [b])[0]
    }
  }

  @Test func agreesWithSciPy() throws {
    let expected = try MetricFixtures.expected()
    let generated = try MetricFixtures.images("generated")
    let real = try MetricFixtures.images("training")[0..<generated.count]
    let colour = try MetricFixtures.images("colour")
    let large = try MetricFixtures.images("large", size: 64)
    let cases = [
      (distances(real, generated, seed: expected.seed), expected.slicedWasserstein.grey),
      (
        distances(colour[0..<8], colour[8..<16], channels: 3, seed: expected.seed),
        expected.slicedWasserstein.colour
      ),
      (
        distances(large[0..<4], large[4..<8], seed: expected.seed),
        expected.slicedWasserstein.large
      ),
    ]
    for (found, recorded) in cases {
      #expect(found.count == recorded.count)
      for (a, b) in zip(found, recorded) { #expect(isClose(a, b), "\(a), not \(b)") }
    }
  }

  @Test func aSetIsAtNoDistanceFromItself() throws {
    let set = try MetricFixtures.images("generated")
    #expect(distances(set, set) == [0, 0])
  }

  @Test func theNumberOfThreadsChangesNothing() throws {
    let real = try MetricFixtures.images("training")
    let (a, b) = (real[0..<24], real[24..<48])
    #expect(distances(a, b, threads: 1) == distances(a, b, threads: 3))
  }

  @Test func `shuffled pixels keep their histogram and are far away`() throws {
    let real = try MetricFixtures.images("training")
    let order = RandomStream(seed: 1, stream: 0).permutation(of: 1024)
    let shuffled = ImageSet(
      real.images.map { image in
        PixelImage(width: 32, height: 32, channels: 1, pixels: order.map { image.pixels[$0] })
      }, size: 32)
    let floor = distances(real[0..<24], real[24..<48])
    let found = distances(real[0..<24], shuffled[24..<48])
    #expect(found[0] > 3 * floor[0])
  }

  @Test func `images of a single grey level are compared without dividing by zero`() throws {
    let flat = ImageSet(
      (0..<8).map { _ in PixelImage(width: 32, height: 32, channels: 1, repeating: 7) }, size: 32)
    #expect(distances(flat, flat) == [0, 0])
    let real = try MetricFixtures.images("training")[0..<8]
    #expect(distances(flat, real).allSatisfy { $0.isFinite && $0 > 0 })
  }

  @Test func levelsEndAt16Pixels() {
    #expect(LaplacianPyramid.sides(from: 256) == [256, 128, 64, 32, 16])
    #expect(LaplacianPyramid.sides(from: 32) == [32, 16])
    #expect(LaplacianPyramid.sides(from: 16) == [16])
  }

  /// Without detail there is nothing in a level but the last, which keeps the level of grey.
  @Test func aFlatPictureHasNoDetail() {
    let flat = SampleMap(size: 32, channels: 1, values: Array(repeating: 80, count: 1024))
    #expect(LaplacianPyramid.level(0, of: 2, flat).values.allSatisfy { abs($0) < 1e-4 })
    #expect(LaplacianPyramid.level(1, of: 2, flat).values.allSatisfy { abs($0 - 80) < 1e-4 })
  }
}
