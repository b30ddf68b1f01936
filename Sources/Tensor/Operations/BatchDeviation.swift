import Support

extension Backend {
  /// Beside the variance, so that the root has a slope where all images are alike.
  private static let deviationEpsilon = 1e-8

  /// Returns how much the maps of a batch differ: the standard deviation over its images,
  /// `σ = √(mean (x − μ)² + 1e-8)`, of every channel at every point, and the mean of these.
  ///
  /// Karras et al. 2018 (arXiv 1710.10196), §3. Sums are in Double, in one order, over the whole batch
  /// where ranks share it.
  public func batchDeviation(_ x: Tensor) -> Float {
    let x = gathered(x)
    let start = operationStart
    defer { report("batch deviation", since: start, [x.shape]) }
    let deviations = spread(of: x).deviations
    return Float(deviations.reduce(0, +) / Double(deviations.count))
  }

  /// Returns the gradient of `batchDeviation`: `dx = dy·(x − μ) / (n·σ·m)`, with n the images and m the
  /// channels of all points.
  ///
  /// - Parameter dy: the deviation's gradient.
  public func batchDeviationGradient(_ x: Tensor, _ dy: Float) -> Tensor {
    let whole = gathered(x)
    let start = operationStart
    defer { report("batch deviation gradient", since: start, [x.shape]) }
    let (means, deviations) = spread(of: whole)
    let (images, places) = (whole.shape.batch, means.count)
    let factors = deviations.map { Double(dy) / (Double(images) * $0 * Double(places)) }
    let dx = makeTensor(uninitialized: x.shape)
    for image in 0..<x.shape.batch {
      let (source, target) = (x.pointer + image * places, dx.pointer + image * places)
      for place in 0..<places {
        target[place] = Float((Double(source[place]) - means[place]) * factors[place])
      }
    }
    withExtendedLifetime(x) {}
    return dx
  }

  /// Returns maps with one more channel, which holds the same value everywhere.
  public func appendChannel(_ value: Float, to x: Tensor) -> Tensor {
    let start = operationStart
    defer { report("channel added", since: start, [x.shape]) }
    let (shape, channels) = (x.shape, x.shape.channels)
    let result = makeTensor(
      uninitialized: Shape(shape.batch, shape.height, shape.width, channels + 1))
    for row in 0..<shape.rows {
      let target = result.pointer + row * (channels + 1)
      target.update(from: x.pointer + row * channels, count: channels)
      target[channels] = value
    }
    withExtendedLifetime(x) {}
    return result
  }

  /// Returns the gradients of `appendChannel`: the maps', and the value's, which is the sum of the last
  /// channel, of the whole batch where ranks share it.
  public func appendChannelGradient(_ dy: Tensor) -> (input: Tensor, value: Float) {
    let start = operationStart
    let (shape, channels) = (dy.shape, dy.shape.channels - 1)
    let dx = makeTensor(uninitialized: Shape(shape.batch, shape.height, shape.width, channels))
    var last: [Float] = []
    for row in 0..<shape.rows {
      let source = dy.pointer + row * (channels + 1)
      (dx.pointer + row * channels).update(from: source, count: channels)
      last.append(source[channels])
    }
    withExtendedLifetime(dy) {}
    report("channel added gradient", since: start, [dy.shape])
    return (dx, Float(gathered(last).reduce(0.0) { $0 + Double($1) }))
  }

  /// Returns μ and σ over the images, of every channel at every point.
  private func spread(of x: Tensor) -> (means: [Double], deviations: [Double]) {
    let images = x.shape.batch
    let places = x.count / images
    var means = [Double](repeating: 0, count: places)
    var squares = [Double](repeating: 0, count: places)
    x.withUnsafeMutablePointer { values in
      for image in 0..<images {
        for place in 0..<places { means[place] += Double(values[image * places + place]) }
      }
      for place in 0..<places { means[place] /= Double(images) }
      for image in 0..<images {
        for place in 0..<places {
          let distance = Double(values[image * places + place]) - means[place]
          squares[place] += distance * distance
        }
      }
    }
    let deviations = squares.map { ($0 / Double(images) + Self.deviationEpsilon).squareRoot() }
    return (means, deviations)
  }
}
