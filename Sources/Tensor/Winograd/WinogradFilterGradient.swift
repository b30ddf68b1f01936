import KernelTable

extension Backend {
  /// Threads that a rank may have without some of them idling over its slice of a gradient.
  private static let threadsPerRank = 8

  /// Computes `addFilterGradient` by Winograd's method; see `Winograd`.
  ///
  /// Parts and blocks of tiles follow from the whole batch's shapes alone, so the order of the sums does
  /// too, whichever way threads and ranks share them. Ranks take whole parts, where there are enough, and
  /// exchange their sums; of larger filters each takes a slice, and they exchange the maps.
  func addFilterGradientWinograd(
    large: LazyMap, small: LazyMap, to gradient: Tensor, accumulate: Bool, isNeeded: Bool
  ) {
    if !accumulate { gradient.pointer.update(repeating: 0, count: gradient.count) }
    func layout(threads: Int) -> WinogradGradientLayout {
      WinogradGradientLayout(
        kernels: winograd, large: wholeShape(large.shape), small: wholeShape(small.shape),
        threads: threads)
    }
    let own = layout(threads: pool.threadCount)
    guard let ranks else {
      let start = operationStart
      defer { report("filter gradient", since: start, [large.shape, gradient.shape]) }
      let maps = GradientMaps(large: large, small: small, kernels: winograd)
      return add(maps, own, pieces: 0..<own.pieceCount, to: gradient)
    }
    if own.partCount > 1 && own.partCount.isMultiple(of: ranks.count) {
      let maps = GradientMaps(large: large, small: small, kernels: winograd)
      return addPartsOfRanks(maps, own, ranks, to: gradient)
    }
    // The slices must be the same on all ranks, however many threads each has.
    let shared = layout(threads: Self.threadsPerRank * ranks.count)
    addFromWholeBatch(large, small, to: gradient, isNeeded: isNeeded) { [self] large, small in
      add(
        GradientMaps(large: LazyMap(large), small: LazyMap(small), kernels: winograd), shared,
        pieces: shared.pieces(ofRank: ranks.rank, of: ranks.count), to: gradient)
    }
    func allSlices() -> [[Range<Int>]] {
      (0..<ranks.count).map {
        slices(shared, shared.pieces(ofRank: $0, of: ranks.count), of: gradient)
      }
    }
    guard isNeeded else { return slicedGradients.insert(gradient, slices: allSlices()) }
    var one = SlicedGradients()
    one.insert(gradient, slices: allSlices())
    share(one)
  }

  /// Adds some pieces of the gradient of all tiles.
  ///
  /// A part goes to a thread where that gives all threads as much, for a thread then reads what it has
  /// just written itself; else all go block by block together.
  private func add(
    _ maps: GradientMaps, _ layout: WinogradGradientLayout, pieces: Range<Int>, to gradient: Tensor
  ) {
    guard !pieces.isEmpty else { return }
    if layout.areSummedAtOnce {
      addOneBlock(maps, layout, pieces, to: gradient)
    } else {
      addParts(
        maps, layout, pieces, layout.parts,
        to: Array(repeating: gradient, count: layout.partCount))
    }
  }

  /// Adds the gradient of all tiles, of which each rank sums some parts, in the order in which one process
  /// adds them.
  private func addPartsOfRanks(
    _ maps: GradientMaps, _ layout: WinogradGradientLayout, _ ranks: any RankGroup,
    to gradient: Tensor
  ) {
    let start = operationStart
    let (shape, share) = (gradient.shape, layout.partCount / ranks.count)
    let taps = makeTensor(
      uninitialized: Shape(
        layout.partCount, shape.batch * shape.height, shape.width, shape.channels))
    let first = ranks.rank * share
    let own = (0..<share).map { taps.view(shape, at: (first + $0) * shape.count) }
    own[0].pointer.update(repeating: 0, count: share * shape.count)
    let offset = ranks.rank * layout.tiles.count / ranks.count
    let parts = layout.parts[first..<first + share].map { part in
      part.map { $0.lowerBound - offset..<$0.upperBound - offset }
    }
    addParts(maps, layout, 0..<layout.pieceCount, parts, to: own)
    report("filter gradient", since: start, [maps.largeShape, shape])
    gatherParts(of: taps)
    withExtendedLifetime(taps) {
      forEachPiece(of: shape.count) { range in
        for part in 0..<layout.partCount {
          kernels.elementwise.add(
            taps.pointer + part * shape.count + range.lowerBound,
            gradient.pointer + range.lowerBound, range.count)
        }
      }
    }
  }

  /// Transforms the only block by all threads together, then multiplies and sums it, some channels
  /// of either map to a thread, which transforms its sums back.
  private func addOneBlock(
    _ maps: GradientMaps, _ layout: WinogradGradientLayout, _ pieces: Range<Int>,
    to gradient: Tensor
  ) {
    let memory = takeWorkspace(layout.blockCount)
    withExtendedLifetime(memory) {
      let block = WinogradGradientBlock(layout, at: memory.pointer)
      transform(maps, 0..<layout.tiles.count, into: block, pieces)
      let scratch = reserveScratch(layout.pieceSumCount)
      pool.parallelFor(pieces.count) { index, worker in
        let (piece, sums) = (pieces.lowerBound + index, scratch[worker])
        block.add(piece: piece, tiles: layout.tiles.count, isFirst: true, to: sums)
        writeTaps(layout, piece: piece, sums, to: gradient)
      }
    }
  }

