public import KernelTable

/// This variant's kernels.
public let kernelTable = KernelTable(
  name: variantName,
  matrix: MatrixKernels(
    mr: mr, nr: nr, multiply: multiplyTile, multiplyTransposed: multiplyTransposedTile),
  normalization: NormalizationKernels(
    sum: channelSum, squaredDeviations: channelSquaredDeviations, apply: normalizationApply,
    gradientSums: normalizationGradientSums, gradient: normalizationGradient),
  elementwise: ElementwiseKernels(
    leaky: leaky, leakyGradient: leakyGradient, tanh: tanh, tanhGradient: tanhGradient,
    sigmoid: sigmoid, add: add, adam: adamStep))
