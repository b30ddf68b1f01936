public import KernelTable

/// This variant's kernels.
public let kernelTable = KernelTable(
  name: variantName,
  matrix: MatrixKernels(
    wide: MatrixTile(
      mr: mr, nr: TwoRegisters.count &* width, multiply: multiplyTile, shortRows: shortRows,
      multiplyShort: multiplyShortTile),
    broad: MatrixTile(
      mr: mr, nr: BroadRow.count &* width, multiply: multiplyBroadTile, shortRows: shortRows,
      multiplyShort: multiplyBroadShortTile),
    narrow: MatrixTile(mr: narrowRows, nr: width, multiply: multiplyNarrowTile),
    multiplyTransposed: multiplyTransposedTile,
    multiplyTransposedShort: multiplyTransposedShortTile,
    multiplyTransposedBroad: multiplyTransposedBroadTile,
    multiplyTransposedBroadShort: multiplyTransposedBroadShortTile, addWindows: addWindows,
    transpose: transpose),
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
