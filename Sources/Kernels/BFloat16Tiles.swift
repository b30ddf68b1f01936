import KernelTable

/// See `ComputeTile`: six rows of two registers of pairs.
@Sendable
func computePairTile6x2(_ rows: TileRows, _ runs: Runs, _ panel: TilePanel, _ result: TileResult) {
  computeTile(TwoRegisters<BFloat16Pairs>.self, rows, runs, panel, result, isShort: false)
}

/// See `ComputeTile`: four rows of two registers of pairs.
@Sendable
func computePairTile4x2(_ rows: TileRows, _ runs: Runs, _ panel: TilePanel, _ result: TileResult) {
  computeTile(TwoRegisters<BFloat16Pairs>.self, rows, runs, panel, result, isShort: true)
}

/// See `ComputeOuterProductTile`: six rows of two registers of pairs.
@Sendable
func computePairOuterProductTile6x2(
  _ a: GridFactor, _ b: GridFactor, _ ahead: GridAhead, _ size: GridSize, _ result: GridResult
) {
  computeOuterProductTile(
    TwoRegisters<BFloat16Pairs>.self, a, b, ahead, size, result, isShort: false)
}

/// See `ComputeOuterProductTile`: four rows of two registers of pairs.
@Sendable
func computePairOuterProductTile4x2(
  _ a: GridFactor, _ b: GridFactor, _ ahead: GridAhead, _ size: GridSize, _ result: GridResult
) {
  computeOuterProductTile(
    TwoRegisters<BFloat16Pairs>.self, a, b, ahead, size, result, isShort: true)
}

#if KERNELS_AVX512
  /// See `ComputeTile`: six rows of four registers of pairs.
  @Sendable
  func computePairTile6x4(
    _ rows: TileRows, _ runs: Runs, _ panel: TilePanel, _ result: TileResult
  ) {
    computeTile(FourRegisters<BFloat16Pairs>.self, rows, runs, panel, result, isShort: false)
  }

  /// See `ComputeTile`: four rows of four registers of pairs.
  @Sendable
  func computePairTile4x4(
    _ rows: TileRows, _ runs: Runs, _ panel: TilePanel, _ result: TileResult
  ) {
    computeTile(FourRegisters<BFloat16Pairs>.self, rows, runs, panel, result, isShort: true)
  }

  /// See `ComputeOuterProductTile`: six rows of four registers of pairs.
  @Sendable
  func computePairOuterProductTile6x4(
    _ a: GridFactor, _ b: GridFactor, _ ahead: GridAhead, _ size: GridSize, _ result: GridResult
  ) {
    computeOuterProductTile(
      FourRegisters<BFloat16Pairs>.self, a, b, ahead, size, result, isShort: false)
  }

  /// See `ComputeOuterProductTile`: four rows of four registers of pairs.
  @Sendable
  func computePairOuterProductTile4x4(
    _ a: GridFactor, _ b: GridFactor, _ ahead: GridAhead, _ size: GridSize, _ result: GridResult
  ) {
    computeOuterProductTile(
      FourRegisters<BFloat16Pairs>.self, a, b, ahead, size, result, isShort: true)
  }
#endif
