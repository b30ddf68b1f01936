import KernelTable

extension Backend {
  /// Tiles that a thread transforms and multiplies at a time.
  private static let tilesPerBlock = 64
  /// Tiles that a thread transforms at a time where all threads share them.
  private static let tilesPerSharedPiece = 8
  /// So few tiles are transformed at once and shared by all threads.
  private static let mostSharedTiles = 512

  /// Computes a convolution or its transpose by Winograd's method; see `Winograd`.
  ///
  /// With many tiles every thread takes some through all three stages, with a filter that was
  /// transformed once for all. With few tiles that transformed filter, several times the size of the
  /// filter, would be more traffic than all else: there the threads share the tiles, and each takes
  /// some columns of the filter, transforms them piece by piece in its own cache, and multiplies all
  /// tiles with them. A result's bits do not depend on which way it goes: each is the sum of the same
  /// products in the same order.
  func convolveWinograd(_ layer: some WinogradLayer) {
    if layer.tiles.count <= Self.mostSharedTiles {
      multiplyColumnByColumn(layer)
    } else {
      multiplyTileByTile(layer)
    }
  }

  private func multiplyTileByTile(_ layer: some WinogradLayer) {
    let filter = transformFilter(layer)
    let tile = kernels.matrix.wide
    let pieces = layer.tiles.pieces(target: Self.tilesPerBlock, threads: pool.threadCount)
    let rows = paddedRows(Self.tilesPerBlock)
    let width = filter.panels * tile.nr
    let room = WinogradPlanes.count(rows: rows, width: layer.depth)
    let scratch = reserveScratch(room + WinogradPlanes.count(rows: rows, width: width))
    pool.parallelFor(pieces.count) { index, worker in
      let piece = pieces[index]
      let source = WinogradPlanes(at: scratch[worker], rows: rows, width: layer.depth)
      let target = WinogradPlanes(at: scratch[worker] + room, rows: rows, width: width)
      PointList.with(channels: layer.mostChannels) { points in
        for first in stride(from: piece.lowerBound, to: piece.upperBound, by: Self.tilesPerBlock) {
          let block = first..<min(piece.upperBound, first + Self.tilesPerBlock)
          layer.read(block, into: source, points)
          multiply(source, filter, count: block.count, into: target)
          layer.write(block, columns: 0..<layer.columns, from: target, points)
        }
      }
    }
  }

  /// Multiplies the first rows of all planes with a transformed filter.
  private func multiply(
    _ source: WinogradPlanes, _ filter: WinogradFilter, count: Int, into target: WinogradPlanes
  ) {
    let tile = kernels.matrix.wide
    let depths = DepthPieces(depth: filter.depth, nr: tile.nr)
    withRowPointers(count, tile) { a, c in
      for plane in 0..<Winograd.planes {
        let padded = listRows(source, target, plane: plane, count: count, a, c)
        depths.forEach { depth in
          for panel in 0..<filter.panels {
            let b = filter.panel(panel, plane: plane) + depth.lowerBound * tile.nr
            for row in stride(from: 0, to: padded, by: tile.mr) {
              tile.multiply(
                a + row, depth.lowerBound, Runs(count: 1, length: depth.count, stride: 0), b,
                c + row, panel * tile.nr, depth.lowerBound > 0)
            }
          }
        }
      }
    }
  }

  private func multiplyColumnByColumn(_ layer: some WinogradLayer) {
    let tile = kernels.matrix.wide
    let count = layer.tiles.count
    let rows = paddedRows(count)
    let storage = Storage(count: WinogradPlanes.count(rows: rows, width: layer.depth))
    let source = WinogradPlanes(at: storage.pointer, rows: rows, width: layer.depth)
    withExtendedLifetime(storage) {
      readShared(layer, into: source)
      let depths = DepthPieces(depth: layer.depth, nr: tile.nr)
      let room = WinogradPlanes.count(rows: rows, width: tile.nr)
      let panelStride = Winograd.planeStride(depths.length * tile.nr)
      let scratch = reserveScratch(room + Winograd.planes * panelStride)
      pool.parallelFor((layer.columns + tile.nr - 1) / tile.nr) { panel, worker in
        let columns = panel * tile.nr..<min(layer.columns, (panel + 1) * tile.nr)
        let target = WinogradPlanes(at: scratch[worker], rows: rows, width: tile.nr)
        let b = scratch[worker] + room
        withRowPointers(rows, tile) { a, c in
          depths.forEach { depth in
            layer.transformFilter(
              rows: depth, columns: columns, into: b, rowStride: tile.nr, planeStride: panelStride)
            for plane in 0..<Winograd.planes {
              let padded = listRows(source, target, plane: plane, count: count, a, c)
              for row in stride(from: 0, to: padded, by: tile.mr) {
                tile.multiply(
                  a + row, depth.lowerBound, Runs(count: 1, length: depth.count, stride: 0),
                  b + plane * panelStride, c + row, 0, depth.lowerBound > 0)
              }
            }
          }
        }
        PointList.with(channels: layer.mostChannels) { points in
          layer.write(0..<count, columns: columns, from: target, points)
        }
      }
    }
  }

