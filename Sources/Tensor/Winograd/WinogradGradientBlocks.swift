import KernelTable

/// The transformed tiles of one block, and the sums over all blocks, of one filter gradient.
///
/// The large map's channels are kept in cache lines, one tile after the other, the small map's in
/// panels of the matrix kernel, so that a tile of the product reads what lies together. A phase, a
/// group of lines and a few panels make up a piece: each of its panels has its sums for itself, and
/// all of them read the group's lines while these are in the second-level cache. What lies beyond the
/// last channel, in a line or a panel, is never written, and makes sums that nobody reads.
struct WinogradGradientBlocks {
  /// The tiles.
  let tiles: WinogradTiles
  /// The matrix kernel's tile, whose columns are a panel of the small map.
  let matrixTile: MatrixTile
  private let multiply: MultiplyTransposedTile
  private let multiplyShort: MultiplyTransposedTile
  private let inputs: Int
  private let blockTiles: Int
  private let memory: Storage
  /// Panels of a piece.
  private let panelsPerPiece: Int

  /// Groups of the large map's channels.
  private let groups: Int
  /// Panels of the small map's channels.
  private let panels: Int
  /// Lines of the large map's channels.
  private let lines: Int
  /// Floats from a line's first tile to the next line's.
  let lineStride: Int
  /// Floats from a panel's first tile to the next panel's.
  let panelStride: Int
  /// Floats between planes of the large map's transformed tiles.
  let largeStride: Int
  /// Floats between planes of the small map's transformed tiles.
  let smallStride: Int
  /// Floats between planes of a panel's sums.
  let sumStride: Int

  /// Channels of the large map in a group, whole lines of them.
  private static let groupChannels = 64
  /// Channels in a cache line.
  static let channelsPerLine = 64 / MemoryLayout<Float>.stride
  /// Tiles that are transformed before they are multiplied, at least and at most.
  private static let tilesPerBlock = 64...256
  /// Tiles that are summed at a time, so that a panel of theirs stays in the first-level cache, or,
  /// a broad one, the second.
  private static let tilesPerSum = 128
  /// The most panels of a piece.
  private static let mostPanelsPerPiece = 4

  /// Lays out the blocks for a gradient that `threads` threads compute.
  init(kernels: MatrixKernels, large: Tensor, small: Tensor, threads: Int) {
    tiles = WinogradTiles(small: small.shape)
    inputs = large.shape.channels
    let outputs = small.shape.channels
    matrixTile = kernels.wideTile(columns: outputs)
    (multiply, multiplyShort) = kernels.transposed(columns: outputs)
    // A block's sums are read and written once, as are its transformed tiles: as many of these as of
    // those keep both small.
    let balanced = 4 * inputs * outputs / (4 * inputs + outputs) / 16 * 16
    blockTiles = min(
      tiles.count,
      max(Self.tilesPerBlock.lowerBound, min(Self.tilesPerBlock.upperBound, balanced)))
    groups = (inputs + Self.groupChannels - 1) / Self.groupChannels
    lines = (inputs + Self.channelsPerLine - 1) / Self.channelsPerLine
    lineStride = Winograd.planeStride(blockTiles * Self.channelsPerLine)
    panels = (outputs + matrixTile.nr - 1) / matrixTile.nr
    panelStride = Winograd.planeStride(blockTiles * matrixTile.nr)
    panelsPerPiece = max(1, min(Self.mostPanelsPerPiece, groups * panels / threads))
    largeStride = Winograd.planeStride(4 * lines * lineStride)
    smallStride = Winograd.planeStride(panels * panelStride)
    let rows = min(lines * Self.channelsPerLine, Self.groupChannels)
    sumStride = Winograd.planeStride(rows * matrixTile.nr)
    let isOneBlock = blockTiles == tiles.count
    let sums = isOneBlock ? 0 : 4 * groups * panels * sumStride
    memory = Storage(count: Winograd.planes * (largeStride + smallStride + sums))
  }

  /// The large map's channels in a group.
  func channels(_ group: Int) -> Range<Int> {
    let first = group * Self.groupChannels
    return first..<min(inputs, first + Self.groupChannels)
  }

  /// The tiles in blocks.
  var ranges: [Range<Int>] {
    stride(from: 0, to: tiles.count, by: blockTiles).map {
      $0..<min(tiles.count, $0 + blockTiles)
    }
  }

  /// Where a tile's channels of a line, those of the large map in a phase, lie in plane 0.
  func largeRow(phase: Int, line: Int, tile: Int) -> UnsafeMutablePointer<Float> {
    memory.pointer + (phase * lines + line) * lineStride + tile * Self.channelsPerLine
  }

  /// Where a tile's channels of a panel, those of the small map, lie in plane 0.
  func smallRow(panel: Int, tile: Int) -> UnsafeMutablePointer<Float> {
    memory.pointer + Winograd.planes * largeStride + panel * panelStride + tile * matrixTile.nr
  }

