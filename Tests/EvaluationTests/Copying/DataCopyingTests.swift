import Evaluation
import Support
import Tensor
import Testing

@Suite struct DataCopyingTests {
  private let backend = Backend(threads: 2)

  private func features(_ name: String) throws -> Tensor {
    let set = try MetricFixtures.images(name)
    return RandomFeatures(size: set.size).features(of: set, backend)
  }

  /// Runs the test with the recorded seed and cells.
  private func copying(
    generated: Tensor, heldOut: Tensor, training: Tensor
  ) throws -> DataCopying {
    let expected = try MetricFixtures.expected()
    return DataCopying(
      generated: generated, heldOut: heldOut, training: training,
      partition: FeatureCells(
        of: training, count: expected.copyingByCells.cells, seed: expected.seed, backend.pool),
      least: expected.copyingByCells.least, backend.pool)
  }

  @Test func agreesWithSciPy() throws {
    let expected = try MetricFixtures.expected().copying
    let found = try copying(
      generated: features("generated"), heldOut: features("held-out"),
      training: features("training"))
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
    let found = try copying(
      generated: training.batch(0..<24), heldOut: features("held-out"), training: training)
    #expect(found.z < EvaluationResult.copyingThreshold)
    #expect(try #require(found.byCells.statistic) < -2)
    #expect(found.matches.allSatisfy { $0.distance == 0 && $0.generated == $0.training })
  }

  @Test func unseenRealPicturesAreNotFlagged() throws {
    let heldOut = try features("held-out")
    let found = try copying(
      generated: heldOut.batch(0..<12), heldOut: heldOut.batch(12..<24),
      training: features("training"))
    #expect(abs(found.z) < 3)
    // The floor of all held-out pictures is that very comparison.
    let all = try copying(
      generated: heldOut, heldOut: heldOut, training: features("training"))
    #expect(all.floor == found.z && all.floorByCells == found.byCells)
  }
}
