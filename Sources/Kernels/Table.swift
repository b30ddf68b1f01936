public import KernelTable

/// This variant's kernels.
public let kernelTable = KernelTable(
  name: variantName,
  matrix: MatrixKernels(
    tile6x2: MatrixTile(
      size: sizeOfTwo, computeTile: computeTile6x2, computeShortTile: computeTile4x2),
    tile6x4: tile6x4,
    // Always whole: no rows are short.
    tile12x1: MatrixTile(
      size: TileSize(mr: rowsOfOneRegister, nr: width), computeTile: computeTile12x1,
      computeShortTile: computeTile12x1),
    transposedTile6x2: TransposedTile(
      size: sizeOfTwo, computeTile: computeTransposedTile6x2,
      computeShortTile: computeTransposedTile4x2),
    transposedTile6x4: transposedTile6x4, addWindows: addWindows, transpose: transpose),
  winograd: WinogradKernels(
    large: winogradLarge, small: winogradSmall, taps: winogradTaps,
    smallResult: winogradSmallResult, largeResult: winogradLargeResult,
    tapsResult: winogradTapsResult),
  normalization: NormalizationKernels(
    sum: channelSum, squaredDeviations: channelSquaredDeviations, apply: normalizationApply,
    gradientSums: normalizationGradientSums, gradient: normalizationGradient),
  elementwise: ElementwiseKernels(
    leaky: leaky, leakyGradient: leakyGradient, tanh: tanh, tanhGradient: tanhGradient,
    sigmoid: sigmoid, add: add, adam: adamStep),
  peak: PeakKernel(count: accumulatorCount &* width, multiplyAdds: multiplyAdds))

/// The size of a tile of two registers in a row.
private let sizeOfTwo = TileSize(mr: mr, nr: 2 &* width, shortRows: shortRows)

#if KERNELS_AVX512
  /// The size of a tile of four registers in a row.
  private let sizeOfFour = TileSize(mr: mr, nr: 4 &* width, shortRows: shortRows)

  private let tile6x4: MatrixTile? = MatrixTile(
    size: sizeOfFour, computeTile: computeTile6x4, computeShortTile: computeTile4x4)

  private let transposedTile6x4: TransposedTile? = TransposedTile(
    size: sizeOfFour, computeTile: computeTransposedTile6x4,
    computeShortTile: computeTransposedTile4x4)
#else
  // Sixteen registers do not hold twenty-four sums.
  private let tile6x4: MatrixTile? = nil
  private let transposedTile6x4: TransposedTile? = nil
#endif
