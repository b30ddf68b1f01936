import Tensor

/// How far generated pictures cover real ones and are covered by them, from nearest neighbours
/// among features.
///
/// With r(x) the distance of x to its k-th nearest neighbour in its own set, a ball of that radius
/// stands around every picture. Precision and recall are those of Kynkäänniemi et al. 2019
/// (arXiv 1904.06991), who take k = 3; density and coverage those of Naeem et al. 2020
/// (arXiv 2002.09797), who take k = 5. Here k is the same for all four.
package struct NeighborMetrics: Equatable, Sendable {
  /// The neighbour whose distance is a ball's radius.
  package static let k = 5

  /// The share of generated pictures that lie in the ball of any real one, 0 to 1.
  package let precision: Double
  /// The share of real pictures that lie in the ball of any generated one, 0 to 1.
  package let recall: Double
  /// In how many real pictures' balls a generated one lies, on average, divided by k: about 1 where
  /// both sets are alike, and more where the generated crowd where real ones do.
  package let density: Double
  /// The share of real pictures whose ball holds a generated one, 0 to 1.
  package let coverage: Double

  /// Compares features `[n, 1, 1, d]` and `[m, 1, 1, d]`.
  ///
  /// Traps where a set has no more than `k` pictures or the lengths differ.
  package init(real: Tensor, generated: Tensor, k: Int = k, _ pool: ThreadPool) {
    let realRadii = FeatureDistances.squaredRadii(of: real, k: k, pool)
    let generatedRadii = FeatureDistances.squaredRadii(of: generated, k: k, pool)
    let balls = FeatureDistances.mapRows(of: generated, to: real, pool) { _, distances in
      distances.indices.count { distances[$0] <= realRadii[$0] }
    }
    let seen = FeatureDistances.mapRows(of: real, to: generated, pool) { row, distances in
      (
        recalled: distances.indices.contains { distances[$0] <= generatedRadii[$0] },
        covered: distances.contains { $0 <= realRadii[row] }
      )
    }
    precision = Double(balls.count { $0 > 0 }) / Double(balls.count)
    density = Double(balls.reduce(0, +)) / Double(k * balls.count)
    recall = Double(seen.count { $0.recalled }) / Double(seen.count)
    coverage = Double(seen.count { $0.covered }) / Double(seen.count)
  }
}
