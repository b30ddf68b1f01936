import KernelTable

extension Backend {
  /// Computes `convolveTransposed` by Winograd's method; see `Winograd`.
  ///
  /// Rows 2m + 1 − a of the result, for a = 0 and 1, are a 2-tap convolution of the small map from
  /// row m − a on with the taps `w[2 + a], w[a]`: the phases of the convolution, with their taps in
  /// reverse.
  func convolveTransposedWinograd(_ small: Tensor, _ filter: Tensor, into large: Tensor) {
    let (inputs, outputs) = (filter.shape.width, filter.shape.channels)
    let filters = transformForTransposed(filter)
    let products = filters.map {
      WinogradProduct(filter: $0, depth: outputs)
    }
    let tiles = WinogradTiles(small: small.shape, large: large.shape)
    let pieces = tiles.pieces(target: tilesPerPiece, threads: pool.threadCount)
    let most = pieces.map(\.count).max() ?? 0
    let room = WinogradPlanes.count(tiles: most, width: outputs)
    let scratch = reserveScratch(room + WinogradPlanes.count(tiles: most, width: inputs))
    pool.parallelFor(pieces.count) { index, worker in
      let piece = pieces[index]
      let source = WinogradPlanes(at: scratch[worker], tiles: piece.count, width: outputs)
      let target = WinogradPlanes(at: scratch[worker] + room, tiles: piece.count, width: inputs)
      PointList.with(channels: max(inputs, outputs)) { points in
        for phase in 0..<4 {
          for (row, tile) in piece.enumerated() {
            let place = tiles.place(tile)
            let square = PointSquare(
              image: small.image(place.image), shape: small.shape, row: place.row - phase / 2,
              column: place.column - phase % 2, step: 1, channel: 0)
            kernels.winograd.input(
              points.sources(square, WinogradTiles.extent + 1), outputs, source.row(row),
              source.stride)
          }
          products[phase].multiply(tiles: piece.count, source, into: target)
          for (row, tile) in piece.enumerated() {
            let place = tiles.place(tile)
            let square = PointSquare(
              image: large.image(place.image), shape: large.shape,
              row: 2 * place.row + 1 - phase / 2, column: 2 * place.column + 1 - phase % 2,
              step: 2, channel: 0)
            kernels.winograd.output(
              target.row(row), target.stride, inputs,
              points.destinations(square, WinogradTiles.extent))
          }
        }
      }
    }
  }

  /// Transforms a filter to planes `[O, I]` for each phase.
  private func transformForTransposed(_ filter: Tensor) -> [WinogradFilter] {
    let (inputs, outputs) = (filter.shape.width, filter.shape.channels)
    let turned = Storage(count: filter.count)
    let filters = (0..<4).map { _ in
      WinogradFilter(depth: outputs, columns: inputs, tile: kernels.matrix.wide)
    }
    withExtendedLifetime(turned) {
      pool.parallelFor(16) { tap, _ in
        transpose(
          filter.pointer + tap * inputs * outputs, rows: inputs, columns: outputs,
          into: turned.pointer + tap * inputs * outputs)
      }
      pool.parallelFor(4 * outputs) { index, _ in
        let (phase, output) = index.quotientAndRemainder(dividingBy: outputs)
        func tap(_ t: Int, _ u: Int) -> UnsafePointer<Float> {
          let place = (2 * (1 - t) + phase / 2) * 4 + 2 * (1 - u) + phase % 2
          return UnsafePointer(turned.pointer + (place * outputs + output) * inputs)
        }
        filters[phase].write(
          kernels.winograd.filter, row: output,
          taps: (tap(0, 0), tap(0, 1), tap(1, 0), tap(1, 1)))
      }
    }
    return filters
  }

  /// Turns a matrix, in squares that stay in the cache.
  private func transpose(
    _ source: UnsafePointer<Float>, rows: Int, columns: Int,
    into target: UnsafeMutablePointer<Float>
  ) {
    let square = 16
    for top in stride(from: 0, to: rows, by: square) {
      for left in stride(from: 0, to: columns, by: square) {
        for r in top..<min(rows, top + square) {
          for c in left..<min(columns, left + square) {
            target[c * rows + r] = source[r * columns + c]
          }
        }
      }
    }
  }
}
