public import KernelTable

/// This variant's kernels.
public let kernelTable = KernelTable(
  name: variantName,
  matrix: MatrixKernels(
    wide: MatrixTile(mr: mr, nr: nr, multiply: multiplyTile),
    narrow: MatrixTile(mr: narrowRows, nr: width, multiply: multiplyNarrowTile),
    multiplyTransposed: multiplyTransposedTile),
  winograd: WinogradKernels(
    input: winogradInput, gradient: winogradGradient, filter: winogradFilter,
    output: winogradOutput, filterGradient: winogradFilterGradient),
  normalization: NormalizationKernels(
    sum: channelSum, squaredDeviations: channelSquaredDeviations, apply: normalizationApply,
    gradientSums: normalizationGradientSums, gradient: normalizationGradient),
  elementwise: ElementwiseKernels(
    leaky: leaky, leakyGradient: leakyGradient, tanh: tanh, tanhGradient: tanhGradient,
    sigmoid: sigmoid, add: add, adam: adamStep),
  peak: PeakKernel(count: accumulatorCount &* width, multiplyAdds: multiplyAdds))
