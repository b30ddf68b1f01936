extension Backend {
  /// Moves an average towards new values, in place: `a += weight · (x − a)`.
  ///
  /// - Parameters:
  ///   - average: a.
  ///   - values: x, of the same shape; otherwise it traps.
  ///   - weight: 1 replaces the average, 0 leaves it as it is.
  public func moveAverage(_ average: Tensor, towards values: Tensor, weight: Float) {
    let start = operationStart
    defer { report("moving average", since: start, [average.shape]) }
    requireEqual(values.shape, average.shape, "a moving average's values")
    forEachPiece(of: average.count) { piece in
      for i in piece {
        average.pointer[i] += weight * (values.pointer[i] - average.pointer[i])
      }
    }
  }
}
