import KernelTable

extension Backend {
  /// Pieces that the images of a batch are summed in.
  private static let gradientPieces = 32
  /// Points that are summed in registers at a time.
  private static let pointsPerSum = 64
  /// Points whose sum is one chain of additions; the shorter the chains, the smaller the rounding.
  private static let pointsPerChain = 512

  /// Computes `addFilterGradient` for few channels of the large map.
  ///
  /// A row of the window, k·I contiguous floats of a padded map, is taken as one tap, so that the
  /// whole gradient is a few tiles: every piece of the batch sums its own while it reads each map
  /// once, and the pieces are added up in order.
  ///
  /// Where ranks share the batch each sums its pieces; where a piece would belong to two, all sum all.
  func addFilterGradientNarrow(
    large: Tensor, small: LazyMap, _ geometry: ConvolutionGeometry, to gradient: Tensor,
    accumulate: Bool
  ) {
    if !accumulate { gradient.pointer.update(repeating: 0, count: gradient.count) }
    let batch = wholeShape(small.shape).batch
    let images = (batch + Self.gradientPieces - 1) / Self.gradientPieces
    guard small.shape.batch.isMultiple(of: images) || ranks == nil else {
      let (large, small) = (gathered(large), LazyMap(gathered(small)))
      return withoutRanks {
        addFilterGradientNarrow(
          large: large, small: small, geometry, to: gradient, accumulate: true)
      }
    }
    let start = operationStart
    let rows = WindowRowGradient(
      tiles: kernels.matrix.sixRows, large: large, small: small, geometry: geometry,
      rowsPerSum: max(1, min(small.shape.height, Self.pointsPerSum / small.shape.width)),
      rowsPerChain: max(1, Self.pointsPerChain / small.shape.width))
    let ownPieces = (small.shape.batch + images - 1) / images
    let pieces = ownPieces * rankCount
    let sums = makeTensor(uninitialized: Shape(pieces, 1, 1, rows.sumCount))
    let own = sums.pointer + (ranks?.rank ?? 0) * ownPieces * rows.sumCount
    let scratch = reserveScratch(rows.scratchCount)
    pool.parallelFor(ownPieces) { piece, worker in
      let target = own + piece * rows.sumCount
      target.update(repeating: 0, count: rows.sumCount)
      for image in piece * images..<min(small.shape.batch, (piece + 1) * images) {
        rows.forEachChain(image: image, scratch[worker]) { chain in
          kernels.elementwise.add(chain, target, rows.sumCount)
        }
      }
    }
    report("filter gradient", since: start, [large.shape, gradient.shape])
    gatherParts(of: sums)
    withExtendedLifetime(sums) {
      let (depth, outputs) = (geometry.kernelSize * large.shape.channels, small.shape.channels)
      pool.parallelFor(gradient.shape.rows) { row, _ in
        for piece in 0..<pieces {
          kernels.elementwise.add(
            sums.pointer + piece * rows.sumCount + rows.sumOffset(tap: row / depth, row % depth),
            gradient.pointer + row * outputs, outputs)
        }
      }
    }
  }
}

/// The sums of one piece: for each row of taps, a matrix of k·I rows and O columns, rounded up to
/// whole tiles.
private struct WindowRowGradient {
  let large: Tensor
  let small: LazyMap
  let geometry: ConvolutionGeometry
  /// Rows of the small map that are summed at a time.
  let rowsPerSum: Int
  /// Rows of the small map that make up a chain.
  let rowsPerChain: Int
  private let tile: OuterProductTile

  init(
    tiles: ProductTiles, large: Tensor, small: LazyMap, geometry: ConvolutionGeometry,
    rowsPerSum: Int, rowsPerChain: Int
  ) {
    self.large = large
    self.small = small
    self.geometry = geometry
    self.rowsPerSum = rowsPerSum
    self.rowsPerChain = rowsPerChain
    tile = tiles.outerProductTile(columns: small.shape.channels)
  }

  private var depth: Int { geometry.kernelSize * large.shape.channels }
  private var sumRows: Int { (depth + tile.mr - 1) / tile.mr * tile.mr }
  private var sumWidth: Int { (small.shape.channels + tile.nr - 1) / tile.nr * tile.nr }

  /// Floats of a piece's sums.
  var sumCount: Int { geometry.kernelSize * sumRows * sumWidth }

  /// Where the sums of a row of a tap begin.
  func sumOffset(tap: Int, _ row: Int) -> Int { (tap * sumRows + row) * sumWidth }

  private func band(_ rows: Range<Int>) -> Band {
    Band(of: large.shape, seenBy: rows, geometry)
  }

  /// Floats of the padded rows that one sum reads, and of a tile that reaches beyond the last window.
  private var bandCount: Int { band(0..<rowsPerSum).count + tile.mr }

  /// Floats that a worker needs: sums, a band, and the small map's points.
  var scratchCount: Int {
    sumCount + bandCount + rowsPerSum * small.shape.width * small.shape.channels
  }

  /// Calls the body with the sums of each chain of an image's rows.
  func forEachChain(
    image: Int, _ scratch: UnsafeMutablePointer<Float>,
    _ body: (UnsafeMutablePointer<Float>) -> Void
  ) {
    let height = small.shape.height
    for start in stride(from: 0, to: height, by: rowsPerChain) {
      let end = min(height, start + rowsPerChain)
      for first in stride(from: start, to: end, by: rowsPerSum) {
        sum(
          image: image, first..<min(end, first + rowsPerSum), scratch: scratch + sumCount,
          into: scratch, accumulate: first > start)
      }
      body(scratch)
    }
  }

  /// Sums some rows of an image.
  private func sum(
    image: Int, _ rows: Range<Int>, scratch: UnsafeMutablePointer<Float>,
    into sums: UnsafeMutablePointer<Float>, accumulate: Bool
  ) {
    let (width, outputs) = (small.shape.width, small.shape.channels)
    let band = band(rows)
    band.copy(large.image(image), of: large.shape, to: scratch)
    let a = GridStrides(
      row: geometry.stride * band.rowStride, column: geometry.stride * large.shape.channels)
    let b = GridStrides(row: width * outputs, column: outputs)
    let points = small.read(
      small.shape.points(image: image, rows: rows), into: scratch + bandCount)
    for column in stride(from: 0, to: outputs, by: tile.nr) {
      for tap in 0..<geometry.kernelSize {
        for row in stride(from: 0, to: depth, by: tile.mr) {
          tile.computeTile(
            GridFactor(scratch + tap * band.rowStride + row, strides: a),
            GridFactor(points + column, strides: b), GridAhead(points + column, stride: 0),
            GridSize(rows: rows.count, columns: width),
            GridResult(
              sums + sumOffset(tap: tap, row) + column, stride: sumWidth, accumulate: accumulate))
        }
      }
    }
  }
}
