import Support

/// One element of a sum of products, in Double, and what bounds the rounding of any other way to
/// compute it.
package struct ReferencePoint: Equatable, Sendable {
  /// Σ aᵢbᵢ.
  package private(set) var value = 0.0
  /// Σ |aᵢbᵢ|.
  package private(set) var magnitude = 0.0

  /// Makes an element; the sum of no products at first.
  package init(value: Double = 0, magnitude: Double = 0) {
    self.value = value
    self.magnitude = magnitude
  }

  /// Adds a product.
  fileprivate mutating func add(_ a: Float, _ b: Float) {
    let product = Double(a) * Double(b)
    value += product
    magnitude += abs(product)
  }
}

extension Reference {
  /// Returns one element of what `convolve` computes: the one at `index` in memory order.
  ///
  /// - Complexity: O(k·k·I).
  package static func convolvePoint(
    _ large: Tensor, _ filter: Tensor, _ geometry: ConvolutionGeometry, at index: Int
  ) -> ReferencePoint {
    let shape = geometry.smallShape(large: large.shape, filter: filter.shape)
    let place = place(of: index, in: shape)
    var sum = ReferencePoint()
    for a in 0..<geometry.kernelSize {
      let y = place.y * geometry.stride + a - geometry.padding
      guard (0..<large.shape.height).contains(y) else { continue }
      for b in 0..<geometry.kernelSize {
        let x = place.x * geometry.stride + b - geometry.padding
        guard (0..<large.shape.width).contains(x) else { continue }
        for i in 0..<large.shape.channels {
          sum.add(large[place.n, y, x, i], filter[a, b, i, place.c])
        }
      }
    }
    return sum
  }

  /// Returns one element of what `convolveTransposed` computes: the one at `index` in memory order.
  ///
  /// - Complexity: O(k·k·O).
  package static func convolveTransposedPoint(
    _ small: Tensor, _ filter: Tensor, _ geometry: ConvolutionGeometry, at index: Int
  ) -> ReferencePoint {
    let shape = geometry.largeShape(small: small.shape, filter: filter.shape)
    let place = place(of: index, in: shape)
    var sum = ReferencePoint()
    for a in 0..<geometry.kernelSize {
      guard let y = point(place.y, tap: a, geometry, below: small.shape.height) else { continue }
      for b in 0..<geometry.kernelSize {
        guard let x = point(place.x, tap: b, geometry, below: small.shape.width) else { continue }
        for o in 0..<small.shape.channels {
          sum.add(small[place.n, y, x, o], filter[a, b, place.c, o])
        }
      }
    }
    return sum
  }

  /// Returns one element of what `filterGradient` computes: the one at `index` in memory order.
  ///
  /// - Complexity: O(n·h·w).
  package static func filterGradientPoint(
    large: Tensor, small: Tensor, _ geometry: ConvolutionGeometry, at index: Int
  ) -> ReferencePoint {
    let k = geometry.kernelSize
    let place = place(of: index, in: Shape(k, k, large.shape.channels, small.shape.channels))
    var sum = ReferencePoint()
    for n in 0..<small.shape.batch {
      for y in 0..<small.shape.height {
        let largeY = y * geometry.stride + place.n - geometry.padding
        guard (0..<large.shape.height).contains(largeY) else { continue }
        for x in 0..<small.shape.width {
          let largeX = x * geometry.stride + place.y - geometry.padding
          guard (0..<large.shape.width).contains(largeX) else { continue }
          sum.add(large[n, largeY, largeX, place.x], small[n, y, x, place.c])
        }
      }
    }
    return sum
  }

  /// Returns the row or column of the small map from which a tap reaches one of the large map.
  private static func point(
    _ large: Int, tap: Int, _ geometry: ConvolutionGeometry, below limit: Int
  ) -> Int? {
    let (point, rest) = (large + geometry.padding - tap).quotientAndRemainder(
      dividingBy: geometry.stride)
    return rest == 0 && (0..<limit).contains(point) ? point : nil
  }

  private static func place(of index: Int, in shape: Shape) -> (n: Int, y: Int, x: Int, c: Int) {
    require((0..<shape.count).contains(index), "element \(index) of \(shape)")
    let (pixel, c) = index.quotientAndRemainder(dividingBy: shape.channels)
    let (row, x) = pixel.quotientAndRemainder(dividingBy: shape.width)
    let (n, y) = row.quotientAndRemainder(dividingBy: shape.height)
    return (n, y, x, c)
  }
}

extension Tensor {
  /// The element at a place.
  fileprivate subscript(n: Int, y: Int, x: Int, c: Int) -> Float {
    pointer[((n * shape.height + y) * shape.width + x) * shape.channels + c]
  }
}
