import KernelTable

/// Winograd's fast convolution for the 4×4 window of stride 2.
///
/// A 4×4 convolution of stride 2 is the sum of four 2×2 convolutions of stride 1, one for each
/// parity of the large map's rows and columns (its phases): with taps `g_a[t] = w[2t + a]`,
/// `y[m] = Σ_a Σ_t x_a[m + t] · g_a[t]` along each axis. On such a convolution F(4, 2) computes four
/// outputs of five inputs d and two taps g with five multiplications instead of eight:
///
///     y = Aᵀ [(G g) ⊙ (Bᵀ d)]
///
///     Bᵀ = 2 -1 -2  1  0     G =  1/2    0      Aᵀ = 1  1  1  1  0
///          0 -2 -1  1  0         -1/2 -1/2           0  1 -1  2  0
///          0  2 -3  1  0         -1/6  1/6           0  1  1  4  0
///          0 -1  0  1  0          1/6  1/3           0  1 -1  8  1
///          0  2 -1 -2  1           0    1
///
/// Nested for two dimensions a 4×4 tile takes 25 multiplications a pair of channels and phase where
/// the direct way takes 64: 2.56 times fewer. For each of the 25 planes the sum over channels is a
/// matrix product over all tiles. The transposed convolution is four such convolutions, one for each
/// phase of its result. The filter's gradient transposes the formula,
/// `dg = Gᵀ [Σ (Bᵀ x B) ⊙ (A dy Aᵀ)] G`, summed over tiles before it is transformed back.
///
/// Lavin & Gray, "Fast Algorithms for Convolutional Neural Networks" (arXiv 1509.09308); Huang et
/// al., "DWM: A Decomposable Winograd Method for Convolution Acceleration" (arXiv 2002.00552) for
/// the stride.
package enum Winograd {
  /// Says whether a layer is worth the transforms.
  ///
  /// The choice depends on a layer's channels and map alone, never on the batch, so that an image
  /// does not depend on the others that it is computed with. With few channels the transforms cost
  /// more than they save, and a map smaller than a tile is mostly padding.
  package static func isWorthwhile(
    _ geometry: ConvolutionGeometry, small: Shape, filter: Shape
  ) -> Bool {
    geometry == .halving && small.height >= WinogradTiles.extent
      && small.width >= WinogradTiles.extent && min(filter.width, filter.channels) >= 16
  }
}

/// The 25 planes of a transformed filter, each packed for the matrix kernel.
struct WinogradFilter {
  private let storage: Storage
  private let depth: Int
  private let columns: Int
  private let tile: MatrixTile
  private let planeStride: Int

  /// Takes memory for planes of `depth` rows and `columns` columns; every row must be written.
  init(depth: Int, columns: Int, tile: MatrixTile) {
    self.depth = depth
    self.columns = columns
    self.tile = tile
    planeStride = WinogradTiles.planeStride(
      PackedPanels.count(depth: depth, columns: columns, nr: tile.nr))
    storage = Storage(count: WinogradTiles.planes * planeStride)
    if columns % tile.nr != 0 { storage.pointer.update(repeating: 0, count: storage.count) }
  }

  /// One plane.
  func plane(_ index: Int) -> PackedPanels {
    PackedPanels(
      depth: depth, columns: columns, tile: tile, in: storage, at: index * planeStride)
  }

  /// Transforms the four taps of one row into row `row` of all planes.
  func write(
    _ transform: WinogradForward, row: Int,
    taps: (UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>)
  ) {
    withUnsafeTemporaryAllocation(of: Source.self, capacity: 4) { points in
      guard let first = points.baseAddress else { return }
      let nr = tile.nr
      for start in stride(from: 0, to: columns, by: nr) {
        first[0] = taps.0 + start
        first[1] = taps.1 + start
        first[2] = taps.2 + start
        first[3] = taps.3 + start
        let target = storage.pointer + start * depth + row * nr
        transform(first, min(nr, columns - start), target, planeStride)
      }
    }
  }
}
