import KernelTable

/// The transformed tiles of one block, and the sums over all blocks, of one filter gradient.
///
/// The large map's channels are kept in groups, the small map's in panels of the matrix kernel, so
/// that a tile of the product reads rows that are close together.
struct WinogradGradientSums {
  /// The tiles.
  let tiles: WinogradTiles
  private let kernels: MatrixKernels
  private let inputs: Int
  private let outputs: Int
  private let blockTiles: Int
  private let memory: Storage

  /// Channels of the large map in a group.
  private static let groupChannels = 64
  /// Floats from one tile's row of a group to the next: off the powers of two, which would crowd a
  /// few lines of the cache.
  private static let groupStride = 80
  /// Tiles that are transformed before they are multiplied, at least and at most.
  private static let tilesPerBlock = 64...256

  init(kernels: MatrixKernels, large: Tensor, small: Tensor) {
    self.kernels = kernels
    tiles = WinogradTiles(small: small.shape, large: large.shape)
    inputs = large.shape.channels
    outputs = small.shape.channels
    // A block's sums are read and written once, as are its transformed tiles: as many of these as of
    // those keep both small.
    let balanced = 4 * inputs * outputs / (4 * inputs + outputs) / 16 * 16
    blockTiles = min(
      tiles.count,
      max(Self.tilesPerBlock.lowerBound, min(Self.tilesPerBlock.upperBound, balanced)))
    let groups = (inputs + Self.groupChannels - 1) / Self.groupChannels
    let panels = (outputs + kernels.wide.nr - 1) / kernels.wide.nr
    let planes = WinogradTiles.planes
    largeStride = WinogradTiles.planeStride(4 * groups * blockTiles * Self.groupStride)
    smallStride = WinogradTiles.planeStride(panels * blockTiles * kernels.wide.nr)
    sumRows = (Self.groupChannels + kernels.wide.mr - 1) / kernels.wide.mr * kernels.wide.mr
    sumWidth = panels * kernels.wide.nr
    sumStride = WinogradTiles.planeStride(4 * groups * sumRows * sumWidth)
    self.groups = groups
    memory = Storage(count: planes * (largeStride + smallStride + sumStride))
  }

  /// Groups of the large map's channels.
  let groups: Int
  /// Floats between planes of the large map's transformed tiles.
  let largeStride: Int
  /// Floats between planes of the small map's transformed tiles.
  let smallStride: Int
  /// Floats between planes of the sums.
  let sumStride: Int
  private let sumRows: Int
  private let sumWidth: Int

  /// The large map's channels in a group.
  func channels(_ group: Int) -> Range<Int> {
    let first = group * Self.groupChannels
    return first..<min(inputs, first + Self.groupChannels)
  }

  /// The tiles in blocks.
  var blocks: [Range<Int>] {
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
    memory.pointer + WinogradTiles.planes * largeStride + (panel * blockTiles + tile)
      * kernels.wide.nr
  }

  /// Where the sums of a phase and channel of the large map begin in plane 0.
  func sumRow(phase: Int, input: Int) -> UnsafeMutablePointer<Float> {
    let (group, row) = input.quotientAndRemainder(dividingBy: Self.groupChannels)
    return sums + ((phase * groups + group) * sumRows + row) * sumWidth
  }

  private var sums: UnsafeMutablePointer<Float> {
    memory.pointer + WinogradTiles.planes * (largeStride + smallStride)
  }

  /// Planes times groups of all phases: no two pieces add to the same sums.
  var pieceCount: Int { WinogradTiles.planes * 4 * groups }

  /// Adds a block of tiles to the sums of one plane, phase and group.
  func add(piece: Int, tiles: Int, isFirst: Bool) {
    let (plane, group) = piece.quotientAndRemainder(dividingBy: 4 * groups)
    let rows = channels(group % groups).count
    let input = largeRow(phase: 0, group: group, tile: 0) + plane * largeStride
    let target = sums + plane * sumStride + group * sumRows * sumWidth
    let a = GridStrides(row: 0, column: Self.groupStride)
    let b = GridStrides(row: 0, column: kernels.wide.nr)
    for panel in 0..<sumWidth / kernels.wide.nr {
      let gradient = smallRow(panel: panel, tile: 0) + plane * smallStride
      for row in stride(from: 0, to: rows, by: kernels.wide.mr) {
        kernels.multiplyTransposed(
          input + row, a, gradient, b, 1, tiles, target + row * sumWidth + panel * kernels.wide.nr,
          sumWidth, !isFirst)
      }
    }
  }
}
