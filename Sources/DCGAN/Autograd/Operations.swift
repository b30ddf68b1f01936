import Tensor

extension Tape {
  /// Returns the convolution of maps with a filter, rectified where the slope is not 1; see
  /// `Backend.convolve`.
  public func convolve(
    _ large: Variable, _ filter: Variable, _ geometry: ConvolutionGeometry, slope: Float = 1
  ) -> Variable {
    let value = backend.convolve(lazy: large.map, filter.value, geometry, slope: slope)
    let output = slope == 1 ? nil : value
    let (target, kept) = (large.target, filter.wantsGradient ? large.later : nil)
    return record(value, of: [large, filter]) { [unowned self] gradient in
      var small = LazyMap(gradient)
      if let output {
        // Two readers would compute it twice.
        small =
          target.wantsGradient && kept != nil
          ? LazyMap(
            backend.leakyRectifierGradient(
              output: output, gradient, slope: slope, into: gradient))
          : backend.lazyLeakyRectifierGradient(output: output, gradient, slope: slope)
      }
      if target.wantsGradient {
        add(backend.convolveTransposed(lazy: small, filter.value, geometry), to: target)
      }
      if let kept { addFilterGradient(large: kept, small: small, geometry, to: filter.target) }
    }
  }

  /// Returns the transposed convolution of maps; see `Backend.convolveTransposed`.
  public func convolveTransposed(
    _ small: Variable, _ filter: Variable, _ geometry: ConvolutionGeometry
  ) -> Variable {
    let value = backend.convolveTransposed(lazy: small.map, filter.value, geometry)
    let (target, kept) = (small.target, filter.wantsGradient ? small.later : nil)
    return record(value, of: [small, filter]) { [unowned self] gradient in
      if target.wantsGradient {
        add(backend.convolve(gradient, filter.value, geometry), to: target)
      }
      if let kept {
        addFilterGradient(large: LazyMap(gradient), small: kept, geometry, to: filter.target)
      }
    }
  }

  /// Adds a filter's gradient, straight into the arena where the filter is a parameter.
  private func addFilterGradient(
    large: LazyMap, small: LazyMap, _ geometry: ConvolutionGeometry, to filter: GradientTarget
  ) {
    switch filter.source {
    case .constant: break
    case .parameter(let parameter):
      backend.addFilterGradient(
        lazyLarge: large, lazySmall: small, geometry, to: parameter.gradient, isNeeded: false)
    case .operation:
      let gradient = backend.makeTensor(uninitialized: filter.shape)
      backend.addFilterGradient(
        lazyLarge: large, lazySmall: small, geometry, to: gradient, accumulate: false)
      add(gradient, to: filter)
    }
  }

  /// Returns `leaky(γ·(x − μ)/σ + β)` with the statistics of x itself; see
  /// `Backend.batchNormalize`.
  ///
  /// The tape keeps x. The result is computed where it is read, on the way back too where a
  /// filter's gradient asks for it.
  ///
  /// - Parameter labels: the class of each image, whose γ and β are its own; nil where one of each serves
  ///   all.
  public func batchNormalize(
    _ x: Variable, gamma: Variable, beta: Variable, statistics: BatchStatistics,
    labels: [Int]? = nil, slope: Float
  ) -> Variable {
    if let labels {
      return batchNormalize(
        x, gamma: gamma, beta: beta, statistics: statistics, classes: labels, slope: slope)
    }
    let map = backend.lazyBatchNormalize(
      x.value, mean: statistics.mean, inverseDeviation: statistics.inverseDeviation,
      gamma: gamma.value, beta: beta.value, slope: slope)
    return record(lazy: map, of: [x, gamma, beta]) { [unowned self] gradient in
      let gradients = backend.batchNormalizeGradient(
        x.value, gradient, statistics: statistics, gamma: gamma.value, beta: beta.value,
        slope: slope, into: gradient)
      add(gradients.input, to: x.target)
      add(gradients.gamma, to: gamma.target)
      add(gradients.beta, to: beta.target)
    }
  }

  /// Returns `x > 0 ? x : slope·x`.
  ///
  /// In place, x's own memory holds the result: for an x that nothing else uses, and whose operation
  /// does not need its own result to go back, as a convolution that is not rectified does not.
  public func leakyRectifier(_ x: Variable, slope: Float, inPlace: Bool = false) -> Variable {
    let value = backend.leakyRectifier(x.value, slope: slope, into: inPlace ? x.value : nil)
    let target = x.target
    return record(value, of: [x]) { [unowned self] gradient in
      let result = backend.leakyRectifierGradient(
        output: value, gradient, slope: slope, into: gradient)
      add(result, to: target)
    }
  }

  /// Returns tanh x; `inPlace` as for `leakyRectifier`.
  public func tanh(_ x: Variable, inPlace: Bool = false) -> Variable {
    let value = backend.tanh(x.value, into: inPlace ? x.value : nil)
    let target = x.target
    return record(value, of: [x]) { [unowned self] gradient in
      add(backend.tanhGradient(output: value, gradient, into: gradient), to: target)
    }
  }
}
