/// One filled table of vector kernels, as each instruction-set variant exports it.
///
/// Only raw pointers and sizes cross the boundary, so that no SIMD value and no generic code is
/// ever shared between modules that were compiled for different processors. No kernel allocates,
/// checks or traps; the callers in `Tensor` do.
public struct KernelTable: Sendable {
  /// The variant's name: `baseline`, `avx2`, `avx512`, `avx512bf16` or `amx`.
  public let name: String
  /// How the matrix kernels tile their result.
  public let matrix: MatrixKernels
  /// What saves multiplications in single precision.
  public let winograd: WinogradKernels
  /// The same with factors in bfloat16.
  public let winogradInBFloat16: WinogradKernels
  /// Loops over channels and rows for batch normalization.
  public let normalization: NormalizationKernels
  /// Loops over elements.
  public let elementwise: ElementwiseKernels
  /// What a core can do at most.
  public let peak: PeakKernel

  /// Makes a table of the groups.
  public init(
    name: String, matrix: MatrixKernels, winograd: WinogradKernels,
    winogradInBFloat16: WinogradKernels, normalization: NormalizationKernels,
    elementwise: ElementwiseKernels, peak: PeakKernel
  ) {
    self.name = name
    self.matrix = matrix
    self.winograd = winograd
    self.winogradInBFloat16 = winogradInBFloat16
    self.normalization = normalization
    self.elementwise = elementwise
    self.peak = peak
  }

  /// Returns the same table under another name, but that other tiles multiply bfloat16.
  public func named(_ name: String, multiplyingBFloat16By tiles: ProductTiles) -> KernelTable {
    KernelTable(
      name: name, matrix: matrix, winograd: winograd,
      winogradInBFloat16: winogradInBFloat16.multiplying(by: tiles), normalization: normalization,
      elementwise: elementwise, peak: peak)
  }
}

/// A read-only vector of floats in memory.
public typealias Source = UnsafePointer<Float>
/// A writable vector of floats in memory.
public typealias Destination = UnsafeMutablePointer<Float>
