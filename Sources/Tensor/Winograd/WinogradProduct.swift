import KernelTable

/// Transformed tiles of one piece: 25 planes of a row a tile.
struct WinogradPlanes {
  /// The first plane.
  let pointer: UnsafeMutablePointer<Float>
  /// Floats from one row to the next.
  private let rowStride: Int
  /// Floats from one plane to the next.
  let stride: Int

  /// Lays out planes of `tiles` rows from `pointer` on.
  init(at pointer: UnsafeMutablePointer<Float>, tiles: Int, width: Int) {
    self.pointer = pointer
    rowStride = Self.rowStride(width)
    stride = Self.stride(tiles: tiles, width: width)
  }

  /// Floats of all planes.
  static func count(tiles: Int, width: Int) -> Int {
    WinogradTiles.planes * stride(tiles: tiles, width: width)
  }

  private static func stride(tiles: Int, width: Int) -> Int {
    WinogradTiles.planeStride(tiles * rowStride(width))
  }

  /// A row and a cache line: rows a multiple of 1 KiB apart would crowd a few lines of the cache.
  private static func rowStride(_ width: Int) -> Int { width % 256 == 0 ? width + 16 : width }

  /// Where the row of a tile begins in plane 0.
  func row(_ tile: Int) -> UnsafeMutablePointer<Float> { pointer + tile * rowStride }
}

/// The 25 matrix products of transformed tiles with a transformed filter.
struct WinogradProduct {
  private let products: [TileProduct]

  /// Plans the products; the filter's depth is the tiles' width.
  init(filter: WinogradFilter, depth: Int) {
    let runs = Runs(count: 1, length: depth, stride: 0)
    products = (0..<WinogradTiles.planes).map {
      TileProduct(runs: runs, panels: filter.plane($0))
    }
  }

  /// Computes `tiles` rows of all planes.
  func multiply(tiles: Int, _ source: WinogradPlanes, into target: WinogradPlanes) {
    withRowPointers(tiles + products[0].tile.mr) { a, c in
      for (plane, product) in products.enumerated() {
        for tile in 0..<tiles {
          a[tile] = UnsafePointer(source.row(tile) + plane * source.stride)
          c[tile] = target.row(tile) + plane * target.stride
        }
        product.multiply(count: tiles, a: a, c: c)
      }
    }
  }
}
