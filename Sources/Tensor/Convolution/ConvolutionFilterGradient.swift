import KernelTable

/// Rows of a filter's gradient that a thread computes at a time.
private let rowsPerPiece = 96

/// Points whose small-map values are packed for reuse by all tiles of a piece.
private let pointsPerBlock = 256

extension Backend {
  /// Adds the gradient of a convolution, or of its transpose, with respect to its filter:
  /// `gradient[a, b, i, o] += Σ large[n, y·s + a − p, x·s + b − p, i] · small[n, y, x, o]`.
  ///
  /// Every tap is a sum of outer products over the points whose window reaches into the map there,
  /// so nothing is padded, and no two threads add to the same element: the order of the sum
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
    let expected = geometry.smallShape(large: large.shape, filter: gradient.shape)
    requireEqual(small.shape, expected, "the small map of a filter's gradient")
    if small.shape.rows == small.shape.batch && geometry.padding == 0 && geometry.kernelSize > 1 {
      // Maps of one point: the whole batch is one column of points under a 1×1 window.
      let (images, depth) = (small.shape.batch, gradient.shape.rows)
      addFilterGradient(
        large: large.reshaped(to: Shape(1, images, 1, depth)),
        small: small.reshaped(to: Shape(1, images, 1, small.shape.channels)), .whole(1),
        to: gradient.reshaped(to: Shape(1, 1, depth, small.shape.channels)),
        accumulate: accumulate)
      return
    }
    let inputs = gradient.shape.width
    let slices = (inputs + rowsPerPiece - 1) / rowsPerPiece
    let slice = (inputs + slices - 1) / slices
    let k = geometry.kernelSize
    let tiles = TapTiles(
      kernels: kernels.matrix, large: large, small: small, geometry: geometry, gradient: gradient)
    let scratch = reserveScratch(tiles.scratchCount)
    pool.parallelFor(k * k * slices) { piece, worker in
      let (tap, index) = piece.quotientAndRemainder(dividingBy: slices)
      let channels = index * slice..<min(inputs, (index + 1) * slice)
      if !channels.isEmpty {
        tiles.compute(
          tap: tap, channels: channels, accumulate: accumulate, scratch: scratch[worker])
      }
    }
  }
}

/// The tiles of one filter gradient.
private struct TapTiles {
  let kernels: MatrixKernels
  let large: Tensor
  let small: Tensor
  let geometry: ConvolutionGeometry
  let gradient: Tensor

  private var columnsPerBlock: Int { min(small.shape.width, pointsPerBlock) }
  private var rowsPerBlock: Int {
    max(1, min(small.shape.height, pointsPerBlock / small.shape.width))
  }

  /// Floats that a worker needs: a packed block of the small map, and a tile for ragged edges.
  var scratchCount: Int {
    rowsPerBlock * small.shape.width * kernels.nr + kernels.mr * kernels.nr
  }

  /// The points of the small map, along one axis, at which a tap reaches into the large map.
  private func reach(_ tap: Int, small: Int, large: Int) -> Range<Int> {
    let (s, p) = (geometry.stride, geometry.padding)
    let first = max(0, (p - tap + s - 1) / s)
    let last = min(small - 1, (large - 1 + p - tap) / s)
    return first..<max(first, last + 1)
  }

  func compute(
    tap: Int, channels: Range<Int>, accumulate: Bool, scratch: UnsafeMutablePointer<Float>
  ) {
    let (a, b) = tap.quotientAndRemainder(dividingBy: geometry.kernelSize)
    let ys = reach(a, small: small.shape.height, large: large.shape.height)
    let xs = reach(b, small: small.shape.width, large: large.shape.width)
    let target = gradient.pointer + tap * gradient.shape.width * gradient.shape.channels
    if !accumulate {
      let stride = gradient.shape.channels
      (target + channels.lowerBound * stride).update(repeating: 0, count: channels.count * stride)
    }
    guard !ys.isEmpty, !xs.isEmpty else { return }
    for image in 0..<small.shape.batch {
      for y in stride(from: ys.lowerBound, to: ys.upperBound, by: rowsPerBlock) {
        let block = y..<min(ys.upperBound, y + rowsPerBlock)
        add(
          image: image, a: a, b: b, ys: block, xs: xs, channels: channels, target: target,
          scratch: scratch)
      }
    }
  }

  private func add(
    image: Int, a: Int, b: Int, ys: Range<Int>, xs: Range<Int>, channels: Range<Int>,
    target: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    let (s, p, nr) = (geometry.stride, geometry.padding, kernels.nr)
    let (inputs, outputs) = (large.shape.channels, small.shape.channels)
    let rowStride = large.shape.width * inputs
    let window =
      large.pointer + (image * large.shape.height + ys.lowerBound * s + a - p) * rowStride
      + (xs.lowerBound * s + b - p) * inputs
    let aStrides = GridStrides(row: s * rowStride, column: s * inputs)
    let bStrides = GridStrides(row: xs.count * nr, column: nr)
    let tile = scratch + rowsPerBlock * small.shape.width * nr
    for column in stride(from: 0, to: outputs, by: nr) {
      let columns = min(nr, outputs - column)
      pack(image: image, ys: ys, xs: xs, column: column, columns: columns, into: scratch)
      for i in stride(from: channels.lowerBound, to: channels.upperBound, by: kernels.mr) {
        let rows = min(kernels.mr, channels.upperBound - i)
        let c = target + i * outputs + column
        if rows == kernels.mr && columns == nr {
          kernels.multiplyTransposed(
            window + i, aStrides, scratch, bStrides, ys.count, xs.count, c, outputs, true)
        } else {
          kernels.multiplyTransposed(
            window + i, aStrides, scratch, bStrides, ys.count, xs.count, tile, nr, false)
          for r in 0..<rows {
            for j in 0..<columns { c[r * outputs + j] += tile[r * nr + j] }
          }
        }
      }
    }
  }

  /// Copies `nr` channels of a block of the small map next to each other, zeros beyond the last.
  private func pack(
    image: Int, ys: Range<Int>, xs: Range<Int>, column: Int, columns: Int,
    into target: UnsafeMutablePointer<Float>
  ) {
    let (nr, outputs) = (kernels.nr, small.shape.channels)
    var packed = target
    for y in ys {
      let row = (image * small.shape.height + y) * small.shape.width + xs.lowerBound
      var source = small.pointer + row * outputs + column
      for _ in xs {
        packed.update(from: source, count: columns)
        (packed + columns).update(repeating: 0, count: nr - columns)
        packed += nr
        source += outputs
      }
    }
  }
}
