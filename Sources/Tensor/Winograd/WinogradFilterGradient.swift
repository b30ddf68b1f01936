import KernelTable

extension Backend {
  /// Computes `addFilterGradient` by Winograd's method; see `Winograd`.
  ///
  /// Parts and blocks of tiles follow from the shapes alone, so the order of the sums does too,
  /// whichever way the threads share them: a part to a thread where that gives all threads as much,
  /// for a thread then reads what it has just written itself; else block by block together.
  func addFilterGradientWinograd(
    large: LazyMap, small: LazyMap, to gradient: Tensor, accumulate: Bool
  ) {
    if !accumulate { gradient.pointer.update(repeating: 0, count: gradient.count) }
    let layout = WinogradGradientLayout(
      kernels: winograd, large: large.shape, small: small.shape, threads: pool.threadCount)
    let maps = GradientMaps(large: large, small: small, kernels: winograd)
    if layout.areSummedAtOnce {
      addOneBlock(maps, layout, to: gradient)
    } else {
      addParts(maps, layout, to: gradient)
    }
  }

  /// Transforms the only block by all threads together, then multiplies and sums it, some channels
  /// of either map to a thread, which transforms its sums back.
  private func addOneBlock(
    _ maps: GradientMaps, _ layout: WinogradGradientLayout, to gradient: Tensor
  ) {
    let memory = takeWorkspace(layout.blockCount)
    withExtendedLifetime(memory) {
      let block = WinogradGradientBlock(layout, at: memory.pointer)
      transform(maps, 0..<layout.tiles.count, into: block)
      let scratch = reserveScratch(layout.pieceSumCount)
      pool.parallelFor(layout.pieceCount) { piece, worker in
        let sums = scratch[worker]
        block.add(piece: piece, tiles: layout.tiles.count, isFirst: true, to: sums)
        writeTaps(layout, piece: piece, sums, to: gradient)
      }
    }
  }

  /// Sums the parts, each by itself, then transforms all their sums back.
  private func addParts(
    _ maps: GradientMaps, _ layout: WinogradGradientLayout, to gradient: Tensor
  ) {
    let parts = layout.parts
    let isPartPerThread = parts.count > 1 && parts.count.isMultiple(of: pool.threadCount)
    let sumCount = parts.count * layout.partSumCount
    let memory = takeWorkspace(sumCount + (isPartPerThread ? 0 : layout.blockCount))
    withExtendedLifetime(memory) {
      let sums = { memory.pointer + $0 * layout.partSumCount + layout.sumOffset(piece: $1) }
      if isPartPerThread {
        sumPartPerThread(maps, layout, parts, into: sums)
      } else {
        let block = WinogradGradientBlock(layout, at: memory.pointer + sumCount)
        sumTogether(maps, block, parts, into: sums)
      }
      pool.parallelFor(layout.pieceCount) { piece, _ in
        for part in parts.indices {
          writeTaps(layout, piece: piece, sums(part, piece), to: gradient)
        }
      }
    }
  }

  /// Where the sums of a part and a piece lie.
  private typealias Sums = (_ part: Int, _ piece: Int) -> UnsafeMutablePointer<Float>

  /// Sums a part with each thread, which has a block for itself.
  private func sumPartPerThread(
    _ maps: GradientMaps, _ layout: WinogradGradientLayout, _ parts: [[Range<Int>]],
    into sums: Sums
  ) {
    let scratch = reserveScratch(layout.blockCount + maps.scratchCount)
    pool.parallelFor(parts.count) { part, worker in
      let block = WinogradGradientBlock(layout, at: scratch[worker])
      for (index, tiles) in parts[part].enumerated() {
        maps.transform(
          tiles, into: block, first: 0, scratch: scratch[worker] + layout.blockCount)
        for piece in 0..<layout.pieceCount {
          block.add(piece: piece, tiles: tiles.count, isFirst: index == 0, to: sums(part, piece))
        }
      }
    }
  }

