import DCGAN
import Imaging
import Tensor
import TestSupport
import Testing

@Suite struct DataCopyingTests {
  private let backend = Backend(threads: 2)

  private func features(_ name: String) throws -> Tensor {
    let set = try MetricFixtures.images(name)
    return RandomFeatures(size: set.size).features(of: set, backend)
  }

  @Test func agreesWithSciPy() throws {
    let expected = try MetricFixtures.expected().copying
    let found = DataCopying(
      generated: try features("generated"), heldOut: try features("held-out"),
      training: try features("training"), backend.pool)
    #expect(isClose(found.z, expected.z, relative: 1e-10))
    #expect(isClose(found.floor, expected.floor, relative: 1e-10))
    #expect(found.matches.count == expected.nearest.count)
    for match in found.matches {
      #expect(match.training == expected.nearest[match.generated])
      #expect(isClose(match.distance, expected.distances[match.generated]))
    }
    #expect(found.matches.map(\.distance) == found.matches.map(\.distance).sorted())
  }

  @Test func ranksWithTiesAgreeWithSciPy() throws {
    let expected = try MetricFixtures.expected().rankTest
    #expect(isClose(RankTest.z(expected.a, expected.b), expected.z, relative: 1e-12))
    #expect(isClose(RankTest.z(expected.b, expected.a), -expected.z, relative: 1e-12))
  }

  @Test func equalNumbersSayNothing() {
    #expect(RankTest.z([1, 1, 1], [1, 1]) == 0)
    #expect(RankTest.z([1, 3], [2, 2]) == 0)
  }

  @Test func exactCopiesAreFlagged() throws {
    let training = try features("training")
    let found = DataCopying(
      generated: training.batch(0..<24), heldOut: try features("held-out"), training: training,
      backend.pool)
    #expect(found.z < Evaluation.copyingThreshold)
    #expect(found.matches.allSatisfy { $0.distance == 0 && $0.generated == $0.training })
  }

  @Test func unseenRealPicturesAreNotFlagged() throws {
    let heldOut = try features("held-out")
    let found = DataCopying(
      generated: heldOut.batch(0..<12), heldOut: heldOut.batch(12..<24),
      training: try features("training"), backend.pool)
    #expect(abs(found.z) < 3)
    // The floor of all held-out pictures is that very comparison.
    let floor = DataCopying(
      generated: heldOut, heldOut: heldOut, training: try features("training"), backend.pool
    ).floor
    #expect(floor == found.z)
  }
}
