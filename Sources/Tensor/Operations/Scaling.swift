extension Backend {
  /// Multiplies each element by a factor, in place.
  public func scale(_ x: Tensor, by factor: Float) {
    let start = operationStart
    defer { report("scaling", since: start, [x.shape]) }
    forEachPiece(of: x.count) { piece in
      for index in piece { x.pointer[index] *= factor }
    }
  }
}
