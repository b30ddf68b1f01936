public import KernelTable

/// This variant's kernels.
public let kernelTable = KernelTable(
  name: variantName,
  matrix: MatrixKernels(
    sixRows: floatTiles,
    // Always whole: no rows are short.
    tile12x1: MatrixTile(
      size: TileSize(mr: rowsOfOneRegister, nr: width), computeTile: computeTile12x1,
      computeShortTile: computeTile12x1),
    addWindows: addWindows, transpose: transpose),
  winograd: WinogradKernels(
    valuesPerWord: 1, tiles: floatTiles, large: winogradLarge, small: winogradSmall,
    taps: winogradTaps, gradientLarge: winogradGradientLarge, gradientSmall: winogradGradientSmall,
    smallResult: winogradSmallResult, largeResult: winogradLargeResult,
    tapsResult: winogradTapsResult),
  winogradInBFloat16: WinogradKernels(
    valuesPerWord: 2, tiles: pairTiles, large: winogradPairLarge, small: winogradPairSmall,
    taps: winogradPairTaps, gradientLarge: winogradPairGradientLarge,
    gradientSmall: winogradPairGradientSmall, smallResult: winogradPairSmallResult,
    largeResult: winogradPairLargeResult, tapsResult: winogradPairTapsResult),
  normalization: NormalizationKernels(
    sum: channelSum, squaredDeviations: channelSquaredDeviations, apply: normalizationApply,
    gradientSums: normalizationGradientSums, gradient: normalizationGradient),
  elementwise: ElementwiseKernels(
    leaky: leaky, leakyGradient: leakyGradient, tanh: tanh, tanhGradient: tanhGradient,
    sigmoid: sigmoid, add: add, adam: adamStep),
  peak: PeakKernel(count: accumulatorCount &* width, peakMultiplyAdds: peakMultiplyAdds))

/// The size of a tile of two registers in a row.
private let sizeOfTwo = TileSize(mr: mr, nr: 2 &* width, shortRows: shortRows)

#if KERNELS_AVX512
  /// The size of a tile of four registers in a row.
  private let sizeOfFour = TileSize(mr: mr, nr: 4 &* width, shortRows: shortRows)
#endif

// Made anew where they are used: to copy them is code that the linker would share among variants.

private var floatTiles: ProductTiles {
  @inline(__always) get {
    ProductTiles(
      narrow: MatrixTile(
        size: sizeOfTwo, computeTile: computeTile6x2, computeShortTile: computeTile4x2),
      wide: tile6x4,
      narrowOuterProduct: OuterProductTile(
        size: sizeOfTwo, computeTile: computeOuterProductTile6x2,
        computeShortTile: computeOuterProductTile4x2),
      wideOuterProduct: outerProductTile6x4)
  }
}

private var pairTiles: ProductTiles {
  @inline(__always) get {
    ProductTiles(
      narrow: MatrixTile(
        size: sizeOfTwo, computeTile: computePairTile6x2, computeShortTile: computePairTile4x2),
      wide: pairTile6x4,
      narrowOuterProduct: OuterProductTile(
        size: sizeOfTwo, computeTile: computePairOuterProductTile6x2,
        computeShortTile: computePairOuterProductTile4x2),
      wideOuterProduct: pairOuterProductTile6x4)
  }
}

#if KERNELS_AVX512
  private let tile6x4: MatrixTile? = MatrixTile(
    size: sizeOfFour, computeTile: computeTile6x4, computeShortTile: computeTile4x4)
  private let pairTile6x4: MatrixTile? = MatrixTile(
    size: sizeOfFour, computeTile: computePairTile6x4, computeShortTile: computePairTile4x4)
  private let outerProductTile6x4: OuterProductTile? = OuterProductTile(
    size: sizeOfFour, computeTile: computeOuterProductTile6x4,
    computeShortTile: computeOuterProductTile4x4)
  private let pairOuterProductTile6x4: OuterProductTile? = OuterProductTile(
    size: sizeOfFour, computeTile: computePairOuterProductTile6x4,
    computeShortTile: computePairOuterProductTile4x4)
#else
  // The sixteen registers of SSE and AVX do not hold twenty-four sums; NEON, whose do, was not tried.
  private let tile6x4: MatrixTile? = nil
  private let pairTile6x4: MatrixTile? = nil
  private let outerProductTile6x4: OuterProductTile? = nil
  private let pairOuterProductTile6x4: OuterProductTile? = nil
#endif
