import KernelTable

extension Backend {
  /// Tiles that a thread transforms and multiplies at a time, and about how many the images have
  /// that it takes at a time: few enough that other programs seldom push them out of the last
  /// cache, and as many as one or a few images of the usual sizes have, so that all pieces are as
  /// long.
  private static let tilesPerBlock = 64
  /// Columns of the filter, in whole panels, that a thread multiplies a block of tiles with before
  /// it transforms their products back: 800 KiB, most of which a second-level cache of a megabyte
  /// still holds then.
  private static let columnsPerTurn = 128
  /// Tiles that a thread transforms at a time where all threads share them, in whole rows.
  private static let tilesPerSharedPiece = 8
  /// So few tiles are transformed at once and shared by all threads.
  private static let mostSharedTiles = 128
  /// The most columns of a filter, in whole panels, that a thread multiplies with at a time there.
  private static let mostColumnsPerGroup = 64

  /// Computes a convolution or its transpose by Winograd's method; see `Winograd`.
  ///
  /// With many tiles every thread takes some through all three stages, with a filter that was
  /// transformed once for all. With few tiles that transformed filter, several times the size of the
  /// filter, would be more traffic than all else, and with fewer images than threads some threads
  /// would have no tiles: there the threads share the tiles, and each takes a group of panels of the
  /// filter, transforms them piece by piece in memory of its own, and multiplies all tiles with them.
  /// A result's bits do not depend on which way it goes: each is the sum of the same products in the
  /// same order.
  func convolveWinograd(_ layer: some WinogradLayer) {
    let tiles = layer.tiles
    if tiles.count <= Self.mostSharedTiles || tiles.small.batch < pool.threadCount {
      multiplyPanelGroups(layer)
    } else {
      multiplyTileByTile(layer)
    }
  }

  private func multiplyTileByTile(_ layer: some WinogradLayer) {
    let filter = transformFilter(layer)
    let tile = filter.tile
    let pieces = layer.tiles.pieces(target: Self.tilesPerBlock, threads: pool.threadCount)
    let rows = paddedRows(min(Self.tilesPerBlock, pieces.map(\.count).max() ?? 0), tile)
    let width = min(filter.panels, Self.columnsPerTurn / tile.nr) * tile.nr
    let room = WinogradPlanes.count(rows: rows, width: layer.depth)
    let used = room + WinogradPlanes.count(rows: rows, width: width)
    let scratch = reserveScratch(used + layer.source.scratchCount)
    pool.parallelFor(pieces.count) { index, worker in
      let piece = pieces[index]
      let source = WinogradPlanes(at: scratch[worker], rows: rows, width: layer.depth)
      let target = WinogradPlanes(at: scratch[worker] + room, rows: rows, width: width)
      PointList.with(channels: layer.mostChannels) { points in
        for first in stride(from: piece.lowerBound, to: piece.upperBound, by: Self.tilesPerBlock) {
          let block = first..<min(piece.upperBound, first + Self.tilesPerBlock)
          layer.read(block, into: source, points, scratch: scratch[worker] + used)
          for left in stride(from: 0, to: layer.columns, by: width) {
            let columns = left..<min(layer.columns, left + width)
            multiply(source, filter, columns, count: block.count, into: target)
            layer.write(block, columns: columns, from: target, points)
          }
        }
      }
    }
  }

  /// Multiplies the first rows of all planes with some columns, whole panels, of a transformed filter.
  private func multiply(
    _ source: WinogradPlanes, _ filter: WinogradFilter, _ columns: Range<Int>, count: Int,
    into target: WinogradPlanes
  ) {
    let tile = filter.tile
    let first = columns.lowerBound / tile.nr
    let panels = (columns.count + tile.nr - 1) / tile.nr
    let depths = DepthPieces(depth: filter.depth)
    withRowPointers(count, tile) { a, c in
      listRows(source, target, count: count, tile, a, c)
      for plane in 0..<Winograd.planes {
        let nextPlane =
          plane + 1 < Winograd.planes
          ? filter.panel(first, plane: plane + 1) : filter.panel(first + panels, plane: 0)
        depths.forEach { depth in
          let isLast = depth.upperBound == filter.depth
          tile.multiplyRows(
            0..<count, a: a, aOffset: plane * source.stride + depth.lowerBound,
            Runs(count: 1, length: depth.count, stride: 0),
            by: PanelRun(
              first: filter.panel(first, plane: plane) + depth.lowerBound * tile.nr,
              count: panels, stride: filter.depth * tile.nr,
              next: isLast
                ? nextPlane : filter.panel(first, plane: plane) + depth.upperBound * tile.nr),
            c: c, cOffset: plane * target.stride, accumulate: depth.lowerBound > 0)
        }
      }
    }
  }

