import KernelTable

/// One of the two convolutions, as tiles that are transformed, multiplied and transformed back.
///
/// A tile is read in some squares of points, each of which becomes a part of the columns of the
/// transformed tile; its product with the transformed filter, `[depth, columns]` in each of the 25
/// planes, is transformed to the points that the tile writes.
protocol WinogradLayer {
  /// What the tiles read.
  var source: TileSource { get }
  /// Words of a transformed tile's row.
  var depth: Int { get }
  /// Columns of its product with the filter.
  var columns: Int { get }
  /// Transforms a square that a tile reads.
  var forward: WinogradForward { get }
  /// The transforms.
  var kernels: WinogradKernels { get }
  /// The most channels of a map on either side.
  var mostChannels: Int { get }

  /// Transforms some columns of the tiles' products, which lie in the first rows of the planes, to
  /// the points that the tiles write.
  func write(
    _ range: Range<Int>, columns: Range<Int>, from planes: WinogradPlanes, _ points: PointList)

  /// Transforms some rows of words, and columns, of the filter.
  ///
  /// - target: row after row, `rowStride` words apart, in plane 0.
  func transformFilter(
    rows: Range<Int>, columns: Range<Int>, into target: UnsafeMutablePointer<Float>,
    rowStride: Int, planeStride: Int)
}

extension WinogradLayer {
  /// The tiles.
  var tiles: WinogradTiles { source.tiles }

  /// Transforms what tiles read into rows of planes, the first of them into row 0.
  ///
  /// - scratch: room for what the source computes.
  func read(
    _ range: Range<Int>, into planes: WinogradPlanes, _ points: PointList,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let words = kernels.words(source.channels)
    source.forEachSquare(of: range, points, scratch: scratch) { index, square, next in
      let target = planes.row(index / source.squaresPerTile) + index % source.squaresPerTile * words
      forward(square, next, source.channels, target, planes.stride)
    }
  }
}

/// The convolution: from the four phases of the large map to the small one.
struct WinogradDown: WinogradLayer {
  let source: TileSource
  let filter: Tensor
  let small: Tensor
  let kernels: WinogradKernels

  /// Makes the convolution of a large map, in memory or computed, into `small`.
  init(large: LazyMap, filter: Tensor, small: Tensor, kernels: WinogradKernels) {
    source = TileSource(large: large, WinogradTiles(small: small.shape))
    self.filter = filter
    self.small = small
    self.kernels = kernels
  }

  var depth: Int { 4 * kernels.words(filter.shape.width) }
  var columns: Int { filter.shape.channels }
  var forward: WinogradForward { kernels.large }
  var mostChannels: Int { max(filter.shape.width, filter.shape.channels) }

  func write(
    _ range: Range<Int>, columns: Range<Int>, from planes: WinogradPlanes, _ points: PointList
  ) {
    points.forEachDestination(count: range.count) {
      let place = tiles.place(range.lowerBound + $0)
      return .small(
        place, image: small.image(place.image), small.shape, channel: columns.lowerBound)
    } _: { row, square, next in
      kernels.smallResult(planes.row(row), planes.stride, columns.count, square, next)
    }
  }

  func transformFilter(
    rows: Range<Int>, columns: Range<Int>, into target: UnsafeMutablePointer<Float>,
    rowStride: Int, planeStride: Int
  ) {
    let (taps, inputs) = (FilterTaps(filter: filter), filter.shape.width)
    for row in rows {
      let (phase, word) = row.quotientAndRemainder(dividingBy: kernels.words(inputs))
      let first = word * kernels.valuesPerWord
      for input in first..<min(inputs, first + kernels.valuesPerWord) {
        taps.with(phase: phase, input: input, output: columns.lowerBound) {
          kernels.taps(
            $0, columns.count, target + (row - rows.lowerBound) * rowStride, planeStride,
            kernels.part(of: input))
        }
      }
    }
  }
}

/// The transposed convolution: from the small map to the four phases of the large one.
struct WinogradUp: WinogradLayer {
  let source: TileSource
  let filter: Tensor
  let large: Tensor
  let kernels: WinogradKernels
  let transpose: Transpose

  /// Makes the transposed convolution of a small map, in memory or computed, into `large`.
  init(
    small: LazyMap, filter: Tensor, large: Tensor, kernels: WinogradKernels,
    transpose: @escaping Transpose
  ) {
    source = TileSource(small: small)
    self.filter = filter
    self.large = large
    self.kernels = kernels
    self.transpose = transpose
  }

  var depth: Int { kernels.words(filter.shape.channels) }
  var columns: Int { 4 * filter.shape.width }
  var forward: WinogradForward { kernels.small }
  var mostChannels: Int { max(filter.shape.width, filter.shape.channels) }

  /// The tiles of an image must be written in order: each adds to what those above and before it
  /// left.
  func write(
    _ range: Range<Int>, columns: Range<Int>, from planes: WinogradPlanes, _ points: PointList
  ) {
    forEachPhase(columns) { phase, inputs, offset in
      points.forEachDestination(count: range.count) {
        let place = tiles.place(range.lowerBound + $0)
        return .large(
          place, phase: phase, image: large.image(place.image), large.shape,
          channel: inputs.lowerBound)
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
    let perWord = kernels.valuesPerWord
    let first = rows.lowerBound * perWord
    let outputs = first..<min(filter.shape.channels, rows.upperBound * perWord)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 4 * outputs.count * columns.count) {
      guard let turned = $0.baseAddress else { return }
      forEachPhase(columns) { phase, inputs, offset in
        let taps = FilterTaps(filter: filter)
        let count = outputs.count * inputs.count
        for tap in 0..<4 {
          transpose(
            taps.pointer(phase: phase, tap: tap, input: inputs.lowerBound, output: first),
            filter.shape.channels, inputs.count, outputs.count, turned + tap * count, inputs.count)
        }
        withUnsafeTemporaryAllocation(of: Source.self, capacity: 4) { list in
          guard let list = list.baseAddress else { return }
          for index in 0..<outputs.count {
            for tap in 0..<4 {
              (list + tap).initialize(
                to: UnsafePointer(turned + tap * count + index * inputs.count))
            }
            kernels.taps(
              list, inputs.count, target + index / perWord * rowStride + offset, planeStride,
              kernels.part(of: index))
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
