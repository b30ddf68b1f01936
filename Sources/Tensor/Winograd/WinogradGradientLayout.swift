import KernelTable

/// How a filter gradient's tiles are cut into parts and blocks, and where their transforms and sums
/// lie.
///
/// The tiles fall into a few parts, each with sums of its own, and a part into blocks that are
/// transformed before they are multiplied. The large map's channels are kept in cache lines, one
/// tile after the other, the small map's in panels of the matrix kernel, so that a tile of the
/// product reads what lies together. A phase, a group of lines and a few panels make up a piece:
/// each of its panels has its sums for itself, and all of them read the group's lines while these
/// are in the second-level cache. What lies beyond the last channel, in a line or a panel, is never
/// written, and makes sums that nobody reads.
struct WinogradGradientLayout {
  /// The tiles.
  let tiles: WinogradTiles
  /// The transforms.
  let kernels: WinogradKernels
  /// The matrix kernel's tile, whose columns are a panel of the small map.
  let tile: OuterProductTile
  private let inputs: Int
  /// Rows of tiles in the longest block.
  private let blockRows: Int
  /// How many parts the tiles are cut into.
  let partCount: Int
  /// Panels of a piece.
  private let panelsPerPiece: Int

  /// Groups of the large map's channels.
  private let groups: Int
  /// Panels of the small map's channels.
  private let panels: Int
  /// Lines of the large map's channels.
  let lines: Int
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
  static let groupChannels = 64
  /// Channels in a cache line.
  static let channelsPerLine = 64 / MemoryLayout<Float>.stride
  /// Words of tiles that are transformed before they are multiplied, at least and at most, but for whole
  /// rows.
  private static let (fewestWords, mostWords) = (64, 256)
  /// The most panels of a piece.
  private static let mostPanelsPerPiece = 4
  /// The most parts, and, where there are several, the most floats that all their sums take but for
  /// the padding of groups and panels, which is another for each instruction set.
  private static let (mostParts, mostPartSums) = (8, 4 << 20)
  /// The fewest blocks in a part: the first one's sums need not be read.
  private static let blocksPerPart = 2

  /// Lays out the blocks for a gradient that `threads` threads compute.
  init(kernels: WinogradKernels, large: Shape, small: Shape, threads: Int) {
    self.kernels = kernels
    tiles = WinogradTiles(small: small)
    inputs = large.channels
    let outputs = small.channels
    tile = kernels.tiles.outerProductTile(columns: outputs)
    let sums = Winograd.planes * 4 * inputs * outputs
    let affordableParts = min(Self.mostParts, Self.mostPartSums / sums)
    let wanted =
      kernels.valuesPerWord
      * Self.wantedWords(inputs, outputs, areSumsLarge: affordableParts < 2)
    blockRows = min(tiles.rowCount, max(1, wanted / tiles.columns))
    let blockTiles = blockRows * tiles.columns
    let blockWords = kernels.words(blockTiles)
    partCount = Self.powerOfTwo(
      atMost: min(affordableParts, tiles.count / (Self.blocksPerPart * blockTiles)))
    groups = (inputs + Self.groupChannels - 1) / Self.groupChannels
    lines = (inputs + Self.channelsPerLine - 1) / Self.channelsPerLine
    lineStride = Winograd.planeStride(blockWords * Self.channelsPerLine)
    panels = (outputs + tile.nr - 1) / tile.nr
    panelStride = Winograd.planeStride(blockWords * tile.nr)
    panelsPerPiece = max(1, min(Self.mostPanelsPerPiece, groups * panels / threads))
    largeStride = Winograd.planeStride(4 * lines * lineStride)
    smallStride = Winograd.planeStride(panels * panelStride)
    let rows = min(lines * Self.channelsPerLine, Self.groupChannels)
    sumStride = Winograd.planeStride(rows * tile.nr)
  }

  /// Returns about how many words of tiles a block has, whatever the number of threads, for the order of the
  /// sums follows from it.
  ///
  /// A block's transformed tiles are written and read once, and so are all sums for each block: as many
  /// of those as of these keep both small, 144 words at most where there may be parts. Larger sums
  /// should pass as seldom as may be.
  private static func wantedWords(_ inputs: Int, _ outputs: Int, areSumsLarge: Bool) -> Int {
    let balanced = 4 * inputs * outputs / (4 * inputs + outputs) / 16 * 16
    return areSumsLarge ? mostWords : max(fewestWords, balanced)
  }

