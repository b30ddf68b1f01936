import KernelTable

/// The transformed tiles of one block, and the sums over all blocks, of one filter gradient.
///
/// The large map's channels are kept in groups, the small map's in panels of the matrix kernel, so
/// that a tile of the product reads rows that are close together. A phase, a group and a panel make
/// up a piece, which has its sums for itself.
struct WinogradGradientBlocks {
  /// The tiles.
  let tiles: WinogradTiles
  private let kernels: MatrixKernels
  private let inputs: Int
  private let blockTiles: Int
  private let memory: Storage

  /// Groups of the large map's channels.
  let groups: Int
  /// Panels of the small map's channels.
  let panels: Int
  /// Floats between planes of the large map's transformed tiles.
  let largeStride: Int
  /// Floats between planes of the small map's transformed tiles.
  let smallStride: Int
  /// Floats between planes of a piece's sums.
  let sumStride: Int

  /// Channels of the large map in a group.
  private static let groupChannels = 64
  /// Floats from one tile's row of a group to the next: off the powers of two, which would crowd a
  /// few lines of the cache.
  private static let groupStride = 80
  /// Tiles that are transformed before they are multiplied, at least and at most.
  private static let tilesPerBlock = 64...256
  /// Tiles that are summed at a time, so that a panel of theirs stays in the first-level cache.
  private static let tilesPerSum = 128

  init(kernels: MatrixKernels, large: Tensor, small: Tensor) {
    self.kernels = kernels
    tiles = WinogradTiles(small: small.shape)
    inputs = large.shape.channels
    let outputs = small.shape.channels
    // A block's sums are read and written once, as are its transformed tiles: as many of these as of
    // those keep both small.
    let balanced = 4 * inputs * outputs / (4 * inputs + outputs) / 16 * 16
    blockTiles = min(
      tiles.count,
      max(Self.tilesPerBlock.lowerBound, min(Self.tilesPerBlock.upperBound, balanced)))
    groups = (inputs + Self.groupChannels - 1) / Self.groupChannels
    panels = (outputs + kernels.wide.nr - 1) / kernels.wide.nr
    largeStride = Winograd.planeStride(4 * groups * blockTiles * Self.groupStride)
    smallStride = Winograd.planeStride(panels * blockTiles * kernels.wide.nr)
    let (mr, nr) = (kernels.wide.mr, kernels.wide.nr)
    let rows = (min(inputs, Self.groupChannels) + mr - 1) / mr * mr
    sumStride = Winograd.planeStride(rows * nr)
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

  /// Where a tile's row of a phase and group begins in plane 0.
  func largeRow(phase: Int, group: Int, tile: Int) -> UnsafeMutablePointer<Float> {
    memory.pointer + ((phase * groups + group) * blockTiles + tile) * Self.groupStride
  }

  /// Where a tile's row of a panel begins in plane 0.
  func smallRow(panel: Int, tile: Int) -> UnsafeMutablePointer<Float> {
    memory.pointer + Winograd.planes * largeStride + (panel * blockTiles + tile) * kernels.wide.nr
  }

  /// How many pieces there are: no two add to the same sums.
  var pieceCount: Int { 4 * groups * panels }

  /// Returns what a piece is made of; neighbouring pieces read the same group.
  func place(_ piece: Int) -> (phase: Int, group: Int, panel: Int) {
    let (rest, panel) = piece.quotientAndRemainder(dividingBy: panels)
    return (rest / groups, rest % groups, panel)
  }

  /// Whether there is but one block, so that sums need not be kept from one to the next.
  var areSummedAtOnce: Bool { blockTiles == tiles.count }

  /// Floats of a piece's sums: 25 planes of a row of `nr` for each channel of a group.
  var sumCount: Int { Winograd.planes * sumStride }

  /// Where a piece's sums are kept from block to block.
  func sums(piece: Int) -> UnsafeMutablePointer<Float> {
    memory.pointer + Winograd.planes * (largeStride + smallStride) + piece * sumCount
  }

  /// Adds a block of tiles to the sums of one piece.
  func add(piece: Int, tiles: Int, isFirst: Bool, to sums: UnsafeMutablePointer<Float>) {
    let place = place(piece)
    let (mr, nr) = (kernels.wide.mr, kernels.wide.nr)
    let rows = channels(place.group).count
    let a = GridStrides(row: 0, column: Self.groupStride)
    let b = GridStrides(row: 0, column: nr)
    for plane in 0..<Winograd.planes {
      for first in stride(from: 0, to: tiles, by: Self.tilesPerSum) {
        let count = min(Self.tilesPerSum, tiles - first)
        let input =
          largeRow(phase: place.phase, group: place.group, tile: first) + plane * largeStride
        let gradient = smallRow(panel: place.panel, tile: first) + plane * smallStride
        for row in stride(from: 0, to: rows, by: mr) {
          kernels.multiplyTransposed(
            input + row, a, gradient, b, 1, count, sums + plane * sumStride + row * nr, nr,
            !(isFirst && first == 0))
        }
      }
    }
  }
}
