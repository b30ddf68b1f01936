/// The operations once more, in Double and in the plainest loops, as the measure of the kernels.
public enum Reference {}

/// A tensor of the reference operations.
public struct ReferenceTensor: Equatable, Sendable {
  /// The extents.
  public let shape: Shape
  /// The elements in memory order.
  public var values: [Double]

  /// Makes a tensor of zeros.
  public init(zeros shape: Shape) {
    self.shape = shape
    values = Array(repeating: 0, count: shape.count)
  }

  /// Widens a tensor.
  public init(_ tensor: Tensor) {
    shape = tensor.shape
    values = tensor.values.map(Double.init)
  }

  /// The element at a place.
  public subscript(n: Int, y: Int, x: Int, c: Int) -> Double {
    get { values[index(n, y, x, c)] }
    set { values[index(n, y, x, c)] = newValue }
  }

  private func index(_ n: Int, _ y: Int, _ x: Int, _ c: Int) -> Int {
    ((n * shape.height + y) * shape.width + x) * shape.channels + c
  }
}

extension Reference {
  /// Returns the convolution that `Backend.convolve` computes, straight from its definition.
  public static func convolve(
    _ large: ReferenceTensor, _ filter: ReferenceTensor, _ geometry: ConvolutionGeometry
  ) -> ReferenceTensor {
    var small = ReferenceTensor(
      zeros: geometry.smallShape(large: large.shape, filter: filter.shape))
    forEachProduct(large.shape, small.shape, geometry) { n, y, x, largeY, largeX, a, b in
      for i in 0..<large.shape.channels {
        for o in 0..<small.shape.channels {
          small[n, y, x, o] += large[n, largeY, largeX, i] * filter[a, b, i, o]
        }
      }
    }
    return small
  }

  /// Returns the transposed convolution that `Backend.convolveTransposed` computes.
  public static func convolveTransposed(
    _ small: ReferenceTensor, _ filter: ReferenceTensor, _ geometry: ConvolutionGeometry
  ) -> ReferenceTensor {
    var large = ReferenceTensor(
      zeros: geometry.largeShape(small: small.shape, filter: filter.shape))
    forEachProduct(large.shape, small.shape, geometry) { n, y, x, largeY, largeX, a, b in
      for i in 0..<large.shape.channels {
        for o in 0..<small.shape.channels {
          large[n, largeY, largeX, i] += small[n, y, x, o] * filter[a, b, i, o]
        }
      }
    }
    return large
  }

  /// Returns the gradient that `Backend.addFilterGradient` adds.
  public static func filterGradient(
    large: ReferenceTensor, small: ReferenceTensor, _ geometry: ConvolutionGeometry
  ) -> ReferenceTensor {
    let k = geometry.kernelSize
    var gradient = ReferenceTensor(
      zeros: Shape(k, k, large.shape.channels, small.shape.channels))
    forEachProduct(large.shape, small.shape, geometry) { n, y, x, largeY, largeX, a, b in
      for i in 0..<large.shape.channels {
        for o in 0..<small.shape.channels {
          gradient[a, b, i, o] += large[n, largeY, largeX, i] * small[n, y, x, o]
        }
      }
    }
    return gradient
  }

  /// Calls the body for every point of the small map and every tap that falls inside the large one.
  private static func forEachProduct(
    _ large: Shape, _ small: Shape, _ geometry: ConvolutionGeometry,
    _ body: (_ n: Int, _ y: Int, _ x: Int, _ largeY: Int, _ largeX: Int, _ a: Int, _ b: Int) -> Void
  ) {
    for n in 0..<small.batch {
      for y in 0..<small.height {
        for x in 0..<small.width {
          for a in 0..<geometry.kernelSize {
            let largeY = y * geometry.stride + a - geometry.padding
            guard (0..<large.height).contains(largeY) else { continue }
            for b in 0..<geometry.kernelSize {
              let largeX = x * geometry.stride + b - geometry.padding
              guard (0..<large.width).contains(largeX) else { continue }
              body(n, y, x, largeY, largeX, a, b)
            }
          }
        }
      }
    }
  }
}
