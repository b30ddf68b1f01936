import KernelTable

extension Backend {
  /// Computes `addFilterGradient` by Winograd's method; see `Winograd`.
  ///
  /// Blocks of tiles are transformed by all threads together, then multiplied and summed, some
  /// channels of either map to a thread, which transforms its sums back after the last block. No two
  /// threads add to the same element, and the blocks follow from the shapes alone, so the order of
  /// the sums does too.
  func addFilterGradientWinograd(
    large: Tensor, small: Tensor, to gradient: Tensor, accumulate: Bool
  ) {
    if !accumulate { gradient.pointer.update(repeating: 0, count: gradient.count) }
    let blocks = WinogradGradientBlocks(
      kernels: kernels.matrix, large: large, small: small, threads: pool.threadCount)
    let scratch = reserveScratch(blocks.areSummedAtOnce ? blocks.sumCount : 1)
    let size = Self.tilesPerTransform
    for block in blocks.ranges {
      pool.parallelFor((block.count + size - 1) / size) { index, _ in
        let tiles = index * size..<min(block.count, (index + 1) * size)
        PointList.with(channels: max(large.shape.channels, small.shape.channels)) { points in
          transformLarge(large, blocks, first: block.lowerBound, tiles, points)
          transformSmall(small, blocks, first: block.lowerBound, tiles, points)
        }
      }
      pool.parallelFor(blocks.pieceCount) { piece, worker in
        let sums = blocks.areSummedAtOnce ? scratch[worker] : blocks.sums(piece: piece)
        blocks.add(piece: piece, tiles: block.count, isFirst: block.lowerBound == 0, to: sums)
        if block.upperBound == blocks.tiles.count {
          writeTaps(blocks, piece: piece, sums, to: gradient)
        }
      }
    }
  }

  /// Tiles of a block that a thread transforms at a time.
  private static let tilesPerTransform = 8

  /// Transforms what tiles see of the large map's phases.
  private func transformLarge(
    _ large: Tensor, _ blocks: WinogradGradientBlocks, first: Int, _ tiles: Range<Int>,
    _ points: PointList
  ) {
    points.forEachSource(count: tiles.count * 4) { index in
      large.square(blocks.tiles, first + tiles.lowerBound + index / 4, phase: index % 4)
    } _: { index, square, next in
      kernels.winograd.large(
        square, next, large.shape.channels,
        blocks.largeRow(phase: index % 4, line: 0, tile: tiles.lowerBound + index / 4),
        blocks.largeStride, WinogradGradientBlocks.channelsPerLine,
        blocks.lineStride)
    }
  }

  /// Transforms tiles of the small map.
  private func transformSmall(
    _ small: Tensor, _ blocks: WinogradGradientBlocks, first: Int, _ tiles: Range<Int>,
    _ points: PointList
  ) {
    points.forEachSource(count: tiles.count) { index in
      small.square(blocks.tiles, first + tiles.lowerBound + index)
    } _: { index, square, next in
      kernels.winograd.small(
        square, next, small.shape.channels,
        blocks.smallRow(panel: 0, tile: tiles.lowerBound + index), blocks.smallStride,
        blocks.matrixTile.nr, blocks.panelStride)
    }
  }

  /// Transforms the sums of a piece back to taps, and adds them to the gradient.
  private func writeTaps(
    _ blocks: WinogradGradientBlocks, piece: Int, _ sums: UnsafeMutablePointer<Float>,
    to gradient: Tensor
  ) {
    let place = blocks.place(piece)
    let nr = blocks.matrixTile.nr
    let taps = FilterTaps(filter: gradient)
    withUnsafeTemporaryAllocation(of: Destination.self, capacity: 4) { list in
      guard let list = list.baseAddress else { return }
      for (index, panel) in place.panels.enumerated() {
        let outputs = min(nr, gradient.shape.channels - panel * nr)
        for (row, input) in blocks.channels(place.group).enumerated() {
          for tap in 0..<4 {
            (list + tap).initialize(
              to: taps.pointer(phase: place.phase, tap: tap, input: input, output: panel * nr))
          }
          kernels.winograd.tapsResult(
            sums + index * blocks.panelSumCount + row * nr, blocks.sumStride, outputs, list)
        }
      }
    }
  }
}
