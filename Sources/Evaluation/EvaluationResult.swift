/// What an evaluation measured: every figure of the generated pictures beside the same figure
/// of real ones.
///
/// It is encoded with these names in snake case; every number is finite.
public struct EvaluationResult: Encodable, Equatable, Sendable {
  /// A figure and its floor.
  public struct Figure: Encodable, Equatable, Sendable {
    /// The figure of generated against real pictures.
    public let generated: Double
    /// The same figure of real against other real pictures, as many.
    public let floor: Double

    /// Pairs the two.
    package init(generated: Double, floor: Double) {
      (self.generated, self.floor) = (generated, floor)
    }
  }

  /// The sliced Wasserstein distance at one size of detail.
  public struct Level: Encodable, Equatable, Sendable {
    /// The side of the pyramid's level in pixels.
    public let size: Int
    /// The distance of generated pictures.
    public let generated: Double
    /// The distance of real pictures.
    public let floor: Double

    /// The two without the size.
    public var figure: Figure { Figure(generated: generated, floor: floor) }
  }

  /// What a cell of the copying test holds.
  public struct CopyingCell: Encodable, Equatable, Sendable {
    /// The generated pictures in it.
    public let generated: Int
    /// The held-out pictures in it.
    public let heldOut: Int
    /// The cell's z; nil where there are too few of a kind.
    public let z: Double?

    /// Collects what was counted.
    package init(generated: Int, heldOut: Int, z: Double?) {
      (self.generated, self.heldOut, self.z) = (generated, heldOut, z)
    }
  }

  /// A generated picture and the training picture nearest to it.
  public struct Neighbor: Encodable, Equatable, Sendable {
    /// The generated picture, counted from 0: the candidate of the seed, or the place among those of the
    /// folder that are measured.
    public let generated: Int
    /// The training picture's path, relative to the data set's folder.
    public let training: String
    /// The distance of their features.
    public let distance: Double
  }

  /// The side of the pictures in pixels.
  public let size: Int
  /// 1 for grey, 3 for colour.
  public let channels: Int
  /// What everything random was drawn from.
  public let seed: UInt64
  /// How many generated pictures are compared with as many real ones.
  public let compared: Int
  /// How many pictures training used.
  public let training: Int
  /// How many real pictures are held out.
  public let heldOut: Int
  /// Where those come from.
  public let heldOutSource: String
  /// The sliced Wasserstein distance by level, the finest first, times 1000.
  public let slicedWasserstein: [Level]
  /// The mean over the levels.
  public let slicedWassersteinMean: Figure
  /// The share of generated pictures that look like real ones.
  public let precision: Figure
  /// The share of real pictures that generated ones look like.
  public let recall: Figure
  /// How crowded real pictures are where the generated lie.
  public let density: Figure
  /// The share of real pictures with a generated one near.
  public let coverage: Figure
  /// The mean multi-scale similarity of pairs.
  public let msSsim: Figure
  /// The copying test's z.
  public let copying: Figure
  /// The copying test's C_T, the mean over the cells; nil where they hold too few pictures.
  public let copyingByCells: Figure?
  /// The cells.
  public let copyingCells: [CopyingCell]
  /// The generated pictures nearest to a training picture, the nearest first.
  public let nearest: [Neighbor]

  /// The z from which on the generator is said to copy: about one in a thousand by chance.
  public static let copyingThreshold = -3.0

  /// Whether the copying test speaks for copies, for all pictures together or by cells.
  public var looksCopied: Bool {
    [copying.generated, copyingCells.jointZ].contains { ($0 ?? 0) < Self.copyingThreshold }
  }

  /// The z of the cells that alone speak for copies, the least first.
  public var copiedCells: [Double] { copyingCells.copied }
}
