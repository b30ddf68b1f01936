import KernelTable
import Support

/// The gradients of batch normalization with a γ and a β a class.
public struct ClasswiseNormalizationGradient {
  /// The input's, of its shape.
  public let input: Tensor
  /// Those of every class's γ, `[1, classes, 1, channels]`.
  public let gamma: Tensor
  /// Those of every class's β, likewise.
  public let beta: Tensor
}

/// What each class of images is multiplied by and what is added to it, and the class of each image.
private struct ClasswiseAffine {
  /// γ/σ, `[1, classes, 1, channels]`.
  let scale: Tensor
  /// β − μγ/σ, likewise.
  let shift: Tensor
  /// The class of each image of the batch.
  let labels: [Int]
  /// The rows of an image.
  let area: Int

  /// Calls the body with the rows of each image that lie in a range, and with the image's class.
  func forEachImage(in rows: Range<Int>, _ body: (Range<Int>, _ label: Int) -> Void) {
    var row = rows.lowerBound
    while row < rows.upperBound {
      let image = row / area
      let end = min(rows.upperBound, (image + 1) * area)
      body(row..<end, labels[image])
      row = end
    }
  }
}

extension Backend {
  /// Returns `leaky(γ·(x − μ)/σ + β)` with the γ and β of each image's class, computed where it is read.
  ///
  /// De Vries et al. 2017 (arXiv 1707.00683) call it conditional batch normalization. Traps where the
  /// shapes differ, or a label is that of no class.
  ///
  /// - Parameters:
  ///   - gamma: `[1, classes, 1, channels]`, and so is `beta`.
  ///   - labels: the class of each image of x.
  public func lazyBatchNormalize(
    _ x: Tensor, mean: Tensor, inverseDeviation: Tensor, gamma: Tensor, beta: Tensor,
    labels: [Int], slope: Float = 1
  ) -> LazyMap {
    let channels = x.shape.channels
    let affine = classwiseAffine(
      x, mean: mean, inverseDeviation: inverseDeviation, gamma: gamma, beta: beta, labels: labels)
    let write = { [kernels] (rows: Range<Int>, target: UnsafeMutablePointer<Float>) in
      withExtendedLifetime((x, affine)) {
        affine.forEachImage(in: rows) { part, label in
          kernels.normalization.apply(
            x.pointer + part.lowerBound * channels, part.count, channels,
            affine.scale.pointer + label * channels, affine.shift.pointer + label * channels,
            slope, target + (part.lowerBound - rows.lowerBound) * channels)
        }
      }
    }
    return LazyMap(shape: x.shape, rows: write) { [self] in
      let start = operationStart
      defer { report("classwise batch normalization", since: start, [x.shape]) }
      let y = makeTensor(uninitialized: x.shape)
      forEachRowPiece(x.shape) { write($0, y.pointer + $0.lowerBound * channels) }
      return y
    }
  }

  /// Returns the gradients of `lazyBatchNormalize` with labels, with the statistics of x itself.
  ///
  /// With dz the gradient before the rectifier, x̂ = (x − μ)/σ, m values a channel and γ that of each
  /// image's class, `dβₖ = Σ dz` and `dγₖ = Σ dz·x̂` over the images of class k, and
  /// `dx = (γ·dz − Σₖ γₖ·dβₖ/m − x̂·Σₖ γₖ·dγₖ/m)/σ`. dx is written into `destination` where one is given,
  /// which may be dy. Where ranks share the batch the sums are those of the whole. Traps as that does.
  public func batchNormalizeGradient(
    _ x: Tensor, _ dy: Tensor, statistics: BatchStatistics, gamma: Tensor, beta: Tensor,
    labels: [Int], slope: Float = 1, into destination: Tensor? = nil
  ) -> ClasswiseNormalizationGradient {
    requireEqual(dy.shape, x.shape, "batchNormalizeGradient")
    let channels = x.shape.channels
    let affine = classwiseAffine(
      x, mean: statistics.mean, inverseDeviation: statistics.inverseDeviation, gamma: gamma,
      beta: beta, labels: labels)
    func parameters(_ label: Int) -> NormalizationParameters {
      NormalizationParameters(
        mean: statistics.mean.pointer, scale: affine.scale.pointer + label * channels,
        shift: affine.shift.pointer + label * channels, slope: slope)
    }
    return withExtendedLifetime((statistics, affine)) {
      let sums = classwiseSums(x, dy, affine, statistics.inverseDeviation, parameters)
      let start = operationStart
      defer { report("classwise batch normalization gradient", since: start, [x.shape]) }
      let common = commonTerms(
        affine, sums, statistics.inverseDeviation, rows: wholeShape(x.shape).rows)
      let dx = destination ?? makeTensor(uninitialized: x.shape)
      requireEqual(dx.shape, x.shape, "the destination of batch normalization's gradient")
      forEachRowPiece(x.shape) { rows in
        affine.forEachImage(in: rows) { part, label in
          let first = part.lowerBound * channels
          kernels.normalization.gradient(
            x.pointer + first, dy.pointer + first, part.count, channels, parameters(label),
            common.offset.pointer, common.factor.pointer, dx.pointer + first)
        }
      }
      withExtendedLifetime(common) {}
      return ClasswiseNormalizationGradient(input: dx, gamma: sums.gamma, beta: sums.beta)
    }
  }

