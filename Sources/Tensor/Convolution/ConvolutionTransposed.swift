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
    convolveTransposed(lazy: LazyMap(small), filter, geometry)
  }

  /// Returns the transposed convolution of small maps that may be computed as they are read: by
  /// Winograd's method, and where the large map has few channels. Another method computes them
  /// first.
  public func convolveTransposed(
    lazy small: LazyMap, _ filter: Tensor, _ geometry: ConvolutionGeometry
  ) -> Tensor {
    let shape = geometry.largeShape(small: small.shape, filter: filter.shape)
    let way = transposedWay(geometry, small: small.shape, filter: filter.shape)
    let small = way == .narrow || way == .winograd ? small : LazyMap(small.computed())
    let start = operationStart
    defer { report("transposed convolution", since: start, [small.shape, filter.shape]) }
    let large = makeTensor(uninitialized: shape)
    switch way {
    case .spread: spread(small.computed(), filter, geometry, into: large)
    case .winograd:
      convolveWinograd(
        WinogradUp(
          small: small, filter: filter, large: large, kernels: winograd,
          transpose: kernels.matrix.transpose))
    case .narrow: convolveNarrow(small, filter, geometry, into: large)
    case .phases: convolvePhases(small.computed(), filter, geometry, into: large)
    }
    return large
  }

  /// The ways to compute a transposed convolution.
  private enum TransposedWay {
    case spread, winograd, narrow, phases
  }

  /// Chooses by the shapes alone.
  private func transposedWay(
    _ geometry: ConvolutionGeometry, small: Shape, filter: Shape
  ) -> TransposedWay {
    if small.rows == small.batch && geometry.padding == 0 { return .spread }
    if takesWinograd(geometry, small: small, filter: filter) { return .winograd }
    return filter.width <= ConvolutionGeometry.fewChannels ? .narrow : .phases
  }

  /// Computes every tap of maps of a single point as a matrix product of its own.
  private func spread(
    _ small: Tensor, _ filter: Tensor, _ geometry: ConvolutionGeometry, into large: Tensor
  ) {
    let (images, k) = (small.shape.batch, geometry.kernelSize)
    let (inputs, outputs) = (filter.shape.width, filter.shape.channels)
    let runs = Runs(count: 1, length: outputs, stride: 0)
    pool.parallelFor(k * k) { tap, _ in
      let panels = PackedPanels(depth: outputs, columns: inputs, for: self)
      for panel in 0..<panels.count {
        panels.fillTransposed(
          panel: panel, row: 0, rows: outputs, from: filter.pointer + tap * inputs * outputs,
          stride: outputs)
      }
      let product = TileProduct(runs: runs, panels: panels)
      withRowPointers(images, product.tile) { a, c in
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
      TileProduct(runs: rows.runs, panels: $0)
    }
    pool.parallelFor(plan.count) { piece, worker in
      let (images, range) = plan.piece(piece)
      rows.copyBands(images: images, rows: range, scratch: scratch[worker])
      withRowPointers(images.count * range.count * shape.width, products[0].tile) { a, c in
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
      PackedPanels(depth: taps * taps * outputs, columns: inputs, for: self)
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
