import KernelTable

/// Tiles that a thread transforms and multiplies at a time.
let tilesPerPiece = 96

extension Backend {
  /// Computes `convolve` by Winograd's method; see `Winograd`.
  func convolveWinograd(_ large: Tensor, _ filter: Tensor, into small: Tensor) {
    let (inputs, outputs) = (filter.shape.width, filter.shape.channels)
    let transformed = transformForConvolution(filter)
    let product = WinogradProduct(filter: transformed, depth: 4 * inputs)
    let tiles = WinogradTiles(small: small.shape, large: large.shape)
    let pieces = tiles.pieces(target: tilesPerPiece, threads: pool.threadCount)
    let most = pieces.map(\.count).max() ?? 0
    let room = WinogradPlanes.count(tiles: most, width: 4 * inputs)
    let scratch = reserveScratch(room + WinogradPlanes.count(tiles: most, width: outputs))
    pool.parallelFor(pieces.count) { index, worker in
      let piece = pieces[index]
      let source = WinogradPlanes(at: scratch[worker], tiles: piece.count, width: 4 * inputs)
      let target = WinogradPlanes(
        at: scratch[worker] + room, tiles: piece.count, width: outputs)
      PointList.with(channels: max(inputs, outputs)) { points in
        for (row, tile) in piece.enumerated() {
          transformPhases(
            large, tiles, tile, channels: 0..<inputs, points, into: source.row(row),
            planeStride: source.stride)
        }
        product.multiply(tiles: piece.count, source, into: target)
        for (row, tile) in piece.enumerated() {
          let place = tiles.place(tile)
          let square = PointSquare(
            image: small.image(place.image), shape: small.shape, row: place.row,
            column: place.column, step: 1, channel: 0)
          kernels.winograd.output(
            target.row(row), target.stride, outputs,
            points.destinations(square, WinogradTiles.extent))
        }
      }
    }
  }

  /// Transforms what a tile sees of the four phases of the large map, one phase after the other.
  func transformPhases(
    _ large: Tensor, _ tiles: WinogradTiles, _ tile: Int, channels: Range<Int>,
    _ points: PointList, into target: UnsafeMutablePointer<Float>, planeStride: Int
  ) {
    let place = tiles.place(tile)
    for phase in 0..<4 {
      let square = PointSquare(
        image: large.image(place.image), shape: large.shape, row: 2 * place.row + phase / 2 - 1,
        column: 2 * place.column + phase % 2 - 1, step: 2, channel: channels.lowerBound)
      kernels.winograd.input(
        points.sources(square, WinogradTiles.extent + 1), channels.count,
        target + phase * channels.count, planeStride)
    }
  }

  /// Transforms a filter to planes `[4·I, O]`, phase by phase.
  private func transformForConvolution(_ filter: Tensor) -> WinogradFilter {
    let (inputs, outputs) = (filter.shape.width, filter.shape.channels)
    let result = WinogradFilter(depth: 4 * inputs, columns: outputs, tile: kernels.matrix.wide)
    pool.parallelFor(4 * inputs) { row, _ in
      let (phase, input) = row.quotientAndRemainder(dividingBy: inputs)
      func tap(_ t: Int, _ u: Int) -> UnsafePointer<Float> {
        let place = (2 * t + phase / 2) * 4 + 2 * u + phase % 2
        return UnsafePointer(filter.pointer + (place * inputs + input) * outputs)
      }
      result.write(
        kernels.winograd.filter, row: row, taps: (tap(0, 0), tap(0, 1), tap(1, 0), tap(1, 1)))
    }
    return result
  }
}

extension Tensor {
  /// The first element of one image.
  func image(_ index: Int) -> UnsafeMutablePointer<Float> {
    pointer + index * shape.height * shape.width * shape.channels
  }
}
