import Support

/// The gradients of a projection on the vectors of classes.
public struct ClassProjectionGradient {
  /// The map's, of its shape.
  public let input: Tensor
  /// Those of the vectors, `[1, classes, 1, channels]`.
  public let vectors: Tensor
}

extension Backend {
  /// Returns the inner product of each image's sum over its points with the vector of its class,
  /// `[n, 1, 1, 1]`: `⟨v(y), Σₚ x(p)⟩`.
  ///
  /// Miyato & Koyama 2018 (arXiv 1802.05637), the projection of their discriminator. Sums are in Double.
  /// Traps where the shapes do not fit, or a label is that of no class.
  ///
  /// - Parameters:
  ///   - x: `[n, height, width, channels]`.
  ///   - vectors: `[1, classes, 1, channels]`.
  ///   - labels: the class y of each image.
  public func projectOnClasses(_ x: Tensor, vectors: Tensor, labels: [Int]) -> Tensor {
    let start = operationStart
    defer { report("class projection", since: start, [x.shape]) }
    checkProjection(x, vectors, labels)
    let channels = x.shape.channels
    let sums = imageSums(x)
    let vectors = vectors.values
    let products = labels.indices.map { image in
      (0..<channels).reduce(0.0) {
        $0 + sums[image * channels + $1] * Double(vectors[labels[image] * channels + $1])
      }
    }
    return Tensor(products.map { Float($0) }, shape: Shape(x.shape.batch, 1, 1, 1))
  }

  /// Returns the gradients of `projectOnClasses`: `dx(p) = dy·v(y)` at every point, and for the vector of
  /// class k `Σ dy·Σₚ x(p)` over the images of that class, of the whole batch where ranks share it.
  public func projectOnClassesGradient(
    _ x: Tensor, _ dy: Tensor, vectors: Tensor, labels: [Int]
  ) -> ClassProjectionGradient {
    let start = operationStart
    checkProjection(x, vectors, labels)
    requireEqual(dy.shape, Shape(x.shape.batch, 1, 1, 1), "the gradient of a projection")
    let (channels, area) = (x.shape.channels, x.shape.height * x.shape.width)
    let gradients = dy.values
    let dx = makeTensor(uninitialized: x.shape)
    for (image, label) in labels.enumerated() {
      let vector = vectors.pointer + label * channels
      let target = dx.pointer + image * area * channels
      for c in 0..<channels { target[c] = gradients[image] * vector[c] }
      for point in 1..<max(1, area) {
        (target + point * channels).update(from: target, count: channels)
      }
    }
    let ownSums = imageSums(x)
    report("class projection gradient", since: start, [x.shape])
    let (sums, allGradients) = (gathered(ownSums), gathered(gradients))
    var vectorSums = [Double](repeating: 0, count: vectors.count)
    for (image, label) in gathered(labels).enumerated() {
      for c in 0..<channels {
        vectorSums[label * channels + c] +=
          Double(allGradients[image]) * sums[image * channels + c]
      }
    }
    withExtendedLifetime(vectors) {}
    return ClassProjectionGradient(
      input: dx, vectors: Tensor(vectorSums.map { Float($0) }, shape: vectors.shape))
  }

  /// Returns each image's sum over its points, a value a channel.
  private func imageSums(_ x: Tensor) -> [Double] {
    let (channels, area) = (x.shape.channels, x.shape.height * x.shape.width)
    var sums = [Double](repeating: 0, count: x.shape.batch * channels)
    x.withUnsafeMutablePointer { values in
      for row in 0..<x.shape.rows {
        let place = row / area * channels
        for c in 0..<channels { sums[place + c] += Double(values[row * channels + c]) }
      }
    }
    return sums
  }

  private func checkProjection(_ x: Tensor, _ vectors: Tensor, _ labels: [Int]) {
    let classes = vectors.shape.height
    requireEqual(
      vectors.shape, Shape(1, classes, 1, x.shape.channels), "the classes' vectors for \(x.shape)")
    requireLabels(labels, classes: classes, images: x.shape.batch)
  }
}
