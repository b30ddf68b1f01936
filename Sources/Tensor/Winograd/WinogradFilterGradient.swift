import KernelTable

extension Backend {
  /// Computes `addFilterGradient` by Winograd's method; see `Winograd`.
  ///
  /// Blocks of tiles are transformed by all threads together, then multiplied and summed, a plane
  /// and some of its rows to a thread. No two threads add to the same element, and the blocks follow
  /// from the shapes alone, so the order of the sums does too.
  func addFilterGradientWinograd(
    large: Tensor, small: Tensor, to gradient: Tensor, accumulate: Bool
  ) {
    if !accumulate { gradient.pointer.update(repeating: 0, count: gradient.count) }
    let sums = WinogradGradientSums(kernels: kernels.matrix, large: large, small: small)
    for block in sums.blocks {
      pool.parallelFor(block.count) { index, _ in
        transformLarge(large, sums, block: block, index: index)
        transformSmall(small, sums, block: block, index: index)
      }
      pool.parallelFor(sums.pieceCount) { piece, _ in
        sums.add(piece: piece, tiles: block.count, isFirst: block.lowerBound == 0)
      }
    }
    pool.parallelFor(4 * gradient.shape.width) { index, _ in
      writeTaps(
        sums, phase: index / gradient.shape.width, input: index % gradient.shape.width,
        to: gradient)
    }
  }

  /// Transforms what one tile sees of the large map's phases.
  private func transformLarge(
    _ large: Tensor, _ sums: WinogradGradientSums, block: Range<Int>, index: Int
  ) {
    let place = sums.tiles.place(block.lowerBound + index)
    PointList.with(channels: large.shape.channels) { points in
      for phase in 0..<4 {
        for group in 0..<sums.groups {
          let channels = sums.channels(group)
          let square = PointSquare(
            image: large.image(place.image), shape: large.shape,
            row: 2 * place.row + phase / 2 - 1, column: 2 * place.column + phase % 2 - 1, step: 2,
            channel: channels.lowerBound)
          kernels.winograd.input(
            points.sources(square, WinogradTiles.extent + 1), channels.count,
            sums.largeRow(phase: phase, group: group, tile: index), sums.largeStride)
        }
      }
    }
  }

  /// Transforms one tile of the small map, panel by panel.
  private func transformSmall(
    _ small: Tensor, _ sums: WinogradGradientSums, block: Range<Int>, index: Int
  ) {
    let place = sums.tiles.place(block.lowerBound + index)
    let (outputs, nr) = (small.shape.channels, kernels.matrix.wide.nr)
    PointList.with(channels: outputs) { points in
      for start in stride(from: 0, to: outputs, by: nr) {
        let square = PointSquare(
          image: small.image(place.image), shape: small.shape, row: place.row,
          column: place.column, step: 1, channel: start)
        kernels.winograd.gradient(
          points.sources(square, WinogradTiles.extent), min(nr, outputs - start),
          sums.smallRow(panel: start / nr, tile: index), sums.smallStride)
      }
    }
  }

  /// Transforms the sums of one phase and channel of the large map back to taps.
  private func writeTaps(
    _ sums: WinogradGradientSums, phase: Int, input: Int, to gradient: Tensor
  ) {
    let (inputs, outputs) = (gradient.shape.width, gradient.shape.channels)
    withUnsafeTemporaryAllocation(of: Destination.self, capacity: 4) { points in
      guard let first = points.baseAddress else { return }
      for tap in 0..<4 {
        let place = (2 * (tap / 2) + phase / 2) * 4 + 2 * (tap % 2) + phase % 2
        (first + tap).initialize(to: gradient.pointer + (place * inputs + input) * outputs)
      }
      kernels.winograd.filterGradient(
        sums.sumRow(phase: phase, input: input), sums.sumStride, outputs, first)
    }
  }
}
