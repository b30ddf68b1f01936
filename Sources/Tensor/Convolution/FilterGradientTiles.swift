import KernelTable

/// The tiles of one filter gradient, and how they are dealt out to the threads.
struct FilterGradientTiles {
  private let tile: OuterProductTile
  private let addRow: @Sendable (Source, Destination, Int) -> Void
  private let points: Points
  private let outputs: Int
  private let slices: Int
  private let slice: Int

  /// Rows of the gradient that a thread computes at a time.
  private static let rowsPerPiece = 96
  /// With so few rows, a piece reads the small map too seldom for packing to pay.
  private static let rowsWorthPacking = 24
  /// Points whose small-map values are packed for reuse by all tiles of a piece, and which are
  /// summed before the gradient is added to: the shorter the chains, the smaller the rounding.
  private static let pointsPerBlock = 256

  init(kernels table: KernelTable, points: Points) {
    addRow = table.elementwise.add
    self.points = points
    outputs = points.small.shape.channels
    tile = table.matrix.sixRows.outerProductTile(columns: outputs)
    slices = (points.depth + Self.rowsPerPiece - 1) / Self.rowsPerPiece
    slice = (points.depth + slices - 1) / slices
  }

  /// How many pieces there are; no two touch the same element.
  var pieceCount: Int { points.tapRows * points.tapColumns * slices }

  /// Floats that a worker needs: a packed block of the small map, and a tile.
  var scratchCount: Int {
    rowsPerBlock * points.small.shape.width * tile.nr + tile.mr * tile.nr
  }

  private var rowsPerBlock: Int {
    max(1, min(points.small.shape.height, Self.pointsPerBlock / points.small.shape.width))
  }

  /// Where a piece reads and writes.
  private struct Piece {
    let tapRow: Int
    let tapColumn: Int
    let rows: Range<Int>
    let target: UnsafeMutablePointer<Float>
  }

  /// Computes one piece over all points.
  func compute(piece index: Int, accumulate: Bool, scratch: UnsafeMutablePointer<Float>) {
    let piece = piece(index)
    guard !piece.rows.isEmpty else { return }
    if !accumulate { clear(piece) }
    let (small, large) = (points.small.shape, points.large.shape)
    let ys = points.reach(piece.tapRow, small: small.height, large: large.height)
    let xs = points.reach(piece.tapColumn, small: small.width, large: large.width)
    guard !ys.isEmpty, !xs.isEmpty else { return }
    for image in 0..<small.batch {
      for y in stride(from: ys.lowerBound, to: ys.upperBound, by: rowsPerBlock) {
        let block = y..<min(ys.upperBound, y + rowsPerBlock)
        add(image: image, ys: block, xs: xs, to: piece, scratch: scratch)
      }
    }
  }

  private func piece(_ index: Int) -> Piece {
    let (tap, part) = index.quotientAndRemainder(dividingBy: slices)
    let first = min(points.depth, part * slice)
    return Piece(
      tapRow: tap / points.tapColumns, tapColumn: tap % points.tapColumns,
      rows: first..<min(points.depth, first + slice),
      target: points.gradient.pointer + tap * points.depth * outputs)
  }

  private func clear(_ piece: Piece) {
    (piece.target + piece.rows.lowerBound * outputs)
      .update(repeating: 0, count: piece.rows.count * outputs)
  }

  /// Adds one block of points of one image.
  private func add(
    image: Int, ys: Range<Int>, xs: Range<Int>, to piece: Piece,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let (s, p, mr, nr) = (points.stride, points.padding, tile.mr, tile.nr)
    let large = points.large.shape
    let rowStride = large.width * large.channels
    let y = image * large.height + ys.lowerBound * s + piece.tapRow - p
    let x = xs.lowerBound * s + piece.tapColumn - p
    let window = UnsafePointer(points.large.pointer + y * rowStride + x * large.channels)
    var block = PointBlock(
      large: window, largeStrides: GridStrides(row: s * rowStride, column: s * large.channels),
      small: UnsafePointer(scratch), smallStrides: GridStrides(row: xs.count * nr, column: nr),
      rows: ys.count, columns: xs.count)
    let sums = scratch + rowsPerBlock * points.small.shape.width * nr
    for column in stride(from: 0, to: outputs, by: nr) {
      let columns = column..<min(column + nr, outputs)
      if piece.rows.count > Self.rowsWorthPacking {
        pack(image: image, ys: ys, xs: xs, columns: columns, into: scratch)
      } else {
        let small = points.small.shape
        let point = (image * small.height + ys.lowerBound) * small.width + xs.lowerBound
        block.small = UnsafePointer(points.small.pointer + point * outputs + column)
        block.smallStrides = GridStrides(row: small.width * outputs, column: outputs)
      }
      for row in stride(from: piece.rows.lowerBound, to: piece.rows.upperBound, by: mr) {
        let rows = row..<min(row + mr, piece.rows.upperBound)
        add(block, rows: rows, columns: columns, to: piece.target, sums: sums)
      }
    }
  }

  /// The two factors of a block of points.
  private struct PointBlock {
    let large: Source
    let largeStrides: GridStrides
    var small: Source
    var smallStrides: GridStrides
    let rows: Int
    let columns: Int
  }

  /// Sums a block of points in a tile's own memory, and adds the part of it that exists.
  private func add(
    _ block: PointBlock, rows: Range<Int>, columns: Range<Int>,
    to target: UnsafeMutablePointer<Float>, sums: UnsafeMutablePointer<Float>
  ) {
    let nr = tile.nr
    let c = target + rows.lowerBound * outputs + columns.lowerBound
    tile.computeTile(
      GridFactor(block.large + rows.lowerBound, strides: block.largeStrides),
      GridFactor(block.small, strides: block.smallStrides), GridAhead(block.small, stride: 0),
      GridSize(rows: block.rows, columns: block.columns),
      GridResult(sums, stride: nr, accumulate: false))
    for r in 0..<rows.count { addRow(sums + r * nr, c + r * outputs, columns.count) }
  }

  /// Copies `nr` channels of a block of the small map next to each other, zeros beyond the last.
  private func pack(
    image: Int, ys: Range<Int>, xs: Range<Int>, columns: Range<Int>,
    into target: UnsafeMutablePointer<Float>
  ) {
    let small = points.small.shape
    var packed = target
    for y in ys {
      let row = (image * small.height + y) * small.width + xs.lowerBound
      var source = points.small.pointer + row * outputs + columns.lowerBound
      for _ in xs {
        packed.update(from: source, count: columns.count)
        (packed + columns.count).update(repeating: 0, count: tile.nr - columns.count)
        packed += tile.nr
        source += outputs
      }
    }
  }
}
