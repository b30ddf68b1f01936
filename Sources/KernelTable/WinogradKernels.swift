/// The transforms of Winograd's F(4×4, 2×2), each over a run of channels, and the tiles of the matrix
/// products between them.
///
/// A tile is 4 × 4 points of the small map and sees 5 × 5 points of each phase of the large one. Its
/// transform has 25 planes, `planeStride` words apart, of which a transform writes or reads the
/// tile's channels. Points are named by pointers, row by row. `Tensor`'s `Winograd` explains the
/// method.
///
/// A word of a transform is a Float, or two values in bfloat16 that lie side by side along the axis
/// that is summed: the lower half of the word is the first one's, the upper half the second one's. A
/// product of the transforms is always Float.
public struct WinogradKernels: Sendable {
  /// Values in a word: 1 or 2.
  public let valuesPerWord: Int
  /// The tiles that multiply such words.
  public let tiles: ProductTiles
  /// Computes `Bᵀ d B` of 5 × 5 points of the large map; neighbouring channels share a word.
  public let large: WinogradForward
  /// Computes `A y Aᵀ` of 4 × 4 points of the small map; neighbouring channels share a word.
  public let small: WinogradForward
  /// Computes `G g Gᵀ` of 2 × 2 taps; a word is shared with other taps.
  public let taps: WinogradTapsForward
  /// Computes `Bᵀ d B`; a word is shared with another tile.
  public let gradientLarge: WinogradSharedForward
  /// Computes `A y Aᵀ`; a word is shared with another tile.
  public let gradientSmall: WinogradSharedForward
  /// Computes `Aᵀ m A` and writes 4 × 4 points of the small map.
  public let smallResult: WinogradBackward
  /// Computes `B m Bᵀ` and writes 5 × 5 points of the large map, adding to what neighbours left.
  public let largeResult: WinogradOverlappingBackward
  /// Computes `Gᵀ s G` and adds it to 2 × 2 taps.
  public let tapsResult: WinogradTapsBackward

  /// Makes the group.
  public init(
    valuesPerWord: Int, tiles: ProductTiles, large: @escaping WinogradForward,
    small: @escaping WinogradForward, taps: @escaping WinogradTapsForward,
    gradientLarge: @escaping WinogradSharedForward, gradientSmall: @escaping WinogradSharedForward,
    smallResult: @escaping WinogradBackward, largeResult: @escaping WinogradOverlappingBackward,
    tapsResult: @escaping WinogradTapsBackward
  ) {
    self.valuesPerWord = valuesPerWord
    self.tiles = tiles
    self.large = large
    self.small = small
    self.taps = taps
    self.gradientLarge = gradientLarge
    self.gradientSmall = gradientSmall
    self.smallResult = smallResult
    self.largeResult = largeResult
    self.tapsResult = tapsResult
  }

  /// Returns the same transforms with other tiles.
  func multiplying(by tiles: ProductTiles) -> WinogradKernels {
    WinogradKernels(
      valuesPerWord: valuesPerWord, tiles: tiles, large: large, small: small, taps: taps,
      gradientLarge: gradientLarge, gradientSmall: gradientSmall, smallResult: smallResult,
      largeResult: largeResult, tapsResult: tapsResult)
  }

  /// Returns how many words so many values take.
  public func words(_ values: Int) -> Int { (values + valuesPerWord - 1) / valuesPerWord }
}

/// The part of a word that a transform writes.
public enum WordPart: Sendable {
  /// The whole word in Float; the lower half in bfloat16, and zero in the upper one.
  case first
  /// The upper half; the lower one stays. Never in Float.
  case second
}

/// Transforms points into the 25 planes, and asks for those that the next call will read.
///
/// The words of all channels lie together; the last one's upper half is zero where they are odd.
public typealias WinogradForward =
  @Sendable (
    _ points: UnsafePointer<Source>, _ next: UnsafePointer<Source>, _ channels: Int,
    _ planes: Destination, _ planeStride: Int
  ) -> Void

/// Transforms points into a part of the words of the 25 planes, and asks for those that the next call
/// will read.
///
/// - runLength: channels that lie together in a plane; from where they begin to where the next ones
///   do it is `runStride` words.
public typealias WinogradSharedForward =
  @Sendable (
    _ points: UnsafePointer<Source>, _ next: UnsafePointer<Source>, _ channels: Int,
    _ planes: Destination, _ planeStride: Int, _ runLength: Int, _ runStride: Int,
    _ part: WordPart
  ) -> Void

/// Transforms taps into a part of the words of the 25 planes.
public typealias WinogradTapsForward =
  @Sendable (
    _ taps: UnsafePointer<Source>, _ channels: Int, _ planes: Destination, _ planeStride: Int,
    _ part: WordPart
  ) -> Void

/// Transforms the 25 planes into points, and asks for those that the next call will write.
public typealias WinogradBackward =
  @Sendable (
    _ planes: Source, _ planeStride: Int, _ channels: Int, _ points: UnsafePointer<Destination>,
    _ next: UnsafePointer<Destination>
  ) -> Void

/// Transforms the 25 planes into points whose first row and column other tiles may have reached
/// before, and asks for those that the next call will write.
///
/// - earlier: where the sums so far of the five points of the first row and of the four others of
///   the first column lie; zeros where there are none.
public typealias WinogradOverlappingBackward =
  @Sendable (
    _ planes: Source, _ planeStride: Int, _ channels: Int, _ earlier: UnsafePointer<Source>,
    _ points: UnsafePointer<Destination>, _ next: UnsafePointer<Destination>
  ) -> Void

/// Transforms the 25 planes into taps.
public typealias WinogradTapsBackward =
  @Sendable (
    _ planes: Source, _ planeStride: Int, _ channels: Int, _ taps: UnsafePointer<Destination>
  ) -> Void
