import KernelTable

extension Backend {
  /// Returns the transposed convolution of a batch of small maps, which is also the gradient of
  /// `convolve` with respect to its large map.
  ///
  /// Rows of the result with the same remainder modulo the stride see the same rows of the filter,
  /// so the result falls into s·s phases, each a convolution of stride 1 with k/s·k/s taps: no
  /// multiplication by the zeros that a stride would insert.
  ///
  /// - Parameters:
  ///   - small: `[n, h, w, O]`.
  ///   - filter: `[k, k, I, O]`.
  /// - Returns: `[n, H, W, I]`. Traps where the shapes do not fit.
  public func convolveTransposed(
    _ small: Tensor, _ filter: Tensor, _ geometry: ConvolutionGeometry
  ) -> Tensor {
    let shape = geometry.largeShape(small: small.shape, filter: filter.shape)
    let large = Tensor(uninitialized: shape)
    if small.shape.rows == small.shape.batch && geometry.padding == 0 {
      spread(small, filter, geometry, into: large)
    } else {
      convolvePhases(small, filter, geometry, into: large)
    }
    return large
  }

  /// Computes every tap of maps of a single point as a matrix product of its own.
  private func spread(
    _ small: Tensor, _ filter: Tensor, _ geometry: ConvolutionGeometry, into large: Tensor
  ) {
    let (images, k) = (small.shape.batch, geometry.kernelSize)
    let (inputs, outputs) = (filter.shape.width, filter.shape.channels)
    let runs = Runs(count: 1, length: outputs, stride: 0)
    pool.parallelFor(k * k) { tap, _ in
      let panels = PackedPanels(depth: outputs, columns: inputs, nr: kernels.matrix.nr)
      for panel in 0..<panels.count {
        panels.fillTransposed(
          panel: panel, row: 0, rows: outputs, from: filter.pointer + tap * inputs * outputs,
          stride: outputs)
      }
      let product = TileProduct(kernels: kernels.matrix, runs: runs, panels: panels)
      withRowPointers(images + kernels.matrix.mr) { a, c in
        for image in 0..<images {
          a[image] = UnsafePointer(small.pointer + image * outputs)
          c[image] = large.pointer + (image * k * k + tap) * inputs
        }
        product.multiply(count: images, a: a, c: c)
      }
    }
  }

  private func convolvePhases(
    _ small: Tensor, _ filter: Tensor, _ geometry: ConvolutionGeometry, into large: Tensor
  ) {
    let shape = large.shape
    let rows = PhaseRows(large: large, small: small, geometry: geometry)
    let panels = packPhases(filter, geometry)
    let plan = BandPlan(
      images: shape.batch, height: shape.height, points: shape.width, step: geometry.stride,
      target: pointsPerPiece * geometry.stride * geometry.stride)
    let scratch = reserveScratch(plan.imagesPerPiece * rows.largestBand(plan.rowsPerPiece))
    let products = panels.map {
      TileProduct(kernels: kernels.matrix, runs: rows.runs, panels: $0)
    }
    pool.parallelFor(plan.count) { piece, worker in
      let (images, range) = plan.piece(piece)
      rows.copyBands(images: images, rows: range, scratch: scratch[worker])
      let capacity = images.count * range.count * shape.width + kernels.matrix.mr
      withRowPointers(capacity) { a, c in
        for (phase, product) in products.enumerated() {
          let count = rows.collect(
            phase: phase, images: images, rows: range, scratch: scratch[worker], a: a, c: c)
          if count > 0 { product.multiply(count: count, a: a, c: c) }
        }
      }
    }
  }

  /// Packs one matrix `[t·t·O, I]` a phase, t = k/s taps a side, in the order of the small map.
  private func packPhases(_ filter: Tensor, _ geometry: ConvolutionGeometry) -> [PackedPanels] {
    let (k, s) = (geometry.kernelSize, geometry.stride)
    let (taps, inputs, outputs) = (k / s, filter.shape.width, filter.shape.channels)
    let phases = (0..<s * s).map { _ in
      PackedPanels(depth: taps * taps * outputs, columns: inputs, nr: kernels.matrix.nr)
    }
    pool.parallelFor(s * s * phases[0].count) { index, _ in
      let (phase, panel) = index.quotientAndRemainder(dividingBy: phases[0].count)
      for tap in 0..<taps * taps {
        let a = phase / s + (taps - 1 - tap / taps) * s
        let b = phase % s + (taps - 1 - tap % taps) * s
        phases[phase].fillTransposed(
          panel: panel, row: tap * outputs, rows: outputs,
          from: filter.pointer + (a * k + b) * inputs * outputs, stride: outputs)
      }
    }
    return phases
  }
}

/// Where the windows of a transposed convolution's phases, and the points they make, lie.
private struct PhaseRows {
  let large: Tensor
  let small: Tensor
  let geometry: ConvolutionGeometry

  private var taps: Int { geometry.kernelSize / geometry.stride }

  /// The first row or column of the small map that one of the large map sees.
  private func first(_ position: Int) -> Int {
    (position + geometry.padding) / geometry.stride - (taps - 1)
  }

  /// The part of a small image that rows of the large one see.
  private func band(_ rows: Range<Int>) -> Band {
    Band(
      rows: first(rows.lowerBound)..<first(rows.upperBound - 1) + taps,
      columns: first(0)..<first(large.shape.width - 1) + taps, channels: small.shape.channels)
  }

  /// The runs of a window in a band.
  var runs: Runs {
    Runs(count: taps, length: taps * small.shape.channels, stride: band(0..<1).rowStride)
  }

  /// The floats of the largest band for `rows` rows of the large map.
  func largestBand(_ rows: Int) -> Int { (rows + taps + 1) * band(0..<1).rowStride }

  /// Copies the bands of one piece.
  func copyBands(images: Range<Int>, rows: Range<Int>, scratch: UnsafeMutablePointer<Float>) {
    let band = band(rows)
    for (index, image) in images.enumerated() {
      band.copy(
        small.pointer + image * (small.shape.count / small.shape.batch), of: small.shape,
        to: scratch + index * band.count)
    }
  }

  /// Lists the rows of one phase of a piece; returns how many there are.
  func collect(
    phase: Int, images: Range<Int>, rows: Range<Int>, scratch: UnsafeMutablePointer<Float>,
    a: UnsafeMutablePointer<Source>, c: UnsafeMutablePointer<Destination>
  ) -> Int {
    let (s, p) = (geometry.stride, geometry.padding)
    let band = band(rows)
    let (phaseY, phaseX) = (phase / s, phase % s)
    let startX = (phaseX + s * p - p) % s
    var count = 0
    for (index, image) in images.enumerated() {
      for y in rows where (y + p) % s == phaseY {
        let result = large.pointer + (image * large.shape.height + y) * large.shape.width
          * large.shape.channels
        for x in stride(from: startX, to: large.shape.width, by: s) {
          a[count] = UnsafePointer(
            scratch + index * band.count + band.offset(row: first(y), column: first(x)))
          c[count] = result + x * large.shape.channels
          count += 1
        }
      }
    }
    return count
  }
}
