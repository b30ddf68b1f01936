import Imaging
import Support
import Tensor

/// Real images that generated ones come least near.
///
/// With ρ(r) the distance of the real image r to its k-th nearest other one (`NeighborMetrics`), they are
/// those with the largest of
///
///     min over g of ‖r − g‖ / ρ(r)
///
/// among the features of an evaluation: images with many of their kind of which none was generated come
/// first. By the distance alone those would that lie far from everything, as one that was taken of
/// something else does. Above 1 the image counts as not covered (Naeem et al. 2020, arXiv 2002.09797).
package struct MissingImages: Equatable, Sendable {
  /// A real image.
  package struct Image: Equatable, Sendable {
    /// Its row among the features.
    package let row: Int
    /// The distance to the nearest generated image.
    package let distance: Double
    /// The same in units of ρ.
    package let radii: Double

    /// Collects the parts.
    package init(row: Int, distance: Double, radii: Double) {
      (self.row, self.distance, self.radii) = (row, distance, radii)
    }
  }

  /// The images, the least covered first.
  package let images: [Image]

  /// Compares features `[n, 1, 1, d]` and `[m, 1, 1, d]`, and keeps `count` images at most; one that is
  /// there more than `k` times, whose ρ is 0, is left out.
  ///
  /// Traps where there are no more than `k` real images or the lengths differ.
  package init(
    real: Tensor, generated: Tensor, count: Int, k: Int = NeighborMetrics.k, _ pool: ThreadPool
  ) {
    let radii = FeatureDistances.squaredRadii(of: real, k: k, pool)
    let nearest = FeatureDistances.nearest(of: real, in: generated, pool)
    let all = radii.indices.filter { radii[$0] > 0 }.map { row in
      let squared = Double(nearest[row].squaredDistance)
      return Image(
        row: row, distance: squared.squareRoot(),
        radii: (squared / Double(radii[row])).squareRoot())
    }
    images = Array(all.sorted { ($1.radii, $0.row) < ($0.radii, $1.row) }.prefix(count))
  }
}

extension Evaluator {
  /// A training image that generated ones come least near.
  public struct Missing: Encodable, Equatable, Sendable {
    /// Its place among the training files sorted by path, counted from 0: that of a run's
    /// `data-files.json`.
    public let index: Int
    /// The distance of its features to those of the nearest generated image.
    public let distance: Double
    /// The same, divided by the distance to its fifth nearest training image.
    public let radii: Double
    /// Its path, relative to the data set's folder; it is not encoded.
    public let path: String
    /// What it shows; it is not encoded.
    public let image: PixelImage

    private enum CodingKeys: CodingKey { case index, distance, radii }
  }

  /// Missing images on a sheet at most.
  public static let sheetMissing = 24

  /// Finds the training images that generated ones come least near, the least near first.
  ///
  /// Throws `EvaluationError` where there are too few generated images.
  ///
  /// - Parameters:
  ///   - generated: Pictures of the data's size; as many count as `evaluate` compares.
  ///   - place: Where they come from, for the error.
  public func missing(
    _ generated: [PixelImage], from place: String, progress: Progress = { _, _, _ in }
  ) throws(EvaluationError) -> [Missing] {
    let fakes = try compared(generated, from: place)
    let network = RandomFeatures(size: fakes.size)
    progress(.missing, 0, 2)
    let real = network.features(of: data.training, backend)
    let drawn = network.features(of: fakes, backend)
    progress(.missing, 1, 2)
    let found = MissingImages(
      real: real, generated: drawn, count: Self.sheetMissing, backend.pool)
    return found.images.map {
      Missing(
        index: data.trainingPlaces[$0.row], distance: $0.distance, radii: $0.radii,
        path: data.trainingPaths[$0.row], image: data.training.images[$0.row])
    }
  }
}
