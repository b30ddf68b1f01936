import KernelTable

/// One of the two convolutions, as tiles that are transformed, multiplied and transformed back.
///
/// A tile is read in `parts` squares of points, each of which becomes `depth / parts` columns of the
/// transformed tile; its product with the transformed filter, `[depth, columns]` in each of the 25
/// planes, is transformed to the points that the tile writes.
protocol WinogradLayer {
  /// The tiles.
  var tiles: WinogradTiles { get }
  /// Columns of a transformed tile.
  var depth: Int { get }
  /// Columns of its product with the filter.
  var columns: Int { get }
  /// Squares of points that a tile reads.
  var parts: Int { get }
  /// Transforms a square that a tile reads.
  var forward: WinogradForward { get }
  /// The most channels of a map on either side.
  var mostChannels: Int { get }

  /// Returns a square of points that a tile reads.
  func source(_ tile: Int, part: Int) -> PointSquare

  /// Transforms some columns of the tiles' products, which lie in the first rows of the planes, to
  /// the points that the tiles write.
  func write(
    _ range: Range<Int>, columns: Range<Int>, from planes: WinogradPlanes, _ points: PointList)

  /// Transforms some rows and columns of the filter.
  ///
  /// - target: row after row, `rowStride` floats apart, in plane 0.
  func transformFilter(
    rows: Range<Int>, columns: Range<Int>, into target: UnsafeMutablePointer<Float>,
    rowStride: Int, planeStride: Int)
}

extension WinogradLayer {
  /// Transforms what tiles read into rows of planes, the first of them into row 0.
  func read(_ range: Range<Int>, into planes: WinogradPlanes, _ points: PointList) {
    let width = depth / parts
    points.forEachSource(count: range.count * parts) { index in
      source(range.lowerBound + index / parts, part: index % parts)
    } _: { index, square, next in
      let target = planes.row(index / parts) + index % parts * width
      forward(square, next, width, target, planes.stride, width, 0)
    }
  }
}

/// The convolution: from the four phases of the large map to the small one.
struct WinogradDown: WinogradLayer {
  let large: Tensor
  let filter: Tensor
  let small: Tensor
  let kernels: WinogradKernels

  var tiles: WinogradTiles { WinogradTiles(small: small.shape) }
  var depth: Int { 4 * filter.shape.width }
  var columns: Int { filter.shape.channels }
  var parts: Int { 4 }
  var forward: WinogradForward { kernels.large }
  var mostChannels: Int { max(filter.shape.width, filter.shape.channels) }

  func source(_ tile: Int, part: Int) -> PointSquare { large.square(tiles, tile, phase: part) }

  func write(
    _ range: Range<Int>, columns: Range<Int>, from planes: WinogradPlanes, _ points: PointList
  ) {
    points.forEachDestination(count: range.count) {
      small.square(tiles, range.lowerBound + $0, channel: columns.lowerBound)
    } _: { row, square, next in
      kernels.smallResult(planes.row(row), planes.stride, columns.count, square, next)
    }
  }

  func transformFilter(
    rows: Range<Int>, columns: Range<Int>, into target: UnsafeMutablePointer<Float>,
    rowStride: Int, planeStride: Int
  ) {
    let taps = FilterTaps(filter: filter)
    for row in rows {
      let (phase, input) = row.quotientAndRemainder(dividingBy: filter.shape.width)
      taps.with(phase: phase, input: input, output: columns.lowerBound) {
        kernels.taps(
          $0, columns.count, target + (row - rows.lowerBound) * rowStride, planeStride)
      }
    }
  }
}

/// The transposed convolution: from the small map to the four phases of the large one.
struct WinogradUp: WinogradLayer {
  let small: Tensor
  let filter: Tensor
  let large: Tensor
  let kernels: WinogradKernels
  let transpose: Transpose

  var tiles: WinogradTiles { WinogradTiles(small: small.shape) }
  var depth: Int { filter.shape.channels }
  var columns: Int { 4 * filter.shape.width }
  var parts: Int { 1 }
  var forward: WinogradForward { kernels.small }
  var mostChannels: Int { max(filter.shape.width, filter.shape.channels) }

  func source(_ tile: Int, part: Int) -> PointSquare { small.square(tiles, tile) }

