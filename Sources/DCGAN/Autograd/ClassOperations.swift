import Tensor

extension Tape {
  /// Returns `leaky(γ·(x − μ)/σ + β)` with the statistics of x itself and the γ and β of each image's
  /// class; see `Backend.lazyBatchNormalize`. The tape keeps x.
  func batchNormalize(
    _ x: Variable, gamma: Variable, beta: Variable, statistics: BatchStatistics,
    classes labels: [Int], slope: Float
  ) -> Variable {
    let map = backend.lazyBatchNormalize(
      x.value, mean: statistics.mean, inverseDeviation: statistics.inverseDeviation,
      gamma: gamma.value, beta: beta.value, labels: labels, slope: slope)
    return record(lazy: map, of: [x, gamma, beta]) { [unowned self] gradient in
      let gradients = backend.batchNormalizeGradient(
        x.value, gradient, statistics: statistics, gamma: gamma.value, beta: beta.value,
        labels: labels, slope: slope, into: gradient)
      add(gradients.input, to: x.target)
      add(gradients.gamma, to: gamma.target)
      add(gradients.beta, to: beta.target)
    }
  }

  /// Returns scores with the projection of each image's map on the vector of its class added; see
  /// `Backend.projectOnClasses`. The tape keeps the map.
  ///
  /// - Parameters:
  ///   - x: `[n, height, width, channels]`.
  ///   - vectors: `[1, classes, 1, channels]`.
  ///   - scores: `[n, 1, 1, 1]`.
  public func addClassProjection(
    of x: Variable, on vectors: Variable, labels: [Int], to scores: Variable
  ) -> Variable {
    let value = backend.projectOnClasses(x.value, vectors: vectors.value, labels: labels)
    backend.add(scores.value, to: value)
    return record(value, of: [x, vectors, scores]) { [unowned self] gradient in
      let gradients = backend.projectOnClassesGradient(
        x.value, gradient, vectors: vectors.value, labels: labels)
      add(gradients.input, to: x.target)
      add(gradients.vectors, to: vectors.target)
      add(gradient, to: scores.target)
    }
  }
}