  /// Sums the parts, each by itself, then transforms all their sums back, each part's to a gradient.
  private func addParts(
    _ maps: GradientMaps, _ layout: WinogradGradientLayout, _ pieces: Range<Int>,
    _ parts: [[Range<Int>]], to gradients: [Tensor]
  ) {
    let isPartPerThread = parts.count > 1 && parts.count.isMultiple(of: pool.threadCount)
    let partSumCount = layout.sumCount(pieces)
    let sumCount = parts.count * partSumCount
    let memory = takeWorkspace(sumCount + (isPartPerThread ? 0 : layout.blockCount))
    withExtendedLifetime(memory) {
      let base = memory.pointer - layout.sumOffset(piece: pieces.lowerBound)
      let sums = { base + $0 * partSumCount + layout.sumOffset(piece: $1) }
      if isPartPerThread {
        sumPartPerThread(maps, layout, pieces, parts, into: sums)
      } else {
        let block = WinogradGradientBlock(layout, at: memory.pointer + sumCount)
        sumTogether(maps, block, pieces, parts, into: sums)
      }
      pool.parallelFor(pieces.count) { index, _ in
        let piece = pieces.lowerBound + index
        for part in parts.indices {
          writeTaps(layout, piece: piece, sums(part, piece), to: gradients[part])
        }
      }
    }
  }

  /// Where the sums of a part and a piece lie.
  private typealias Sums = (_ part: Int, _ piece: Int) -> UnsafeMutablePointer<Float>

  /// Sums a part with each thread, which has a block for itself.
  private func sumPartPerThread(
    _ maps: GradientMaps, _ layout: WinogradGradientLayout, _ pieces: Range<Int>,
    _ parts: [[Range<Int>]], into sums: Sums
  ) {
    let scratch = reserveScratch(layout.blockCount + maps.scratchCount)
    pool.parallelFor(parts.count) { part, worker in
      let block = WinogradGradientBlock(layout, at: scratch[worker])
      for (index, tiles) in parts[part].enumerated() {
        maps.transform(
          tiles, into: block, first: 0, phases: layout.phases(pieces),
          scratch: scratch[worker] + layout.blockCount)
        for piece in pieces {
          block.add(piece: piece, tiles: tiles.count, isFirst: index == 0, to: sums(part, piece))
        }
      }
    }
  }

  /// Sums part after part and block after block with all threads, some channels to each.
  private func sumTogether(
    _ maps: GradientMaps, _ block: WinogradGradientBlock, _ pieces: Range<Int>,
    _ parts: [[Range<Int>]], into sums: Sums
  ) {
    for (part, blocks) in parts.enumerated() {
      for (index, tiles) in blocks.enumerated() {
        transform(maps, tiles, into: block, pieces)
        pool.parallelFor(pieces.count) { offset, _ in
          let piece = pieces.lowerBound + offset
          block.add(piece: piece, tiles: tiles.count, isFirst: index == 0, to: sums(part, piece))
        }
      }
    }
  }

  /// Tiles of a block that a thread transforms at a time, in whole rows and words, where all share it.
  private static let tilesPerTransform = 8

  /// Transforms what some pieces read of a block, by all threads.
  private func transform(
    _ maps: GradientMaps, _ tiles: Range<Int>, into block: WinogradGradientBlock,
    _ pieces: Range<Int>
  ) {
    let phases = block.layout.phases(pieces)
    let rows = block.layout.tiles.wholeRows(target: Self.tilesPerTransform)
    let perWord = block.layout.kernels.valuesPerWord
    let size = rows.isMultiple(of: perWord) ? rows : rows * perWord
    let scratch = reserveScratch(max(1, maps.scratchCount))
    pool.parallelFor((tiles.count + size - 1) / size) { index, worker in
      let start = tiles.lowerBound + index * size
      maps.transform(
        start..<min(tiles.upperBound, start + size), into: block, first: index * size,
        phases: phases, scratch: scratch[worker])
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

  /// Returns the elements of the gradient that some pieces write.
  private func slices(
    _ layout: WinogradGradientLayout, _ pieces: Range<Int>, of gradient: Tensor
  ) -> [Range<Int>] {
    let (taps, nr, columns) = (
      FilterTaps(filter: gradient), layout.tile.nr, gradient.shape.channels
    )
    var slices: [Range<Int>] = []
    layout.forEachGroup(of: pieces) { phase, group, panels in
      let outputs = panels.lowerBound * nr..<min(columns, panels.upperBound * nr)
      let inputs = layout.channels(group)
      for tap in 0..<4 {
        let first =
          taps.pointer(phase: phase, tap: tap, input: inputs.lowerBound, output: outputs.lowerBound)
          - gradient.pointer
        // Whole rows of the filter lie together.
        let (rows, length) =
          outputs.count == columns ? (1, inputs.count * columns) : (inputs.count, outputs.count)
        slices += (0..<rows).map { first + $0 * columns..<first + $0 * columns + length }
      }
    }
    return slices
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

  /// The large map's shape.
  var largeShape: Shape { large.shape }

  /// Floats that a worker needs to compute what it reads.
  var scratchCount: Int { max(large.scratchCount, small.scratchCount) }

  /// Transforms tiles of both maps, some phases of the large one, the first of them into tile `first` of
  /// a block, which begins a word.
  func transform(
    _ tiles: Range<Int>, into block: WinogradGradientBlock, first: Int, phases: ClosedRange<Int>,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let layout = block.layout
    PointList.with(channels: max(large.channels, small.channels)) { points in
      large.forEachSquare(of: tiles, points, scratch: scratch) { index, square, next in
        guard phases.contains(index % 4) else { return }
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
