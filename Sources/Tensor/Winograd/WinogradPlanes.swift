import KernelTable

/// Transformed tiles, or their products: 25 planes of a row a tile.
struct WinogradPlanes {
  private let pointer: UnsafeMutablePointer<Float>
  /// Floats from one row to the next.
  private let rowStride: Int
  /// Floats from one plane to the next.
  let stride: Int

  private init(pointer: UnsafeMutablePointer<Float>, rowStride: Int, stride: Int) {
    self.pointer = pointer
    self.rowStride = rowStride
    self.stride = stride
  }

  /// Lays out planes of `rows` rows from `pointer` on.
  init(at pointer: UnsafeMutablePointer<Float>, rows: Int, width: Int) {
    self.pointer = pointer
    rowStride = Self.rowStride(width)
    stride = Self.stride(rows: rows, width: width)
  }

  /// Returns the same planes without their first rows.
  func from(_ row: Int) -> WinogradPlanes {
    WinogradPlanes(pointer: self.row(row), rowStride: rowStride, stride: stride)
  }

  /// Floats of all planes.
  static func count(rows: Int, width: Int) -> Int {
    Winograd.planes * stride(rows: rows, width: width)
  }

  private static func stride(rows: Int, width: Int) -> Int {
    Winograd.planeStride(rows * rowStride(width))
  }

  /// A row and a cache line: rows a multiple of 1 KiB apart would crowd a few lines of the cache.
  private static func rowStride(_ width: Int) -> Int { width % 256 == 0 ? width + 16 : width }

  /// Where a row begins in plane 0.
  func row(_ index: Int) -> UnsafeMutablePointer<Float> { pointer + index * rowStride }
}

/// The cut of a matrix product's summed axis into pieces: it follows from the shapes alone, for it decides the bits
/// of AMX's sums, and each but the last is a multiple of the words that those sum at a time.
struct DepthPieces {
  private let depth: Int
  /// The rows of the longest piece.
  let length: Int

  /// Cuts `depth` rows of panels into pieces as equal as can be.
  init(depth: Int) {
    self.depth = depth
    let pieces = (depth + MatrixTile.depthLimit - 1) / MatrixTile.depthLimit
    length = ((depth + pieces - 1) / pieces + 15) / 16 * 16
  }

  /// Calls the body for each piece in ascending order.
  func forEach(_ body: (Range<Int>) -> Void) {
    for start in stride(from: 0, to: depth, by: length) {
      body(start..<min(depth, start + length))
    }
  }
}
