import Support
import Tensor

/// Whether generated pictures lie nearer to the training pictures than unseen real ones do: the
/// test of Meehan, Chaudhuri and Dasgupta 2020 (arXiv 2004.05675), for all pictures together and cell by
/// cell.
///
/// Every picture's distance to its nearest training picture is taken among features, and the ranks of
/// the generated pictures' distances are compared with those of the held-out ones'. Well below 0 the
/// generator copies; well above 0 its pictures are further from the training pictures than real
/// pictures are.
package struct DataCopying {
  /// A generated picture and the training picture nearest to it.
  package struct Match: Equatable, Sendable {
    /// The generated picture's place in its set.
    package let generated: Int
    /// The training picture's place in its set.
    package let training: Int
    /// The distance of their features.
    package let distance: Double
  }

  /// The rank test's z of generated against held-out pictures.
  package let z: Double
  /// The same z of one half of the held-out pictures against the other.
  package let floor: Double
  /// The same test in every cell of a partition.
  package let byCells: CellwiseCopying
  /// The test by cells of one half of the held-out pictures against the other.
  package let floorByCells: CellwiseCopying
  /// Every generated picture with the training picture nearest to it, the nearest first.
  package let matches: [Match]

  /// Compares features `[n, 1, 1, d]`; traps where there are fewer than two held-out pictures or the
  /// lengths differ.
  ///
  /// - Parameters:
  ///   - middle: where the held-out pictures are cut in two for the floor; nil for their middle.
  ///   - least: the fewest pictures of a kind with which a cell counts.
  package init(
    generated: Tensor, heldOut: Tensor, cutAt middle: Int? = nil, training: Tensor,
    partition: FeatureCells,
    least: Int = CellwiseCopying.least, _ pool: ThreadPool
  ) {
    require(heldOut.shape.batch > 1, "the copying test needs two held-out pictures")
    let nearest = FeatureDistances.nearest(of: generated, in: training, pool)
    let unseen = FeatureDistances.nearest(of: heldOut, in: training, pool).map(\.squaredDistance)
    z = RankTest.z(nearest.map(\.squaredDistance), unseen)
    let half = middle ?? unseen.count / 2
    floor = RankTest.z(Array(unseen.prefix(half)), Array(unseen.dropFirst(half)))
    let count = partition.centres.shape.batch
    let made = CellwiseCopying.Sample(
      distances: nearest.map(\.squaredDistance), cells: partition.cells(of: generated, pool))
    let others = CellwiseCopying.Sample(
      distances: unseen, cells: partition.cells(of: heldOut, pool))
    byCells = CellwiseCopying(generated: made, heldOut: others, count: count, least: least)
    floorByCells = CellwiseCopying(
      generated: others.part(0..<half), heldOut: others.part(half..<unseen.count), count: count,
      least: least)
    matches = nearest.enumerated().map { index, match in
      Match(
        generated: index, training: match.index,
        distance: Double(match.squaredDistance).squareRoot())
    }.sorted { ($0.distance, $0.generated) < ($1.distance, $1.generated) }
  }
}
