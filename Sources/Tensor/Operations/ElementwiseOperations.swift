import Support

extension Backend {
  // Each of these writes into `destination`, of the same shape, where one is given: it may be an
  // argument, which is then overwritten. Large maps live in memory once instead of twice so.

  /// Returns `x > 0 ? x : slope·x`, element by element.
  public func leakyRectifier(
    _ x: Tensor, slope: Float, into destination: Tensor? = nil
  ) -> Tensor {
    let start = operationStart
    defer { report("leaky rectifier", since: start, [x.shape]) }
    return map(x, into: destination) {
      kernels.elementwise.leaky(x.pointer + $0.lowerBound, slope, $1, $0.count)
    }
  }

  /// Returns the gradient of `leakyRectifier` from its output: `y > 0 ? dy : slope·dy`.
  ///
  /// The output serves as well as the input, because for `slope ≥ 0` it is above zero exactly where
  /// the input is. Traps where the slope is below zero or the shapes differ.
  public func leakyRectifierGradient(
    output y: Tensor, _ dy: Tensor, slope: Float, into destination: Tensor? = nil
  ) -> Tensor {
    let start = operationStart
    defer { report("leaky rectifier gradient", since: start, [y.shape]) }
    requireEqual(dy.shape, y.shape, "leakyRectifierGradient")
    require(slope >= 0, "a rectifier's slope is not below zero, found \(slope)")
    return map(y, into: destination) {
      kernels.elementwise.leakyGradient(
        y.pointer + $0.lowerBound, dy.pointer + $0.lowerBound, slope, $1, $0.count)
    }
  }

  /// Returns tanh x, element by element.
  public func tanh(_ x: Tensor, into destination: Tensor? = nil) -> Tensor {
    let start = operationStart
    defer { report("tanh", since: start, [x.shape]) }
    return map(x, into: destination) {
      kernels.elementwise.tanh(x.pointer + $0.lowerBound, $1, $0.count)
    }
  }

  /// Returns the gradient of `tanh` from its output: `dy·(1 − y²)`.
  public func tanhGradient(
    output y: Tensor, _ dy: Tensor, into destination: Tensor? = nil
  ) -> Tensor {
    let start = operationStart
    defer { report("tanh gradient", since: start, [y.shape]) }
    requireEqual(dy.shape, y.shape, "tanhGradient")
    return map(y, into: destination) {
      kernels.elementwise.tanhGradient(
        y.pointer + $0.lowerBound, dy.pointer + $0.lowerBound, $1, $0.count)
    }
  }

  /// Returns `1 / (1 + e⁻ˣ)`, element by element.
  public func sigmoid(_ x: Tensor) -> Tensor {
    let start = operationStart
    defer { report("sigmoid", since: start, [x.shape]) }
    return map(x) { kernels.elementwise.sigmoid(x.pointer + $0.lowerBound, $1, $0.count) }
  }

  /// Adds x to y, in place; traps where the shapes differ.
  public func add(_ x: Tensor, to y: Tensor) {
    let start = operationStart
    defer { report("addition", since: start, [x.shape]) }
    requireEqual(x.shape, y.shape, "add")
    forEachPiece(of: x.count) {
      kernels.elementwise.add(x.pointer + $0.lowerBound, y.pointer + $0.lowerBound, $0.count)
    }
  }

  /// Fills a tensor of x's shape piece by piece.
  private func map(
    _ x: Tensor, into destination: Tensor? = nil,
    _ body: (Range<Int>, UnsafeMutablePointer<Float>) -> Void
  ) -> Tensor {
    let y = destination ?? makeTensor(uninitialized: x.shape)
    requireEqual(y.shape, x.shape, "the destination of an operation")
    forEachPiece(of: x.count) { body($0, y.pointer + $0.lowerBound) }
    return y
  }
}
