import Support
import Tensor

/// How near images lie to real ones, measured by how near these lie to each other: the realism score of
/// Kynkäänniemi et al. 2019 (arXiv 1904.06991, section 5).
///
/// With ρ(r) the distance of the real image r to its k-th nearest other one, the realism of an image g is
///
///     R(g) = max over r of ρ(r) / ‖g − r‖
///
/// so that it is 1 or more where g lies within the ball of radius ρ(r) around some r. The maximum is over
/// the real images whose ρ is at most the median: as in the paper, the larger half of the balls is left
/// out, for those around images that lie far from all others would make anything real.
package struct Realism {
  /// The neighbour whose distance is ρ, as in the paper.
  package static let k = 3

  /// The features of the real images that count, `[n, 1, 1, d]`.
  private let real: Tensor
  /// Their ρ, squared.
  private let squaredRadii: [Float]

  /// Measures real images by their features `[n, 1, 1, d]`; traps where there are no more than `k`.
  package init(real: Tensor, k: Int = k, _ pool: ThreadPool) {
    let radii = FeatureDistances.squaredRadii(of: real, k: k, pool)
    let median = radii.sorted()[(radii.count - 1) / 2]
    let counted = radii.indices.filter { radii[$0] <= median }
    let length = real.shape.channels
    self.real = Tensor(
      counted.flatMap { real.batch($0..<$0 + 1).values },
      shape: Shape(counted.count, 1, 1, length))
    squaredRadii = counted.map { radii[$0] }
  }

  /// Returns the realism of every row of `[n, 1, 1, d]`; infinity for one that equals a real one that
  /// counts.
  package func scores(of features: Tensor, _ pool: ThreadPool) -> [Float] {
    FeatureDistances.mapRows(of: features, to: real, pool) { _, distances in
      var best: Float = 0
      for index in distances.indices {
        // A ball without extent holds nothing but its own centre.
        best = max(best, distances[index] == 0 ? .infinity : squaredRadii[index] / distances[index])
      }
      return best.squareRoot()
    }
  }
}