  private var piecesPerGroup: Int { (panels + panelsPerPiece - 1) / panelsPerPiece }

  /// How many pieces there are: no two add to the same sums.
  var pieceCount: Int { 4 * groups * piecesPerGroup }

  /// Returns what a piece is made of; neighbouring pieces read the same group.
  func place(_ piece: Int) -> (phase: Int, group: Int, panels: Range<Int>) {
    let (rest, index) = piece.quotientAndRemainder(dividingBy: piecesPerGroup)
    let first = index * panelsPerPiece
    return (rest / groups, rest % groups, first..<min(panels, first + panelsPerPiece))
  }

  /// Whether there is but one block, so that sums need not be kept from one to the next.
  var areSummedAtOnce: Bool { blockTiles == tiles.count }

  /// Floats of a panel's sums: 25 planes of a row of `nr` for each channel of a group.
  var panelSumCount: Int { Winograd.planes * sumStride }

  /// Floats of a piece's sums, panel after panel.
  var sumCount: Int { panelsPerPiece * panelSumCount }

  /// Where a piece's sums are kept from block to block.
  func sums(piece: Int) -> UnsafeMutablePointer<Float> {
    let place = place(piece)
    let index = (place.phase * groups + place.group) * panels + place.panels.lowerBound
    return memory.pointer + Winograd.planes * (largeStride + smallStride) + index * panelSumCount
  }

  /// Adds a block of tiles to the sums of one piece.
  func add(piece: Int, tiles: Int, isFirst: Bool, to sums: UnsafeMutablePointer<Float>) {
    let place = place(piece)
    let line = place.group * Self.groupChannels / Self.channelsPerLine
    let large = { largeRow(phase: place.phase, line: line, tile: $0) + $1 * largeStride }
    let small = { smallRow(panel: $0, tile: $1) + $2 * smallStride }
    let parts = (tiles + Self.tilesPerSum - 1) / Self.tilesPerSum
    for plane in 0..<Winograd.planes {
      for part in 0..<parts {
        let (first, end) = (tiles * part / parts, tiles * (part + 1) / parts)
        let next = end < tiles ? (tile: end, plane: plane) : (tile: 0, plane: plane + 1)
        for panel in place.panels {
          let follows = panel + 1 < place.panels.upperBound
          addTiles(
            TileRun(
              count: end - first, large: large(first, plane), small: small(panel, first, plane),
              nextLarge: panel == place.panels.lowerBound ? large(next.tile, next.plane) : nil,
              nextSmall: follows
                ? small(panel + 1, first, plane)
                : small(place.panels.lowerBound, next.tile, next.plane)),
            rows: channels(place.group).count,
            to: sums + (panel - place.panels.lowerBound) * panelSumCount + plane * sumStride,
            accumulate: !(isFirst && first == 0))
        }
      }
    }
  }

  /// Some tiles of a plane, and what is read after them: of the large map's group where that is not
  /// in the cache yet, and of the small map.
  private struct TileRun {
    let count: Int
    let large: UnsafePointer<Float>
    let small: UnsafePointer<Float>
    let nextLarge: UnsafePointer<Float>?
    let nextSmall: UnsafePointer<Float>
  }

  /// Adds the products of some tiles to a panel's sums of one plane, line by line of the large map's
  /// channels: whole tiles of the kernel, then what is left of the line. Each call of the kernel
  /// fetches a line of every tile that is read next, until all are fetched or the calls are over.
  private func addTiles(
    _ run: TileRun, rows: Int, to sums: UnsafeMutablePointer<Float>, accumulate: Bool
  ) {
    let nr = matrixTile.nr
    let largeLines =
      run.nextLarge == nil ? 0 : (rows + Self.channelsPerLine - 1) / Self.channelsPerLine
    let smallLines = (nr + Self.channelsPerLine - 1) / Self.channelsPerLine
    let (aStrides, bStrides) = (
      GridStrides(row: 0, column: Self.channelsPerLine), GridStrides(row: 0, column: nr)
    )
    var call = 0
    var row = 0
    while row < rows {
      var ahead = (line: run.small, stride: 0)
      if let next = run.nextLarge, call < largeLines {
        ahead = (next + call * lineStride, Self.channelsPerLine)
      } else if call < largeLines + smallLines {
        ahead = (run.nextSmall + (call - largeLines) * Self.channelsPerLine, nr)
      }
      let a = run.large + row / Self.channelsPerLine * lineStride + row % Self.channelsPerLine
      let left = min(rows - row, Self.channelsPerLine - row % Self.channelsPerLine)
      let isShort = matrixTile.isShort(rows: left)
      (isShort ? multiplyShort : multiply)(
        a, aStrides, run.small, bStrides, ahead.line, ahead.stride, 1, run.count, sums + row * nr,
        nr, accumulate)
      row += min(left, isShort ? matrixTile.shortRows : matrixTile.mr)
      call += 1
    }
  }
}