  /// Transforms what all tiles read, by all threads.
  private func readShared(_ layer: some WinogradLayer, into source: WinogradPlanes) {
    let (count, size) = (layer.tiles.count, Self.tilesPerSharedPiece)
    pool.parallelFor((count + size - 1) / size) { piece, _ in
      PointList.with(channels: layer.mostChannels) { points in
        let range = piece * size..<min(count, (piece + 1) * size)
        layer.read(range, into: source.from(range.lowerBound), points)
      }
    }
  }

  /// Lists the rows of a plane, the last one again up to a multiple of `mr`; returns how many. The
  /// first ones follow once more, for the next panel starts with them.
  private func listRows(
    _ source: WinogradPlanes, _ target: WinogradPlanes, plane: Int, count: Int,
    _ a: UnsafeMutablePointer<Source>, _ c: UnsafeMutablePointer<Destination>
  ) -> Int {
    let padded = paddedRows(count)
    for row in 0..<padded {
      a[row] = UnsafePointer(source.row(min(row, count - 1), plane: plane))
      c[row] = target.row(row, plane: plane)
    }
    for row in 0..<kernels.matrix.wide.mr { a[padded + row] = a[row] }
    return padded
  }

  /// Returns a number of rows rounded up to whole tiles of the matrix kernel.
  private func paddedRows(_ count: Int) -> Int {
    let mr = kernels.matrix.wide.mr
    return (count + mr - 1) / mr * mr
  }

  /// Transforms a whole filter.
  private func transformFilter(_ layer: some WinogradLayer) -> WinogradFilter {
    let filter = WinogradFilter(
      depth: layer.depth, columns: layer.columns, nr: kernels.matrix.wide.nr)
    let rows = 64
    let pieces = (layer.depth + rows - 1) / rows
    pool.parallelFor(pieces * filter.panels) { index, _ in
      let (panel, piece) = index.quotientAndRemainder(dividingBy: pieces)
      filter.fill(
        layer, panel: panel, rows: piece * rows..<min(layer.depth, (piece + 1) * rows))
    }
    return filter
  }
}

/// A transformed filter: 25 planes, each packed in panels for the matrix kernel.
private struct WinogradFilter {
  private let storage: Storage
  let depth: Int
  private let columns: Int
  private let nr: Int
  private let planeStride: Int

  /// How many panels a plane has.
  var panels: Int { (columns + nr - 1) / nr }

  /// Takes memory for planes of `depth` rows and `columns` columns; every row must be filled.
  init(depth: Int, columns: Int, nr: Int) {
    self.depth = depth
    self.columns = columns
    self.nr = nr
    planeStride = Winograd.planeStride((columns + nr - 1) / nr * nr * depth)
    storage = Storage(count: Winograd.planes * planeStride)
    if columns % nr != 0 { storage.pointer.update(repeating: 0, count: storage.count) }
  }

  /// The first row of a panel of a plane.
  func panel(_ index: Int, plane: Int) -> UnsafeMutablePointer<Float> {
    storage.pointer + plane * planeStride + index * depth * nr
  }

  /// Transforms some rows of a panel.
  func fill(_ layer: some WinogradLayer, panel index: Int, rows: Range<Int>) {
    layer.transformFilter(
      rows: rows, columns: index * nr..<min(columns, (index + 1) * nr),
      into: panel(index, plane: 0) + rows.lowerBound * nr, rowStride: nr, planeStride: planeStride)
  }
}
