import KernelTable

/// What batch normalization in training mode leaves behind for its gradient.
///
/// All vectors have one element a channel; σ = √(variance + ε).
public struct BatchStatistics: Sendable {
  /// The mean over the batch, rows and columns.
  public let mean: Tensor
  /// The biased variance over the same.
  public let variance: Tensor
  /// 1 / σ.
  public let inverseDeviation: Tensor
}

/// The gradients of batch normalization.
public struct BatchNormalizationGradient {
  /// The input's, of its shape.
  public let input: Tensor
  /// γ's, one element a channel.
  public let gamma: Tensor
  /// β's, one element a channel.
  public let beta: Tensor
}

extension Backend {
  /// Returns each channel's mean and variance over a batch of maps.
  ///
  /// Pieces of a fixed number of rows are summed in two passes, mean first, and merged in Double in
  /// ascending order (Chan, Golub & LeVeque 1983), so nothing cancels and the result does not
  /// depend on the threads. Where ranks share the batch they are those of the whole.
  public func batchStatistics(_ x: Tensor, epsilon: Double = 1e-5) -> BatchStatistics {
    guard areChannelPiecesOwn(x.shape) else {
      let whole = gathered(x)
      return withoutRanks { batchStatistics(whole, epsilon: epsilon) }
    }
    let start = operationStart
    let channels = x.shape.channels
    let sums = channelPieces(x.shape, sums: 2) { rows, target in
      let first = x.pointer + rows.lowerBound * channels
      let (mean, deviations) = (target, target + channels)
      kernels.normalization.sum(first, rows.count, channels, mean)
      for c in 0..<channels { mean[c] /= Float(rows.count) }
      kernels.normalization.squaredDeviations(first, rows.count, channels, mean, deviations)
    }
    report("batch statistics", since: start, [x.shape])
    gatherParts(of: sums.values)
    let shape = Shape(vector: channels)
    let statistics = BatchStatistics(
      mean: makeTensor(uninitialized: shape), variance: makeTensor(uninitialized: shape),
      inverseDeviation: makeTensor(uninitialized: shape))
    withExtendedLifetime(sums.values) {
      for c in 0..<channels {
        let (mean, variance) = merge(sums, channel: c, channels: channels)
        statistics.mean.pointer[c] = Float(mean)
        statistics.variance.pointer[c] = Float(variance)
        statistics.inverseDeviation.pointer[c] = Float(1 / (variance + epsilon).squareRoot())
      }
    }
    return statistics
  }

  /// Merges the pieces' means and squared deviations of one channel.
  private func merge(_ sums: ChannelPieces, channel: Int, channels: Int) -> (Double, Double) {
    var (count, mean, deviations) = (0.0, 0.0, 0.0)
    for (piece, rows) in sums.counts.enumerated() {
      let row = sums.values.pointer + piece * 2 * channels + channel
      let n = Double(rows)
      let delta = Double(row[0]) - mean
      let total = count + n
      mean += delta * n / total
      deviations += Double(row[channels]) + delta * delta * count * n / total
      count = total
    }
    return (mean, deviations / count)
  }

  /// Returns `leaky(γ·(x − μ)/σ + β)`, with `leaky(z) = z > 0 ? z : slope·z`.
  ///
  /// Slope 0 is ReLU, slope 1 no activation. With the statistics of `batchStatistics` this is the
  /// training mode (Ioffe & Szegedy 2015, arXiv 1502.03167), with running ones the evaluation mode.
  /// Traps where a vector does not have one element a channel.
  public func batchNormalize(
    _ x: Tensor, mean: Tensor, inverseDeviation: Tensor, gamma: Tensor, beta: Tensor,
    slope: Float = 1
  ) -> Tensor {
    lazyBatchNormalize(
      x, mean: mean, inverseDeviation: inverseDeviation, gamma: gamma, beta: beta, slope: slope
    ).computed()
  }

  /// Returns `leaky(scale·x + shift)`.
  func normalize(
    _ x: Tensor, by affine: (scale: Tensor, shift: Tensor), slope: Float
  ) -> Tensor {
    let start = operationStart
    defer { report("batch normalization", since: start, [x.shape]) }
    let y = makeTensor(uninitialized: x.shape)
    let channels = x.shape.channels
    withExtendedLifetime(affine) {
      forEachRowPiece(x.shape) { rows in
        let offset = rows.lowerBound * channels
        kernels.normalization.apply(
          x.pointer + offset, rows.count, channels, affine.scale.pointer, affine.shift.pointer,
          slope, y.pointer + offset)
      }
    }
    return y
  }

