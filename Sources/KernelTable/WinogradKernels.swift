/// The transforms of Winograd's F(4×4, 2×2), each over a run of channels.
///
/// A tile is 4 × 4 points of the small map and sees 5 × 5 points of each phase of the large one. Its
/// transform has 25 planes, `planeStride` floats apart, of which a transform writes or reads the
/// tile's channels. Points are named by pointers, row by row. `Tensor`'s `Winograd` explains the
/// method.
public struct WinogradKernels: Sendable {
  /// Computes `Bᵀ d B` of 5 × 5 points of the large map.
  public let large: WinogradForward
  /// Computes `A y Aᵀ` of 4 × 4 points of the small map.
  public let small: WinogradForward
  /// Computes `G g Gᵀ` of 2 × 2 taps.
  public let taps: WinogradTapsForward
  /// Computes `Aᵀ m A` and writes 4 × 4 points of the small map.
  public let smallResult: WinogradBackward
  /// Computes `B m Bᵀ` and writes 5 × 5 points of the large map, adding to what neighbours left.
  public let largeResult: WinogradOverlappingBackward
  /// Computes `Gᵀ s G` and adds it to 2 × 2 taps.
  public let tapsResult: WinogradTapsBackward

  /// Makes the group.
  public init(
    large: @escaping WinogradForward, small: @escaping WinogradForward,
    taps: @escaping WinogradTapsForward, smallResult: @escaping WinogradBackward,
    largeResult: @escaping WinogradOverlappingBackward, tapsResult: @escaping WinogradTapsBackward
  ) {
    self.large = large
    self.small = small
    self.taps = taps
    self.smallResult = smallResult
    self.largeResult = largeResult
    self.tapsResult = tapsResult
  }
}

/// Transforms points into the 25 planes, and asks for those that the next call will read.
///
/// - runLength: channels that lie together in a plane; from where they begin to where the next ones
///   do it is `runStride` floats.
public typealias WinogradForward =
  @Sendable (
    _ points: UnsafePointer<Source>, _ next: UnsafePointer<Source>, _ channels: Int,
    _ planes: Destination, _ planeStride: Int, _ runLength: Int, _ runStride: Int
  ) -> Void

/// Transforms taps into the 25 planes.
public typealias WinogradTapsForward =
  @Sendable (
    _ taps: UnsafePointer<Source>, _ channels: Int, _ planes: Destination, _ planeStride: Int
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