  private func multiplyPanelGroups(_ layer: some WinogradLayer) {
    let tile = layer.kernels.tiles.tile(columns: layer.columns)
    let count = layer.tiles.count
    let storage = takeWorkspace(
      WinogradPlanes.count(rows: paddedRows(count, tile), width: layer.depth))
    let source = WinogradPlanes(
      at: storage.pointer, rows: paddedRows(count, tile), width: layer.depth)
    withExtendedLifetime(storage) {
      readShared(layer, into: source)
      let width = panelsPerGroup(columns: layer.columns, tile) * tile.nr
      let group = WinogradColumns(
        depths: DepthPieces(depth: layer.depth), width: width, tile: tile)
      let room = WinogradPlanes.count(rows: paddedRows(count, tile), width: width)
      let scratch = reserveScratch(room + group.count)
      pool.parallelFor((layer.columns + width - 1) / width) { index, worker in
        let columns = index * width..<min(layer.columns, (index + 1) * width)
        let target = WinogradPlanes(
          at: scratch[worker], rows: paddedRows(count, tile), width: width)
        multiply(layer, source, group, at: scratch[worker] + room, columns, into: target)
        PointList.with(channels: layer.mostChannels) { points in
          layer.write(0..<count, columns: columns, from: target, points)
        }
      }
    }
  }

  /// Multiplies all tiles with some columns of the filter, which is transformed piece by piece into
  /// `memory`.
  private func multiply(
    _ layer: some WinogradLayer, _ source: WinogradPlanes, _ group: WinogradColumns,
    at memory: UnsafeMutablePointer<Float>, _ columns: Range<Int>, into target: WinogradPlanes
  ) {
    let tile = group.tile
    let count = layer.tiles.count
    let block = paddedRows(Self.tilesPerBlock, tile)
    let panels = (columns.count + tile.nr - 1) / tile.nr
    withRowPointers(count, tile) { a, c in
      listRows(source, target, count: count, tile, a, c)
      group.depths.forEach { depth in
        group.fill(layer, rows: depth, columns: columns, at: memory)
        for plane in 0..<Winograd.planes {
          for first in stride(from: 0, to: count, by: block) {
            let rows = first..<min(count, first + block)
            let isLast = rows.upperBound == count
            tile.multiplyRows(
              rows, a: a, aOffset: plane * source.stride + depth.lowerBound,
              Runs(count: 1, length: depth.count, stride: 0),
              by: PanelRun(
                first: memory + plane * group.planeStride, count: panels,
                stride: group.panelStride,
                next: memory + (isLast ? plane + 1 : plane) * group.planeStride),
              c: c, cOffset: plane * target.stride, accumulate: depth.lowerBound > 0)
          }
        }
      }
    }
  }

  /// Returns how many panels a thread multiplies with at a time: some, so that rows are used more
  /// than once while they are in the second-level cache, yet few enough to share among the threads.
  private func panelsPerGroup(columns: Int, _ tile: MatrixTile) -> Int {
    let panels = (columns + tile.nr - 1) / tile.nr
    return max(1, min(Self.mostColumnsPerGroup / tile.nr, panels / (2 * pool.threadCount)))
  }

  /// Transforms what all tiles read, by all threads.
  private func readShared(_ layer: some WinogradLayer, into source: WinogradPlanes) {
    let (count, size) = (
      layer.tiles.count, layer.tiles.wholeRows(target: Self.tilesPerSharedPiece)
    )
    let scratch = reserveScratch(max(1, layer.source.scratchCount))
    pool.parallelFor((count + size - 1) / size) { piece, worker in
      PointList.with(channels: layer.mostChannels) { points in
        let range = piece * size..<min(count, (piece + 1) * size)
        layer.read(
          range, into: source.from(range.lowerBound), points, scratch: scratch[worker])
      }
    }
  }

  /// Lists the rows of plane 0, the last one again up to a multiple of `mr`. The first ones follow
  /// once more, for the next panel starts with them.
  private func listRows(
    _ source: WinogradPlanes, _ target: WinogradPlanes, count: Int, _ tile: MatrixTile,
    _ a: UnsafeMutablePointer<Source>, _ c: UnsafeMutablePointer<Destination>
  ) {
    let padded = paddedRows(count, tile)
    for row in 0..<padded {
      a[row] = UnsafePointer(source.row(min(row, count - 1)))
      c[row] = target.row(row)
    }
    for row in 0..<tile.mr { a[padded + row] = a[row] }
  }

  /// Returns a number of rows rounded up to whole tiles of the matrix kernel.
  private func paddedRows(_ count: Int, _ tile: MatrixTile) -> Int {
    (count + tile.mr - 1) / tile.mr * tile.mr
  }

  /// Transforms a whole filter.
  private func transformFilter(_ layer: some WinogradLayer) -> WinogradFilter {
    let filter = WinogradFilter(
      depth: layer.depth, columns: layer.columns,
      tile: layer.kernels.tiles.tile(columns: layer.columns), memory: takeWorkspace)
    let rows = WinogradFilter.rowsPerTransform
    let pieces = (layer.depth + rows - 1) / rows
    pool.parallelFor(pieces * filter.panels) { index, _ in
      let (panel, piece) = index.quotientAndRemainder(dividingBy: pieces)
      filter.fill(
        layer, panel: panel, rows: piece * rows..<min(layer.depth, (piece + 1) * rows))
    }
    return filter
  }
}
