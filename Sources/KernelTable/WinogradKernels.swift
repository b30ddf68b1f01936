/// The transforms of Winograd's F(4×4, 2×2), each over a run of channels.
///
/// A tile is 4 × 4 points; its transform has 25 planes, `planeStride` floats apart, of which the
/// transform writes or reads one row. `Tensor`'s `Winograd` explains the method.
public struct WinogradKernels: Sendable {
  /// Computes `Bᵀ d B` of the 5 × 5 points that the pointers name, row by row.
  public let input: WinogradForward
  /// Computes `A y Aᵀ` of the 4 × 4 points that the pointers name, row by row.
  public let gradient: WinogradForward
  /// Computes `G g Gᵀ` of the 2 × 2 taps that the pointers name, row by row.
  public let filter: WinogradForward
  /// Computes `Aᵀ m A` and writes the 4 × 4 points that the pointers name, row by row.
  public let output: WinogradBackward
  /// Computes `Gᵀ s G` and adds it to the 2 × 2 taps that the pointers name, row by row.
  public let filterGradient: WinogradBackward

  /// Makes the group.
  public init(
    input: @escaping WinogradForward, gradient: @escaping WinogradForward,
    filter: @escaping WinogradForward, output: @escaping WinogradBackward,
    filterGradient: @escaping WinogradBackward
  ) {
    self.input = input
    self.gradient = gradient
    self.filter = filter
    self.output = output
    self.filterGradient = filterGradient
  }
}

/// Transforms points into the 25 planes.
public typealias WinogradForward =
  @Sendable (
    _ points: UnsafePointer<Source>, _ channels: Int, _ planes: Destination, _ planeStride: Int
  ) -> Void

/// Transforms the 25 planes into points.
public typealias WinogradBackward =
  @Sendable (
    _ planes: Source, _ planeStride: Int, _ channels: Int, _ points: UnsafePointer<Destination>
  ) -> Void
