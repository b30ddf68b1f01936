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
  /// Real images that belong together, and what part of the generated images should resemble them.
  public struct Kind {
    /// The images.
    public let images: [PixelImage]
    /// The part, in proportion to that of the other kinds.
    public let weight: Double

    /// Joins the two; a kind of weight 0 is never drawn, and may have no images.
    public init(images: [PixelImage], weight: Double) {
      (self.images, self.weight) = (images, weight)
    }
  }

  /// What is said of an image.
  public struct Judgement: Equatable, Sendable {
    /// The cell of the real images that it lies in, counted from 0 over all kinds.
    public let cell: Int
    /// Its realism: 1 or more where it lies as near to a real image as others of these do.
    public let realism: Float
  }

  /// The fewest images of a kind.
  public static let leastImages = Realism.k + 1
  /// The cells of all kinds together.
  static let cells = 24
  /// Seeds the cells: they are a matter of the real images alone.
  private static let seed: UInt64 = 0

  /// What is known of a kind.
  private struct Known {
    let realism: Realism
    let cells: FeatureCells
    /// The number of its first cell.
    let firstCell: Int
  }

  /// The proportions of the real images in the cells, the kinds weighted as they should be.
  public private(set) var cellWeights: [Double] = []

  private let size: Int
  private let appearance: AppearanceFeatures
  private let pool: ThreadPool
  /// Nil for a kind that is never drawn.
  private var kinds: [Known?] = []

  /// Measures real images of `size` x `size` pixels; traps where a kind that is drawn has fewer than
  /// `leastImages`.
  public init(_ kinds: [Kind], size: Int, backend: Backend) {
    self.size = size
    pool = backend.pool
    let all = ImageSet(kinds.filter { $0.weight > 0 }.flatMap(\.images), size: size)
    appearance = AppearanceFeatures(of: all, pool)
    for kind in kinds {
      guard kind.weight > 0 else {
        self.kinds.append(nil)
        continue
      }
      let features = appearance.features(of: ImageSet(kind.images, size: size), pool)
      let count = max(1, min(Self.cells * kind.images.count / all.count, kind.images.count / 8))
      let cells = FeatureCells(of: features, count: count, seed: Self.seed, pool)
      self.kinds.append(
        Known(
          realism: Realism(real: features, pool), cells: cells, firstCell: cellWeights.count))
      var members = Array(repeating: 0, count: count)
      for cell in cells.cells(of: features, pool) { members[cell] += 1 }
      cellWeights += members.map { kind.weight * Double($0) / Double(kind.images.count) }
    }
  }

  /// Judges images that were drawn as one of the kinds each, counted from 0; traps where an image has
  /// another size than the real ones or is of a kind of weight 0.
  ///
  /// The results do not depend on the backend's threads, nor an image's on the others.
  public func judge(_ images: [PixelImage], kinds labels: [Int]) -> [Judgement] {
    var judgements = [Judgement?](repeating: nil, count: images.count)
    for (label, kind) in kinds.enumerated() {
      let places = labels.indices.filter { labels[$0] == label }
      guard let kind, !places.isEmpty else { continue }
      let set = ImageSet(places.map { images[$0] }, size: size)
      let features = appearance.features(of: set, pool)
      let found = zip(kind.cells.cells(of: features, pool), kind.realism.scores(of: features, pool))
      for (place, (cell, realism)) in zip(places, found) {
        judgements[place] = Judgement(cell: kind.firstCell + cell, realism: realism)
      }
    }
    return judgements.map { requireValue($0, "an image of a kind that is not drawn") }
  }
}
