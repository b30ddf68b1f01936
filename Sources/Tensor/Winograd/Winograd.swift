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
/// the direct way takes 64: 2.56 times fewer. For each of the 25 planes the sum over channels and
/// phases is a matrix product over all tiles.
///
/// The three operations of a layer are one trilinear form, and so are their fast versions:
///
///     convolution              y  = Aᵀ [(G g) ⊙ (Bᵀ d)]
///     transposed convolution   d += B  [(G g) ⊙ (A y)]     overlapping by a point from tile to tile
///     filter's gradient        g  = Gᵀ [Σ (Bᵀ d) ⊙ (A y)]  summed over tiles, then transformed
///
/// so that each transforms the large map once and the small map once.
///
/// The transforms add numbers that are larger than the results: errors, root mean square, are 2 to 4
/// times those of the direct sums for the networks' layers, more where few products are summed.
///
/// In bfloat16 the transforms are computed in Float, and what they make is rounded. That makes their
/// points matter: the errors are then a part of the result that depends on nothing else. Relative root
/// mean square errors of the three operations on normally distributed maps and filters, and how many times
/// fewer multiplications there are:
///
///                                                multiplications   errors
///     the definition's sums                            1           0.23 %  0.23 %  0.23 %
///     F(2×2, 2×2), points 0, −1, ∞                     1.78        0.48 %  0.47 %  0.45 %
///     F(4×4, 2×2), points 0, 1, −1, 2, ∞               2.56        1.56 %  1.49 %  1.45 %
///     F(4×4, 2×2), points 0, −1, 1/2, 2, ∞             2.56        0.95 %  0.92 %  0.91 %
///     F(4×4, 2×2), points ±1/2, ±3/2, ∞                2.56        0.77 %  0.75 %  0.80 %
///     F(4×4, 2×2), points ±3/8, ±5/4, ∞                2.56        0.63 %  0.65 %  0.68 %
///
/// The last are those that all layers take in bfloat16, in all three directions: among pairs ±a, ±b of
/// small fractions they have the least error but for ±3/8, ±4/3, whose powers are no Floats. With
/// N = 2a(a² − b²), M = 2b(b² − a²):
///
///     Bᵀ = -ab²  -b²   a   1  0     G =  1/N  a/N    Aᵀ = 1   1   1   1  0
///           ab²  -b²  -a   1  0         -1/N  a/N         a  -a   b  -b  0
///          -a²b  -a²   b   1  0          1/M  b/M         a²  a²  b²  b² 0
///           a²b  -a²  -b   1  0         -1/M  b/M         a³ -a³  b³ -b³ 1
///           a²b²  0 -a²-b² 0  1           0    1
///
/// Lavin & Gray, "Fast Algorithms for Convolutional Neural Networks" (arXiv 1509.09308); Huang et
/// al., "DWM: A Decomposable Winograd Method for Convolution Acceleration" (arXiv 2002.00552) for
/// the stride.
package enum Winograd {
  /// Planes of a transformed tile.
  static let planes = 25

  /// Says whether a layer is worth the transforms.
  ///
  /// The choice depends on a layer's channels and map alone, never on the batch, so that an image
  /// does not depend on the others that it is computed with. With few channels the transforms cost
  /// what they save, and a map smaller than a tile is mostly padding. `dcgan bench --shapes FILE
  /// --method direct`, and `--method winograd`, compare the two; how many times as fast Winograd's
  /// was on one thread, for 64 images:
  ///
  ///                 small map   channels   convolution   transposed   filter gradient
  ///     AVX2        16 × 16     4, 64          1.0           1.0            0.9
  ///                 16 × 16     8, 8           1.0           1.5            1.4
  ///                 16 × 16     8, 64          1.7           2.3            2.1
  ///                 16 × 16     16, 64         2.0           2.0            2.2
  ///                 4 × 4       128, 256       2.0           2.0            3.7
  ///                 2 × 2       128, 256       0.6           0.6            3.1
  ///     AVX-512     16 × 16     4, 64          0.7           0.7            0.7
  ///                 16 × 16     8, 8           0.4           0.8            0.7
  ///                 16 × 16     8, 64          0.9           2.2            1.2
  ///                 16 × 16     16, 64         1.7           2.3            1.6
  ///                 4 × 4       128, 256       2.2           2.2            4.0
  ///                 2 × 2       128, 256       0.6           0.6            2.6
  ///
  /// Eight channels fill half a vector of AVX-512. The limit is one for all variants: networks as
  /// narrow as that take little time anyway.
  ///
  /// The same layers are taken in bfloat16, in all three directions with the same tiles and points: see
  /// the table above.
  package static func isWorthwhile(
    _ geometry: ConvolutionGeometry, small: Shape, filter: Shape
  ) -> Bool {
    geometry == .halving && small.height >= WinogradTiles.extent
      && small.width >= WinogradTiles.extent && min(filter.width, filter.channels) >= fewestChannels
  }

  /// The fewest channels of either map that are worth the transforms.
  private static let fewestChannels = 8

  /// Returns the distance between planes of `count` floats, or between lines or panels of a plane,
  /// off the multiples of 4 KiB at which all those of a tile would fall into the same few lines of the
  /// cache.
  static func planeStride(_ count: Int) -> Int {
    let rounded = (count + 15) / 16 * 16
    return rounded % 1024 < 16 ? rounded + 16 : rounded
  }
}