  /// Returns the largest power of two up to `limit`, 1 at least: most numbers of threads share as
  /// many parts evenly.
  private static func powerOfTwo(atMost limit: Int) -> Int {
    limit < 2 ? 1 : 1 << (Int.bitWidth - 1 - limit.leadingZeroBitCount)
  }

  /// The large map's channels in a group.
  func channels(_ group: Int) -> Range<Int> {
    let first = group * Self.groupChannels
    return first..<min(inputs, first + Self.groupChannels)
  }

  /// The parts, each as blocks of whole rows of tiles in the order in which they are summed. They
  /// follow from the shapes alone, and so does the order of the sums.
  var parts: [[Range<Int>]] {
    cut(0..<tiles.rowCount, into: partCount).map { part in
      cut(part, into: (part.count + blockRows - 1) / blockRows).map {
        $0.lowerBound * tiles.columns..<$0.upperBound * tiles.columns
      }
    }
  }

  /// Cuts a range into some that are as long as each other, or longer by one.
  private func cut(_ range: Range<Int>, into count: Int) -> [Range<Int>] {
    (0..<count).map {
      let (first, end) = (range.count * $0 / count, range.count * ($0 + 1) / count)
      return range.lowerBound + first..<range.lowerBound + end
    }
  }

  /// Whether there is but one block, so that sums need not be kept from one to the next.
  var areSummedAtOnce: Bool { blockRows == tiles.rowCount }

  /// Floats of a block's transformed tiles.
  var blockCount: Int { Winograd.planes * (largeStride + smallStride) }

  private var piecesPerGroup: Int { (panels + panelsPerPiece - 1) / panelsPerPiece }

  /// How many pieces there are: no two add to the same sums.
  var pieceCount: Int { 4 * groups * piecesPerGroup }

  /// Returns what a piece is made of; neighbouring pieces read the same group.
  func place(_ piece: Int) -> (phase: Int, group: Int, panels: Range<Int>) {
    let (rest, index) = piece.quotientAndRemainder(dividingBy: piecesPerGroup)
    let first = index * panelsPerPiece
    return (rest / groups, rest % groups, first..<min(panels, first + panelsPerPiece))
  }

  /// Floats of a panel's sums: 25 planes of a row of `nr` for each channel of a group.
  var panelSumCount: Int { Winograd.planes * sumStride }

  /// Floats of a piece's sums, panel after panel.
  var pieceSumCount: Int { panelsPerPiece * panelSumCount }

  /// Returns the floats of a part's sums of some pieces.
  func sumCount(_ pieces: Range<Int>) -> Int {
    guard let last = pieces.last else { return 0 }
    let end = sumOffset(piece: last) + place(last).panels.count * panelSumCount
    return end - sumOffset(piece: pieces.lowerBound)
  }

  /// Returns the pieces of which a rank computes all sums, in as equal shares as there are pieces for.
  func pieces(ofRank rank: Int, of ranks: Int) -> Range<Int> {
    cut(0..<pieceCount, into: ranks)[rank]
  }

  /// Calls the body with each phase and group that some pieces belong to, and with their panels.
  func forEachGroup(
    of pieces: Range<Int>, _ body: (_ phase: Int, _ group: Int, _ panels: Range<Int>) -> Void
  ) {
    var piece = pieces.lowerBound
    while piece < pieces.upperBound {
      let end = min(pieces.upperBound, (piece / piecesPerGroup + 1) * piecesPerGroup)
      let (first, last) = (place(piece), place(end - 1))
      body(first.phase, first.group, first.panels.lowerBound..<last.panels.upperBound)
      piece = end
    }
  }

  /// Returns the phases of the large map that some pieces read.
  func phases(_ pieces: Range<Int>) -> ClosedRange<Int> {
    guard let last = pieces.last else { return 0...0 }
    return place(pieces.lowerBound).phase...place(last).phase
  }

  /// Floats from a part's first sums to those of a piece.
  func sumOffset(piece: Int) -> Int {
    let place = place(piece)
    return ((place.phase * groups + place.group) * panels + place.panels.lowerBound) * panelSumCount
  }
}