  /// The tiles of an image must be written in order: each adds to what those above and before it
  /// left.
  func write(
    _ range: Range<Int>, columns: Range<Int>, from planes: WinogradPlanes, _ points: PointList
  ) {
    forEachPhase(columns) { phase, inputs, offset in
      points.forEachDestination(count: range.count) {
        large.square(
          tiles, range.lowerBound + $0, phase: phase, channel: inputs.lowerBound)
      } _: { row, square, next in
        let place = tiles.place(range.lowerBound + row)
        let earlier = points.earlier(square, above: place.row > 0, before: place.column > 0)
        kernels.largeResult(
          planes.row(row) + offset, planes.stride, inputs.count, earlier, square, next)
      }
    }
  }

  func transformFilter(
    rows: Range<Int>, columns: Range<Int>, into target: UnsafeMutablePointer<Float>,
    rowStride: Int, planeStride: Int
  ) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 4 * rows.count * columns.count) {
      guard let turned = $0.baseAddress else { return }
      forEachPhase(columns) { phase, inputs, offset in
        let taps = FilterTaps(filter: filter)
        let count = rows.count * inputs.count
        for tap in 0..<4 {
          transpose(
            taps.pointer(phase: phase, tap: tap, input: inputs.lowerBound, output: rows.lowerBound),
            filter.shape.channels, inputs.count, rows.count, turned + tap * count, inputs.count)
        }
        withUnsafeTemporaryAllocation(of: Source.self, capacity: 4) { list in
          guard let list = list.baseAddress else { return }
          for row in 0..<rows.count {
            for tap in 0..<4 {
              (list + tap).initialize(
                to: UnsafePointer(turned + tap * count + row * inputs.count))
            }
            kernels.taps(list, inputs.count, target + row * rowStride + offset, planeStride)
          }
        }
      }
    }
  }

  /// Cuts columns into those of each phase; `offset` counts from the first column.
  private func forEachPhase(
    _ columns: Range<Int>, _ body: (_ phase: Int, _ inputs: Range<Int>, _ offset: Int) -> Void
  ) {
    let inputs = filter.shape.width
    var column = columns.lowerBound
    while column < columns.upperBound {
      let (phase, first) = column.quotientAndRemainder(dividingBy: inputs)
      let end = min(inputs, first + columns.upperBound - column)
      body(phase, first..<end, column - columns.lowerBound)
      column += end - first
    }
  }
}

/// The 2 × 2 taps of the four phases of a 4 × 4 filter `[4, 4, I, O]`.
struct FilterTaps {
  let filter: Tensor

  /// Where a tap of a phase lies for two channels.
  func pointer(phase: Int, tap: Int, input: Int, output: Int) -> UnsafeMutablePointer<Float> {
    let place = (2 * (tap / 2) + phase / 2) * 4 + 2 * (tap % 2) + phase % 2
    return filter.pointer + (place * filter.shape.width + input) * filter.shape.channels + output
  }

  /// Calls the body with where the four taps lie.
  func with(
    phase: Int, input: Int, output: Int, _ body: (UnsafePointer<Source>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Source.self, capacity: 4) { list in
      guard let list = list.baseAddress else { return }
      for tap in 0..<4 {
        (list + tap).initialize(
          to: UnsafePointer(pointer(phase: phase, tap: tap, input: input, output: output)))
      }
      body(list)
    }
  }
}

extension Tensor {
  /// Returns the points of a tile of a small map.
  func square(_ tiles: WinogradTiles, _ tile: Int, channel: Int = 0) -> PointSquare {
    let place = tiles.place(tile)
    return PointSquare(
      image: image(place.image), shape: shape, extent: WinogradTiles.extent, row: place.row,
      column: place.column, step: 1, channel: channel)
  }

  /// Returns the points of a phase of a large map that a tile of the small one sees.
  func square(_ tiles: WinogradTiles, _ tile: Int, phase: Int, channel: Int = 0) -> PointSquare {
    let place = tiles.place(tile)
    return PointSquare(
      image: image(place.image), shape: shape, extent: WinogradTiles.extent + 1,
      row: 2 * place.row + phase / 2 - 1, column: 2 * place.column + phase % 2 - 1, step: 2,
      channel: channel)
  }
}
