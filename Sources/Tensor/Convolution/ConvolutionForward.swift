import KernelTable
import Support

/// Points of the result that a thread takes at a time.
let pointsPerPiece = 192

extension Backend {
  /// Returns the convolution of a batch of large maps.
  ///
  /// Every point of the result is a row of a matrix product whose other factor is the filter as
  /// `[k·k·I, O]`; the rows are the windows themselves, k runs of k·I floats.
  ///
  /// - Parameters:
  ///   - large: `[n, H, W, I]`.
  ///   - filter: `[k, k, I, O]`.
  ///   - slope: that of a leaky rectifier which is applied to the result; 1 for none.
  /// - Returns: `[n, h, w, O]`. Traps where the shapes do not fit or the slope is below zero.
  public func convolve(
    _ large: Tensor, _ filter: Tensor, _ geometry: ConvolutionGeometry, slope: Float = 1
  ) -> Tensor {
    convolve(lazy: LazyMap(large), filter, geometry, slope: slope)
  }

  /// Returns the convolution of large maps that may be computed as they are read: by Winograd's
  /// method. The direct one has them computed first.
  public func convolve(
    lazy large: LazyMap, _ filter: Tensor, _ geometry: ConvolutionGeometry, slope: Float = 1
  ) -> Tensor {
    let small = makeTensor(
      uninitialized: geometry.smallShape(large: large.shape, filter: filter.shape))
    require(slope >= 0, "a rectifier's slope is not below zero, found \(slope)")
    let takesWinograd = takesWinograd(geometry, small: small.shape, filter: filter.shape)
    let large = takesWinograd ? large : LazyMap(large.computed())
    let start = operationStart
    if takesWinograd {
      convolveWinograd(
        WinogradDown(large: large, filter: filter, small: small, kernels: winograd))
    } else {
      convolveDirectly(large.computed(), filter, geometry, slope: slope, into: small)
    }
    report("convolution", since: start, [large.shape, filter.shape])
    return takesWinograd && slope != 1
      ? leakyRectifier(small, slope: slope, into: small) : small
  }

  private func convolveDirectly(
    _ large: Tensor, _ filter: Tensor, _ geometry: ConvolutionGeometry, slope: Float,
    into small: Tensor
  ) {
    let shape = small.shape
    let panels = packForConvolution(filter)
    let plan = BandPlan(
      images: shape.batch, height: shape.height, points: shape.width, step: 1,
      target: pointsPerPiece)
    let window = WindowRows(large: large, small: small, geometry: geometry)
    let scratch = reserveScratch(plan.imagesPerPiece * window.band(0..<plan.rowsPerPiece).count)
    let product = TileProduct(runs: window.runs, panels: panels)
    pool.parallelFor(plan.count) { piece, worker in
      let (images, rows) = plan.piece(piece)
      withRowPointers(images.count * rows.count * shape.width, product.tile) { a, c in
        let count = window.collect(
          images: images, rows: rows, scratch: scratch[worker], a: a, c: c)
        product.multiply(count: count, a: a, c: c)
        // The points of a piece lie together, and in the cache.
        if slope != 1 { kernels.elementwise.leaky(c[0], slope, c[0], count * shape.channels) }
      }
    }
  }

  /// Packs a filter as the matrix `[k·k·I, O]`, the order in which it lies in memory.
  private func packForConvolution(_ filter: Tensor) -> PackedPanels {
    let (depth, columns) = (filter.shape.rows, filter.shape.channels)
    let panels = PackedPanels(depth: depth, columns: columns, for: self)
    pool.parallelFor(panels.count) { panel, _ in
      panels.fill(panel: panel, row: 0, rows: depth, from: filter.pointer, rowStride: columns)
    }
    return panels
  }
}

/// Where the windows of a convolution, and the points that they make, lie in memory.
private struct WindowRows {
  let large: Tensor
  let small: Tensor
  let geometry: ConvolutionGeometry

  /// The runs of a window in a band.
  var runs: Runs {
    let length = geometry.kernelSize * large.shape.channels
    return Runs(count: geometry.kernelSize, length: length, stride: band(0..<1).rowStride)
  }

  /// The part of an image that rows of the result see.
  func band(_ rows: Range<Int>) -> Band { Band(of: large.shape, seenBy: rows, geometry) }

  /// Lists the rows of one piece: windows in `a`, results in `c`; returns how many.
  func collect(
    images: Range<Int>, rows: Range<Int>, scratch: UnsafeMutablePointer<Float>,
    a: UnsafeMutablePointer<Source>, c: UnsafeMutablePointer<Destination>
  ) -> Int {
    let band = band(rows)
    let imageCount = large.shape.count / large.shape.batch
    var count = 0
    for (index, image) in images.enumerated() {
      var source = large.pointer + image * imageCount
      if geometry.padding > 0 {
        let target = scratch + index * band.count
        band.copy(source, of: large.shape, to: target)
        source = target
      } else {
        source += band.rows.lowerBound * band.rowStride
      }
      for y in rows {
        let result =
          small.pointer + (image * small.shape.height + y) * small.shape.width
          * small.shape.channels
        for x in 0..<small.shape.width {
          let column = x * geometry.stride - geometry.padding
          let window = band.offset(row: y * geometry.stride - geometry.padding, column: column)
          a[count] = UnsafePointer(source + window)
          c[count] = result + x * small.shape.channels
          count += 1
        }
      }
    }
    return count
  }
}
