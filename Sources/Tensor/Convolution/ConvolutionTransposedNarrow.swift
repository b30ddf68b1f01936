import KernelTable

extension Backend {
  /// Points of the small map that are multiplied at a time: their windows stay in the cache.
  private static let pointsPerProduct = 192

  /// Computes a transposed convolution to few channels.
  ///
  /// The product of a point of the small map with the filter, seen as `[O, k·k·I]`, is the window
  /// that the point adds to the large map: no multiplication is wasted on phases, and what is left is
  /// to add up the windows, row by row.
  func convolveNarrow(
    _ small: LazyMap, _ filter: Tensor, _ geometry: ConvolutionGeometry, into large: Tensor
  ) {
    let panels = packWindows(filter)
    let product = TileProduct(
      runs: Runs(count: 1, length: small.shape.channels, stride: 0), panels: panels)
    let windows = OverlappingWindows(large: large, small: small, geometry: geometry)
    // A band computes the rows again that it shares with the next; whole images share none.
    let height = large.shape.height
    let rows = large.shape.batch >= 16 ? height : max(16, height / 4)
    let bands = (height + rows - 1) / rows
    let rowsPerProduct = max(1, Self.pointsPerProduct / small.shape.width)
    let points = rowsPerProduct * small.shape.width
    let scratch = reserveScratch(points * (panels.columns + small.shape.channels))
    pool.parallelFor(large.shape.batch * bands) { piece, worker in
      let (image, index) = piece.quotientAndRemainder(dividingBy: bands)
      let band = index * rows..<min(height, (index + 1) * rows)
      windows.clear(image: image, band)
      let sources = windows.sources(band)
      for first in stride(from: sources.lowerBound, to: sources.upperBound, by: rowsPerProduct) {
        let part = first..<min(sources.upperBound, first + rowsPerProduct)
        windows.multiply(
          image: image, part, by: product, into: scratch[worker],
          scratch: scratch[worker] + points * panels.columns)
        windows.add(scratch[worker], image: image, part, to: band, kernels.matrix.addWindows)
      }
    }
  }

  /// Packs a filter as the matrix `[O, k·k·I]`.
  private func packWindows(_ filter: Tensor) -> PackedPanels {
    let (depth, columns) = (filter.shape.channels, filter.shape.rows)
    let panels = PackedPanels(depth: depth, columns: columns, for: self)
    for panel in 0..<panels.count {
      panels.fillTransposed(
        panel: panel, row: 0, rows: depth, from: filter.pointer, stride: depth)
    }
    return panels
  }
}

/// The windows that points of the small map add to the large one.
private struct OverlappingWindows {
  let large: Tensor
  let small: LazyMap
  let geometry: ConvolutionGeometry

  private var rowLength: Int { large.shape.width * large.shape.channels }

  private func row(_ image: Int, _ y: Int) -> UnsafeMutablePointer<Float> {
    large.image(image) + y * rowLength
  }

  /// Sets rows of the large map to zero.
  func clear(image: Int, _ rows: Range<Int>) {
    row(image, rows.lowerBound).update(repeating: 0, count: rows.count * rowLength)
  }

  /// The rows of the small map whose windows reach rows of the large one.
  func sources(_ rows: Range<Int>) -> Range<Int> {
    let (k, s, p) = (geometry.kernelSize, geometry.stride, geometry.padding)
    let first = max(0, (rows.lowerBound + p - k + s) / s)
    return first..<max(first, min(small.shape.height, (rows.upperBound - 1 + p) / s + 1))
  }

  /// Computes the windows of some rows of the small map, point after point; the points themselves
  /// may be computed in `scratch`.
  func multiply(
    image: Int, _ rows: Range<Int>, by product: TileProduct,
    into windows: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    let count = rows.count * small.shape.width
    let first = small.read(small.shape.points(image: image, rows: rows), into: scratch)
    withRowPointers(count, product.tile) { a, c in
      for point in 0..<count {
        a[point] = first + point * small.shape.channels
        c[point] = windows + point * product.panels.columns
      }
      product.multiply(count: count, a: a, c: c)
    }
  }

  /// Adds the windows of some rows of the small map to the large map's rows of a band.
  func add(
    _ windows: UnsafeMutablePointer<Float>, image: Int, _ rows: Range<Int>, to band: Range<Int>,
    _ addWindows: AddWindows
  ) {
    let (k, s, p) = (geometry.kernelSize, geometry.stride, geometry.padding)
    let (width, channels) = (small.shape.width, large.shape.channels)
    let (length, stride) = (k * channels, k * k * channels)
    for (index, y) in rows.enumerated() {
      for a in 0..<k where band.contains(y * s + a - p) {
        addWindows(
          windows + index * width * stride + a * length, stride, length, width,
          row(image, y * s + a - p), rowLength, s * channels, p * channels)
      }
    }
  }
}
