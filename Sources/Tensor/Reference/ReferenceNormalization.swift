extension Reference {
  /// Returns each channel's mean and biased variance.
  public static func statistics(_ x: ReferenceTensor) -> (mean: [Double], variance: [Double]) {
    let (rows, channels) = (x.shape.rows, x.shape.channels)
    var mean = Array(repeating: 0.0, count: channels)
    var variance = mean
    for r in 0..<rows {
      for c in 0..<channels { mean[c] += x.values[r * channels + c] / Double(rows) }
    }
    for r in 0..<rows {
      for c in 0..<channels {
        let d = x.values[r * channels + c] - mean[c]
        variance[c] += d * d / Double(rows)
      }
    }
    return (mean, variance)
  }

  /// Returns what `Backend.batchNormalize` computes with the given statistics.
  public static func batchNormalize(
    _ x: ReferenceTensor, mean: [Double], variance: [Double], gamma: [Double], beta: [Double],
    slope: Double, epsilon: Double = 1e-5
  ) -> ReferenceTensor {
    var y = x
    let channels = x.shape.channels
    for index in y.values.indices {
      let c = index % channels
      let z =
        gamma[c] * (x.values[index] - mean[c]) / (variance[c] + epsilon).squareRoot() + beta[c]
      y.values[index] = z > 0 ? z : slope * z
    }
    return y
  }

  /// Returns what `Backend.batchNormalizeGradient` computes, by the chain rule through mean and
  /// variance.
  public static func batchNormalizeGradient(
    _ x: ReferenceTensor, _ dy: ReferenceTensor, gamma: [Double], beta: [Double], slope: Double,
    epsilon: Double = 1e-5
  ) -> (input: ReferenceTensor, gamma: [Double], beta: [Double]) {
    let channels = x.shape.channels
    let m = Double(x.shape.rows)
    let (mean, variance) = statistics(x)
    let deviation = variance.map { ($0 + epsilon).squareRoot() }
    var dz = dy
    var (dGamma, dBeta) = (
      Array(repeating: 0.0, count: channels), Array(repeating: 0.0, count: channels)
    )
    for index in dz.values.indices {
      let c = index % channels
      let normalized = (x.values[index] - mean[c]) / deviation[c]
      if gamma[c] * normalized + beta[c] <= 0 { dz.values[index] *= slope }
      dBeta[c] += dz.values[index]
      dGamma[c] += dz.values[index] * normalized
    }
    var dx = dz
    for index in dx.values.indices {
      let c = index % channels
      let normalized = (x.values[index] - mean[c]) / deviation[c]
      dx.values[index] =
        gamma[c] / deviation[c] * (dz.values[index] - dBeta[c] / m - normalized * dGamma[c] / m)
    }
    return (dx, dGamma, dBeta)
  }
}
