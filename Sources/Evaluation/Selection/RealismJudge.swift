import DCGAN
import Imaging
import Support
import Tensor

/// A judge of how real generated images look, and of which kind they are, by real images.
///
/// The real images of a class, or all of them where there are no classes, are parted into cells of alike
/// ones (`FeatureCells`), and an image has the realism (`Realism`) that the real images of its class give
/// it.
public struct RealismJudge {
  /// The real images of a class, or all of them, and what part of the generated images it has.
  public struct ImageClass {
    /// The images.
    public let images: [PixelImage]
    /// The part, in proportion to that of the other classes.
    public let weight: Double

    /// Joins the two; a class of weight 0 is never drawn, and may have no images.
    public init(images: [PixelImage], weight: Double) {
      (self.images, self.weight) = (images, weight)
    }
  }

  /// What is said of an image.
  public struct Judgement: Equatable, Sendable {
    /// The cell of the real images of its class that it lies in.
    public let cell: Int
    /// Its realism: 1 or more where it lies as near to a real image as others of these do.
    public let realism: Float
  }

  /// The fewest images of a class.
  public static let leastImages = Realism.k + 1
  /// The cells of all classes together, at most.
  static let cells = 24
  /// Seeds the cells: they are a matter of the real images alone.
  private static let seed: UInt64 = 0

  /// Real images in a cell, on average, at least.
  private static let imagesInCell = 8

  /// What is known of a class.
  private struct Known {
    let realism: Realism
    let cells: FeatureCells
  }

  /// For each class the proportions of its cells, which sum up to its weight; none for one of weight 0.
  public let cellWeights: [[Double]]

  private let size: Int
  private let appearance: AppearanceFeatures
  private let pool: ThreadPool
  /// Nil for a class that is never drawn.
  private let classes: [Known?]

  /// Measures real images of `size` x `size` pixels; traps where a class that is drawn has fewer than
  /// `leastImages`.
  public init(_ classes: [ImageClass], size: Int, backend: Backend) {
    let pool = backend.pool
    let all = ImageSet(classes.filter { $0.weight > 0 }.flatMap(\.images), size: size)
    let appearance = AppearanceFeatures(of: all, pool)
    var (weights, known): ([[Double]], [Known?]) = ([], [])
    for part in classes {
      guard part.weight > 0 else {
        weights.append([])
        known.append(nil)
        continue
      }
      let features = appearance.features(of: ImageSet(part.images, size: size), pool)
      let images = part.images.count
      let count = max(1, min(Self.cells * images / all.count, images / Self.imagesInCell))
      let cells = FeatureCells(of: features, count: count, seed: Self.seed, pool)
      known.append(Known(realism: Realism(real: features, pool), cells: cells))
      var members = Array(repeating: 0.0, count: count)
      for cell in cells.cells(of: features, pool) { members[cell] += 1 }
      weights.append(members.map { part.weight * $0 / Double(images) })
    }
    (self.size, self.appearance, self.pool) = (size, appearance, pool)
    (cellWeights, self.classes) = (weights, known)
  }

  /// Judges images that were drawn as one of the classes each, counted from 0; traps where an image has
  /// another size than the real ones or is of a class of weight 0.
  ///
  /// The results do not depend on the backend's threads, nor an image's on the others.
  public func judge(_ images: [PixelImage], classes labels: [Int]) -> [Judgement] {
    var judgements = [Judgement?](repeating: nil, count: images.count)
    for (label, known) in classes.enumerated() {
      let places = labels.indices.filter { labels[$0] == label }
      guard let known, !places.isEmpty else { continue }
      let set = ImageSet(places.map { images[$0] }, size: size)
      let features = appearance.features(of: set, pool)
      let cells = known.cells.cells(of: features, pool)
      let scores = known.realism.scores(of: features, pool)
      for (index, place) in places.enumerated() {
        judgements[place] = Judgement(cell: cells[index], realism: scores[index])
      }
    }
    return judgements.map { requireValue($0, "an image of a class that is not drawn") }
  }
}