  /// Checks the shapes, and finds scale and shift of every class.
  private func classwiseAffine(
    _ x: Tensor, mean: Tensor, inverseDeviation: Tensor, gamma: Tensor, beta: Tensor, labels: [Int]
  ) -> ClasswiseAffine {
    let (channels, classes) = (x.shape.channels, gamma.shape.height)
    requireEqual(mean.shape, Shape(vector: channels), "μ of \(x.shape)")
    requireEqual(gamma.shape, Shape(1, classes, 1, channels), "the classes' γ of \(x.shape)")
    requireEqual(beta.shape, gamma.shape, "the classes' β")
    requireLabels(labels, classes: classes, images: x.shape.batch)
    let scale = makeTensor(uninitialized: gamma.shape)
    let shift = makeTensor(uninitialized: gamma.shape)
    let vector = Shape(vector: channels)
    for label in 0..<classes {
      let own = affine(
        mean: mean, inverseDeviation: inverseDeviation,
        gamma: gamma.view(vector, at: label * channels),
        beta: beta.view(vector, at: label * channels))
      scale.view(vector, at: label * channels).assign(own.scale)
      shift.view(vector, at: label * channels).assign(own.shift)
    }
    return ClasswiseAffine(
      scale: scale, shift: shift, labels: labels, area: x.shape.height * x.shape.width)
  }

  /// Returns every class's dγ and dβ.
  private func classwiseSums(
    _ x: Tensor, _ dy: Tensor, _ affine: ClasswiseAffine, _ inverseDeviation: Tensor,
    _ parameters: (Int) -> NormalizationParameters
  ) -> (gamma: Tensor, beta: Tensor) {
    let start = operationStart
    let channels = x.shape.channels
    let pieces = imagePieces(x.shape)
    let values = makeTensor(uninitialized: Shape(1, pieces.count * rankCount, 2, channels))
    let own = values.pointer + (ranks?.rank ?? 0) * pieces.count * 2 * channels
    pool.parallelFor(pieces.count) { piece, _ in
      let (rows, label) = (pieces[piece], affine.labels[pieces[piece].lowerBound / affine.area])
      let (first, target) = (rows.lowerBound * channels, own + piece * 2 * channels)
      kernels.normalization.gradientSums(
        x.pointer + first, dy.pointer + first, rows.count, channels, parameters(label), target,
        target + channels)
    }
    report("classwise batch normalization sums", since: start, [x.shape])
    gatherParts(of: values)
    let labels = gathered(affine.labels)
    let shape = affine.scale.shape
    var sums = [Double](repeating: 0, count: 2 * shape.count)
    for (piece, rows) in imagePieces(wholeShape(x.shape)).enumerated() {
      let place = labels[rows.lowerBound / affine.area] * channels
      let row = values.pointer + piece * 2 * channels
      for c in 0..<channels {
        sums[place + c] += Double(row[c])
        sums[shape.count + place + c] += Double(row[channels + c])
      }
    }
    withExtendedLifetime(values) {}
    let deviations = inverseDeviation.values.map(Double.init)
    let gamma = (0..<shape.count).map { Float(sums[shape.count + $0] * deviations[$0 % channels]) }
    return (
      Tensor(gamma, shape: shape), Tensor(sums[..<shape.count].map { Float($0) }, shape: shape)
    )
  }

  /// The rows of each image in pieces whose sums are chains of no more than 256 Float additions.
  private func imagePieces(_ shape: Shape) -> [Range<Int>] {
    let area = shape.height * shape.width
    return (0..<shape.batch).flatMap { image in
      stride(from: image * area, to: (image + 1) * area, by: 256).map {
        $0..<min((image + 1) * area, $0 + 256)
      }
    }
  }

  /// Returns what the gradient of the input has in common over all images: `Σₖ scaleₖ·dβₖ/m`, and
  /// `Σₖ scaleₖ·dγₖ/(m·σ)`.
  private func commonTerms(
    _ affine: ClasswiseAffine, _ sums: (gamma: Tensor, beta: Tensor), _ inverseDeviation: Tensor,
    rows: Int
  ) -> (offset: Tensor, factor: Tensor) {
    let (classes, channels) = (affine.scale.shape.height, affine.scale.shape.channels)
    let scale = affine.scale.values
    let (gamma, beta) = (sums.gamma.values, sums.beta.values)
    let deviations = inverseDeviation.values
    var (offset, factor) = ([Float](), [Float]())
    for c in 0..<channels {
      var (first, second) = (0.0, 0.0)
      for place in stride(from: c, to: classes * channels, by: channels) {
        first += Double(scale[place]) * Double(beta[place])
        second += Double(scale[place]) * Double(gamma[place])
      }
      offset.append(Float(first / Double(rows)))
      factor.append(Float(second / Double(rows) * Double(deviations[c])))
    }
    let shape = Shape(vector: channels)
    return (Tensor(offset, shape: shape), Tensor(factor, shape: shape))
  }
}

/// Traps where there is not one label an image, or one is that of no class.
func requireLabels(_ labels: [Int], classes: Int, images: Int) {
  require(labels.count == images, "\(labels.count) labels for \(images) images")
  require(
    labels.allSatisfy((0..<classes).contains), "labels \(labels) of \(classes) classes")
}