  /// Sums part after part and block after block with all threads, some channels to each.
  private func sumTogether(
    _ maps: GradientMaps, _ block: WinogradGradientBlock, _ parts: [[Range<Int>]], into sums: Sums
  ) {
    for (part, blocks) in parts.enumerated() {
      for (index, tiles) in blocks.enumerated() {
        transform(maps, tiles, into: block)
        pool.parallelFor(block.layout.pieceCount) { piece, _ in
          block.add(piece: piece, tiles: tiles.count, isFirst: index == 0, to: sums(part, piece))
        }
      }
    }
  }

  /// Tiles of a block that a thread transforms at a time, in whole rows and words, where all share it.
  private static let tilesPerTransform = 8

  /// Transforms a block by all threads.
  private func transform(
    _ maps: GradientMaps, _ tiles: Range<Int>, into block: WinogradGradientBlock
  ) {
    let rows = block.layout.tiles.wholeRows(target: Self.tilesPerTransform)
    let perWord = block.layout.kernels.valuesPerWord
    let size = rows.isMultiple(of: perWord) ? rows : rows * perWord
    let scratch = reserveScratch(max(1, maps.scratchCount))
    pool.parallelFor((tiles.count + size - 1) / size) { index, worker in
      let start = tiles.lowerBound + index * size
      maps.transform(
        start..<min(tiles.upperBound, start + size), into: block, first: index * size,
        scratch: scratch[worker])
    }
  }

  /// Transforms the sums of a piece back to taps, and adds them to the gradient.
  private func writeTaps(
    _ layout: WinogradGradientLayout, piece: Int, _ sums: UnsafeMutablePointer<Float>,
    to gradient: Tensor
  ) {
    let place = layout.place(piece)
    let nr = layout.tile.nr
    let taps = FilterTaps(filter: gradient)
    withUnsafeTemporaryAllocation(of: Destination.self, capacity: 4) { list in
      guard let list = list.baseAddress else { return }
      for (index, panel) in place.panels.enumerated() {
        let outputs = min(nr, gradient.shape.channels - panel * nr)
        for (row, input) in layout.channels(place.group).enumerated() {
          for tap in 0..<4 {
            (list + tap).initialize(
              to: taps.pointer(phase: place.phase, tap: tap, input: input, output: panel * nr))
          }
          layout.kernels.tapsResult(
            sums + index * layout.panelSumCount + row * nr, layout.sumStride, outputs, list)
        }
      }
    }
  }
}

/// The two maps of a filter gradient.
private struct GradientMaps {
  private let large: TileSource
  private let small: TileSource
  private let kernels: WinogradKernels

  /// Reads two maps, in memory or computed.
  init(large: LazyMap, small: LazyMap, kernels: WinogradKernels) {
    self.small = TileSource(small: small)
    self.large = TileSource(large: large, self.small.tiles)
    self.kernels = kernels
  }

  /// Floats that a worker needs to compute what it reads.
  var scratchCount: Int { max(large.scratchCount, small.scratchCount) }

  /// Transforms tiles of both maps, the first of them into tile `first` of a block, which begins a
  /// word.
  func transform(
    _ tiles: Range<Int>, into block: WinogradGradientBlock, first: Int,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let layout = block.layout
    PointList.with(channels: max(large.channels, small.channels)) { points in
      large.forEachSquare(of: tiles, points, scratch: scratch) { index, square, next in
        let tile = first + index / 4
        kernels.gradientLarge(
          square, next, large.channels,
          block.largeRow(phase: index % 4, line: 0, word: tile / kernels.valuesPerWord),
          layout.largeStride, WinogradGradientLayout.channelsPerLine, layout.lineStride,
          kernels.part(of: tile))
      }
      small.forEachSquare(of: tiles, points, scratch: scratch) { index, square, next in
        let tile = first + index
        kernels.gradientSmall(
          square, next, small.channels,
          block.smallRow(panel: 0, word: tile / kernels.valuesPerWord), layout.smallStride,
          layout.tile.nr, layout.panelStride, kernels.part(of: tile))
      }
    }
  }
}
