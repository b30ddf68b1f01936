import KernelTable

/// The transformed tiles of one block of a filter gradient.
struct WinogradGradientBlock {
  /// How it is laid out.
  let layout: WinogradGradientLayout
  private let memory: UnsafeMutablePointer<Float>

  /// Words of tiles that are summed at a time, so that a panel of theirs stays in the first-level cache,
  /// or, one of four registers, the second.
  private static let wordsPerSum = 128

  /// Lays out a block in `layout.blockCount` floats of memory.
  init(_ layout: WinogradGradientLayout, at memory: UnsafeMutablePointer<Float>) {
    self.layout = layout
    self.memory = memory
  }

  /// Where the channels of a line of a word of tiles, those of the large map in a phase, lie in plane 0.
  func largeRow(phase: Int, line: Int, word: Int) -> UnsafeMutablePointer<Float> {
    memory + (phase * layout.lines + line) * layout.lineStride
      + word * WinogradGradientLayout.channelsPerLine
  }

  /// Where the channels of a panel of a word of tiles, those of the small map, lie in plane 0.
  func smallRow(panel: Int, word: Int) -> UnsafeMutablePointer<Float> {
    memory + Winograd.planes * layout.largeStride + panel * layout.panelStride
      + word * layout.tile.nr
  }

  /// Adds a block of tiles to the sums of one piece.
  func add(piece: Int, tiles: Int, isFirst: Bool, to sums: UnsafeMutablePointer<Float>) {
    let place = layout.place(piece)
    let line = layout.channels(place.group).lowerBound / WinogradGradientLayout.channelsPerLine
    let large = { largeRow(phase: place.phase, line: line, word: $0) + $1 * layout.largeStride }
    let small = { smallRow(panel: $0, word: $1) + $2 * layout.smallStride }
    let words = layout.kernels.words(tiles)
    // Cut at multiples of the words that AMX sums at a time, whose bits the cuts are part of.
    let sixteens = (words + 15) / 16
    let runs = (words + Self.wordsPerSum - 1) / Self.wordsPerSum
    for plane in 0..<Winograd.planes {
      for run in 0..<runs {
        let first = 16 * (sixteens * run / runs)
        let end = min(words, 16 * (sixteens * (run + 1) / runs))
        let next = end < words ? (word: end, plane: plane) : (word: 0, plane: plane + 1)
        for panel in place.panels {
          let follows = panel + 1 < place.panels.upperBound
          addTiles(
            TileRun(
              count: end - first, large: large(first, plane), small: small(panel, first, plane),
              nextLarge: panel == place.panels.lowerBound ? large(next.word, next.plane) : nil,
              nextSmall: follows
                ? small(panel + 1, first, plane)
                : small(place.panels.lowerBound, next.word, next.plane)),
            rows: layout.channels(place.group).count,
            to: sums + (panel - place.panels.lowerBound) * layout.panelSumCount
              + plane * layout.sumStride,
            accumulate: !(isFirst && first == 0))
        }
      }
    }
  }

  /// Some words of tiles of a plane, and what is read after them: of the large map's group where that is not
  /// in the cache yet, and of the small map.
  private struct TileRun {
    let count: Int
    let large: UnsafePointer<Float>
    let small: UnsafePointer<Float>
    let nextLarge: UnsafePointer<Float>?
    let nextSmall: UnsafePointer<Float>
  }

  /// Adds the products of some tiles to a panel's sums of one plane, line by line of the large
  /// map's channels: whole tiles of the kernel, then what is left of the line. Each call of the
  /// kernel fetches a line of every tile that is read next, until all are fetched or the calls are
  /// over.
  private func addTiles(
    _ run: TileRun, rows: Int, to sums: UnsafeMutablePointer<Float>, accumulate: Bool
  ) {
    let (tile, width) = (layout.tile, WinogradGradientLayout.channelsPerLine)
    let nr = tile.nr
    let largeLines = run.nextLarge == nil ? 0 : (rows + width - 1) / width
    let smallLines = (nr + width - 1) / width
    let (aStrides, bStrides) = (GridStrides(row: 0, column: width), GridStrides(row: 0, column: nr))
    var call = 0
    var row = 0
    while row < rows {
      var ahead = GridAhead(run.small, stride: 0)
      if let next = run.nextLarge, call < largeLines {
        ahead = GridAhead(next + call * layout.lineStride, stride: width)
      } else if call < largeLines + smallLines {
        ahead = GridAhead(run.nextSmall + (call - largeLines) * width, stride: nr)
      }
      let a = run.large + row / width * layout.lineStride + row % width
      let left = min(rows - row, width - row % width)
      let isShort = tile.size.isShort(rows: left)
      (isShort ? tile.computeShortTile : tile.computeTile)(
        GridFactor(a, strides: aStrides), GridFactor(run.small, strides: bStrides), ahead,
        GridSize(rows: 1, columns: run.count),
        GridResult(sums + row * nr, stride: nr, accumulate: accumulate))
      row += min(left, isShort ? tile.size.shortRows : tile.mr)
      call += 1
    }
  }
}
