import KernelTable

extension Backend {
  /// Adds the gradient of a convolution, or of its transpose, with respect to its filter:
  /// `gradient[a, b, i, o] += Σ large[n, y·s + a − p, x·s + b − p, i] · small[n, y, x, o]`.
  ///
  /// Every tap is a sum of outer products over the points whose window reaches into the map there,
  /// so the maps need no padding. No two threads add to the same element: the order of the sum
  /// depends on the shapes alone.
  ///
  /// - Parameters:
  ///   - large: `[n, H, W, I]`, the convolution's argument or the transpose's gradient.
  ///   - small: `[n, h, w, O]`, the convolution's gradient or the transpose's argument.
  ///   - gradient: `[k, k, I, O]`; replaced where `accumulate` is false.
  public func addFilterGradient(
    large: Tensor, small: Tensor, _ geometry: ConvolutionGeometry, to gradient: Tensor,
    accumulate: Bool = true
  ) {
    addFilterGradient(
      lazyLarge: LazyMap(large), lazySmall: LazyMap(small), geometry, to: gradient,
      accumulate: accumulate)
  }

  /// Adds the gradient with respect to a filter from maps that may be computed as they are read:
  /// both by Winograd's method, the small one where the large one has few channels. Another method
  /// computes the maps first.
  ///
  /// Where ranks share the batch, all of them get the gradient of the whole. One of large sums may be there
  /// only after `shareGradients`, unless `isNeeded` asks for it at once.
  public func addFilterGradient(
    lazyLarge large: LazyMap, lazySmall small: LazyMap, _ geometry: ConvolutionGeometry,
    to gradient: Tensor, accumulate: Bool = true, isNeeded: Bool = true
  ) {
    let expected = geometry.smallShape(large: large.shape, filter: gradient.shape)
    requireEqual(small.shape, expected, "the small map of a filter's gradient")
    switch gradientWay(geometry, small: small.shape, filter: gradient.shape) {
    case .winograd:
      addFilterGradientWinograd(
        large: large, small: small, to: gradient, accumulate: accumulate, isNeeded: isNeeded)
    case .narrow:
      addFilterGradientNarrow(
        large: large.computed(), small: small, geometry, to: gradient, accumulate: accumulate)
    case .column:
      addFromWholeBatch(large, small, to: gradient, isNeeded: isNeeded) {
        self.add(Points(column: $0, $1, gradient: gradient), accumulate: accumulate)
      }
    case .points:
      addFromWholeBatch(large, small, to: gradient, isNeeded: isNeeded) {
        self.add(
          Points(large: $0, small: $1, gradient: gradient, geometry), accumulate: accumulate)
      }
    }
  }

  /// The ways to compute a filter's gradient.
  private enum GradientWay {
    case winograd, column, narrow, points
  }

  /// Chooses by the shapes alone.
  private func gradientWay(
    _ geometry: ConvolutionGeometry, small: Shape, filter: Shape
  ) -> GradientWay {
    if takesWinograd(geometry, small: small, filter: filter) { return .winograd }
    if small.rows == small.batch && geometry.padding == 0 { return .column }
    return filter.width <= ConvolutionGeometry.fewChannels ? .narrow : .points
  }

  private func add(_ points: Points, accumulate: Bool) {
    let tiles = FilterGradientTiles(kernels: kernels, points: points)
    let scratch = reserveScratch(tiles.scratchCount)
    pool.parallelFor(tiles.pieceCount) { piece, worker in
      tiles.compute(piece: piece, accumulate: accumulate, scratch: scratch[worker])
    }
  }
}

/// The points that a filter's gradient sums over, and the taps at which it does.
struct Points {
  let large: Tensor
  let small: Tensor
  /// The result, seen as `[tapRows · tapColumns, depth, O]`.
  let gradient: Tensor
  let stride: Int
  let padding: Int
  let tapRows: Int
  let tapColumns: Int
  /// Contiguous floats of the large map that belong to a tap.
  let depth: Int

  /// Takes the points of two maps.
  init(large: Tensor, small: Tensor, gradient: Tensor, _ geometry: ConvolutionGeometry) {
    self.large = large
    self.small = small
    self.gradient = gradient
    stride = geometry.stride
    padding = geometry.padding
    tapRows = geometry.kernelSize
    tapColumns = geometry.kernelSize
    depth = large.shape.channels
  }

  /// Takes a batch of whole maps as a column of points under one tap as deep as a map, for a small
  /// map of one point.
  init(column large: Tensor, _ small: Tensor, gradient: Tensor) {
    let images = small.shape.batch
    depth = gradient.shape.rows
    self.large = large.reshaped(to: Shape(1, images, 1, depth))
    self.small = small.reshaped(to: Shape(1, images, 1, small.shape.channels))
    self.gradient = gradient
    stride = 1
    padding = 0
    tapRows = 1
    tapColumns = 1
  }

  /// The points of the small map, along one axis, at which a tap reaches into the large map.
  func reach(_ tap: Int, small: Int, large: Int) -> Range<Int> {
    let last = large - 1 + padding - tap
    guard last >= 0 else { return 0..<0 }
    let first = max(0, (padding - tap + stride - 1) / stride)
    return first..<max(first, min(small, last / stride + 1))
  }
}
