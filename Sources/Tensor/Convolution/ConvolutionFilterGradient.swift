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
    let start = operationStart
    defer { report("filter gradient", since: start, [large.shape, gradient.shape]) }
    let expected = geometry.smallShape(large: large.shape, filter: gradient.shape)
    requireEqual(small.shape, expected, "the small map of a filter's gradient")
    let (k, inputs, outputs) = (geometry.kernelSize, large.shape.channels, small.shape.channels)
    let points = Points(
      large: large, small: small, gradient: gradient, stride: geometry.stride,
      padding: geometry.padding, tapRows: k, tapColumns: k, depth: inputs)
    if takesWinograd(geometry, small: small.shape, filter: gradient.shape) {
      addFilterGradientWinograd(large: large, small: small, to: gradient, accumulate: accumulate)
    } else if small.shape.rows == small.shape.batch && geometry.padding == 0 {
      // Maps of one point: the whole batch is a column of points under one tap as deep as the map.
      let (images, depth) = (small.shape.batch, gradient.shape.rows)
      let column = Points(
        large: large.reshaped(to: Shape(1, images, 1, depth)),
        small: small.reshaped(to: Shape(1, images, 1, outputs)), gradient: gradient, stride: 1,
        padding: 0, tapRows: 1, tapColumns: 1, depth: depth)
      addFilterGradient(column, accumulate: accumulate)
    } else if inputs <= ConvolutionGeometry.fewChannels {
      addFilterGradientNarrow(
        large: large, small: small, geometry, to: gradient, accumulate: accumulate)
    } else {
      addFilterGradient(points, accumulate: accumulate)
    }
  }

  private func addFilterGradient(_ points: Points, accumulate: Bool) {
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

  /// The points of the small map, along one axis, at which a tap reaches into the large map.
  func reach(_ tap: Int, small: Int, large: Int) -> Range<Int> {
    let last = large - 1 + padding - tap
    guard last >= 0 else { return 0..<0 }
    let first = max(0, (padding - tap + stride - 1) / stride)
    return first..<max(first, min(small, last / stride + 1))
  }
}