  /// Returns the gradients of training-mode `batchNormalize`, rectifier included.
  ///
  /// With dz the gradient before the rectifier, x̂ = (x − μ)/σ and m values a channel,
  /// `dβ = Σ dz`, `dγ = Σ dz·x̂`, `dx = γ/σ · (dz − dβ/m − x̂·dγ/m)`. The rectifier's side is found
  /// again from x, so its output need not be kept. dx is written into `destination` where one is
  /// given, which may be dy. Where ranks share the batch dβ and dγ are those of the whole.
  public func batchNormalizeGradient(
    _ x: Tensor, _ dy: Tensor, statistics: BatchStatistics, gamma: Tensor, beta: Tensor,
    slope: Float = 1, into destination: Tensor? = nil
  ) -> BatchNormalizationGradient {
    requireEqual(dy.shape, x.shape, "batchNormalizeGradient")
    let channels = x.shape.channels
    let affine = affine(
      mean: statistics.mean, inverseDeviation: statistics.inverseDeviation, gamma: gamma,
      beta: beta)
    requireEqual(affine.scale.shape, Shape(vector: channels), "batchNormalize on \(x.shape)")
    let parameters = NormalizationParameters(
      mean: statistics.mean.pointer, scale: affine.scale.pointer, shift: affine.shift.pointer,
      slope: slope)
    return withExtendedLifetime((statistics, affine)) {
      let sums = gradientSums(x, dy, parameters, statistics.inverseDeviation)
      let start = operationStart
      defer { report("batch normalization gradient", since: start, [x.shape]) }
      let dx = destination ?? makeTensor(uninitialized: x.shape)
      requireEqual(dx.shape, x.shape, "the destination of batch normalization's gradient")
      writeInputGradient(
        x, dy, parameters, affine.scale, statistics.inverseDeviation, sums, to: dx)
      return BatchNormalizationGradient(input: dx, gamma: sums.gamma, beta: sums.beta)
    }
  }

  /// Returns dγ and dβ.
  private func gradientSums(
    _ x: Tensor, _ dy: Tensor, _ parameters: NormalizationParameters, _ inverseDeviation: Tensor
  ) -> (gamma: Tensor, beta: Tensor) {
    guard areChannelPiecesOwn(x.shape) else {
      let (x, dy) = (gathered(x), gathered(dy))
      return withoutRanks { gradientSums(x, dy, parameters, inverseDeviation) }
    }
    let start = operationStart
    let channels = x.shape.channels
    let pieces = channelPieces(x.shape, sums: 2) { rows, target in
      let offset = rows.lowerBound * channels
      kernels.normalization.gradientSums(
        x.pointer + offset, dy.pointer + offset, rows.count, channels, parameters, target,
        target + channels)
    }
    report("batch normalization sums", since: start, [x.shape])
    gatherParts(of: pieces.values)
    let gamma = makeTensor(uninitialized: Shape(vector: channels))
    let beta = makeTensor(uninitialized: Shape(vector: channels))
    withExtendedLifetime(pieces.values) {
      for c in 0..<channels {
        var (first, second) = (0.0, 0.0)
        for piece in pieces.counts.indices {
          let row = pieces.values.pointer + piece * 2 * channels + c
          first += Double(row[0])
          second += Double(row[channels])
        }
        beta.pointer[c] = Float(first)
        gamma.pointer[c] = Float(second * Double(inverseDeviation.pointer[c]))
      }
    }
    return (gamma, beta)
  }

  /// Computes dx.
  private func writeInputGradient(
    _ x: Tensor, _ dy: Tensor, _ parameters: NormalizationParameters, _ scale: Tensor,
    _ inverseDeviation: Tensor, _ sums: (gamma: Tensor, beta: Tensor), to dx: Tensor
  ) {
    let channels = x.shape.channels
    let count = Float(wholeShape(x.shape).rows)
    let offset = makeTensor(uninitialized: Shape(vector: channels))
    let factor = makeTensor(uninitialized: Shape(vector: channels))
    for c in 0..<channels {
      let s = scale.pointer[c] / count
      offset.pointer[c] = s * sums.beta.pointer[c]
      factor.pointer[c] = s * sums.gamma.pointer[c] * inverseDeviation.pointer[c]
    }
    withExtendedLifetime((offset, factor)) {
      forEachRowPiece(x.shape) { rows in
        let start = rows.lowerBound * channels
        kernels.normalization.gradient(
          x.pointer + start, dy.pointer + start, rows.count, channels, parameters, offset.pointer,
          factor.pointer, dx.pointer + start)
      }
    }
  }
}
