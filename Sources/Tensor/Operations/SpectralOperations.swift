/// The largest singular value of a filter by power iteration, and what dividing by it does to
/// gradients: Miyato et al. 2018, "Spectral Normalization for Generative Adversarial Networks"
/// (arXiv 1802.05957).
///
/// W is a convolution's filter `[k, k, I, O]` as a matrix that takes a window of the large map to a
/// point of the small one: O × k·k·I, whose column (y, x, i) lies as a row of the tensor. Sums are made
/// in Double, in an order that depends on the shape alone.
extension Backend {
  /// The least length that a vector is divided by, as in PyTorch: a filter of zeros stays zero.
  private static let leastLength = 1e-12

  /// Moves u and v towards the singular vectors of the largest singular value by one power iteration,
  /// in place: `v = Wᵀu / ‖Wᵀu‖`, then `u = Wv / ‖Wv‖`.
  ///
  /// - Parameters:
  ///   - filter: W, `[k, k, I, O]`.
  ///   - left: u, `[1, 1, 1, O]`; any length will do. Traps where the shape differs.
  ///   - right: v, `[k, k, I, 1]`; what it holds before does not count. Traps where the shape differs.
  public func iteratePower(_ filter: Tensor, left: Tensor, right: Tensor) {
    let start = operationStart
    defer { report("power iteration", since: start, [filter.shape]) }
    requireVectors(left, right, of: filter.shape)
    let columns = filter.shape.channels
    let transposed = rowSums(filter.shape) { row in
      let line = filter.pointer + row * columns
      return (0..<columns).reduce(0.0) { $0 + Double(line[$1]) * Double(left.pointer[$1]) }
    }
    Self.assign(transposed, dividedByLengthTo: right)
    Self.assign(product(filter, right), dividedByLengthTo: left)
  }

  /// Returns σ = uᵀWv, the largest singular value once u and v are its singular vectors, and at least
  /// 1e-12; shapes and traps as for `iteratePower`.
  public func spectralNorm(_ filter: Tensor, left: Tensor, right: Tensor) -> Float {
    let start = operationStart
    defer { report("spectral norm", since: start, [filter.shape]) }
    requireVectors(left, right, of: filter.shape)
    let norm = zip(product(filter, right), left.values).reduce(0.0) { $0 + $1.0 * Double($1.1) }
    return Float(max(norm, Self.leastLength))
  }

  /// Returns the gradient of a loss with respect to W, given that with respect to N = W / σ, with u and
  /// v as constants: `(G − ⟨G, N⟩·uvᵀ) / σ`.
  ///
  /// - Parameters:
  ///   - gradient: G, of the filter's shape, as is `normalized`, N; otherwise it traps.
  ///   - left: u, as for `iteratePower`, and so is `right`, v.
  ///   - norm: σ.
  public func spectralNormGradient(
    _ gradient: Tensor, normalized: Tensor, left: Tensor, right: Tensor, norm: Float
  ) -> Tensor {
    let start = operationStart
    defer { report("spectral norm's gradient", since: start, [gradient.shape]) }
    requireEqual(normalized.shape, gradient.shape, "a normalized filter")
    requireVectors(left, right, of: gradient.shape)
    let columns = gradient.shape.channels
    let inner = rowSums(gradient.shape) { row in
      let (g, n) = (gradient.pointer + row * columns, normalized.pointer + row * columns)
      return (0..<columns).reduce(0.0) { $0 + Double(g[$1]) * Double(n[$1]) }
    }.reduce(0, +)
    let result = makeTensor(uninitialized: gradient.shape)
    forEachRowPiece(gradient.shape) { rows in
      for row in rows {
        let radial = inner * Double(right.pointer[row])
        for index in row * columns..<(row + 1) * columns {
          let along = radial * Double(left.pointer[index - row * columns])
          result.pointer[index] = Float((Double(gradient.pointer[index]) - along) / Double(norm))
        }
      }
    }
    return result
  }

  /// Divides each element by a number, into a tensor of the same shape; otherwise it traps.
  public func divide(_ x: Tensor, by divisor: Float, into result: Tensor) {
    let start = operationStart
    defer { report("division", since: start, [x.shape]) }
    requireEqual(result.shape, x.shape, "a division's result")
    forEachPiece(of: x.count) { piece in
      for i in piece { result.pointer[i] = x.pointer[i] / divisor }
    }
  }

  /// Returns Wv, a sum for each column of the tensor.
  private func product(_ filter: Tensor, _ right: Tensor) -> [Double] {
    let (rows, columns, block) = (filter.shape.rows, filter.shape.channels, 64)
    return [Double](unsafeUninitializedCapacity: columns) { buffer, count in
      buffer.initialize(repeating: 0)
      let sums = buffer
      pool.parallelFor((columns + block - 1) / block) { index, _ in
        let piece = index * block..<min(columns, (index + 1) * block)
        for row in 0..<rows {
          let (line, v) = (filter.pointer + row * columns, Double(right.pointer[row]))
          for column in piece { sums[column] += Double(line[column]) * v }
        }
      }
      count = columns
    }
  }

  /// Returns a sum for each row of a tensor.
  private func rowSums(_ shape: Shape, _ sum: (_ row: Int) -> Double) -> [Double] {
    [Double](unsafeUninitializedCapacity: shape.rows) { buffer, count in
      buffer.initialize(repeating: 0)
      let sums = buffer
      forEachRowPiece(shape) { rows in for row in rows { sums[row] = sum(row) } }
      count = shape.rows
    }
  }

  private static func assign(_ values: [Double], dividedByLengthTo vector: Tensor) {
    let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    for (index, value) in values.enumerated() {
      vector.pointer[index] = Float(value / max(length, leastLength))
    }
  }

  private func requireVectors(_ left: Tensor, _ right: Tensor, of filter: Shape) {
    requireEqual(left.shape, Shape(vector: filter.channels), "the left singular vector")
    requireEqual(
      right.shape, Shape(filter.batch, filter.height, filter.width, 1), "the right singular vector")
  }
}
