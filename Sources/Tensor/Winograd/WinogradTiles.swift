import KernelTable

/// The 4 × 4 tiles that a batch of small maps is cut into, numbered image by image, row by row.
///
/// The last tiles of a row or column may reach beyond the map: what they read there is zero, what
/// they write there is lost.
struct WinogradTiles {
  /// The small map's shape.
  let small: Shape
  /// The large map's shape.
  let large: Shape

  /// Points of a tile along an axis.
  static let extent = 4
  /// Planes of a transformed tile.
  static let planes = 25

  private var rows: Int { (small.height + Self.extent - 1) / Self.extent }
  private var columns: Int { (small.width + Self.extent - 1) / Self.extent }

  /// How many tiles there are.
  var count: Int { small.batch * rows * columns }

  /// Returns the image of a tile, and the tile's first row and column in the small map.
  func place(_ tile: Int) -> (image: Int, row: Int, column: Int) {
    let (rest, x) = tile.quotientAndRemainder(dividingBy: columns)
    let (image, y) = rest.quotientAndRemainder(dividingBy: rows)
    return (image, y * Self.extent, x * Self.extent)
  }

  /// Cuts the tiles into pieces of equal size for the threads, near `target` tiles each.
  ///
  /// The pieces do not add to each other, so their number may depend on the threads.
  func pieces(target: Int, threads: Int) -> [Range<Int>] {
    let wanted = max(1, (count + target - 1) / target)
    let pieces = min(count, (wanted + threads - 1) / threads * threads)
    return (0..<pieces).map { count * $0 / pieces..<count * ($0 + 1) / pieces }
  }

  /// Distance between planes of `count` floats, off the multiples of 4 KiB at which all planes of a
  /// row would fall into the same few lines of the cache.
  static func planeStride(_ count: Int) -> Int {
    let rounded = (count + 15) / 16 * 16
    return rounded % 1024 < 16 ? rounded + 16 : rounded
  }
}

/// A square of points of one image, every `step` rows and columns, some perhaps outside.
struct PointSquare {
  /// The image's first element.
  let image: UnsafeMutablePointer<Float>
  /// The shape of the maps that the image is one of.
  let shape: Shape
  /// The first point's row.
  let row: Int
  /// The first point's column.
  let column: Int
  /// Rows and columns between points.
  let step: Int
  /// The first channel.
  let channel: Int

  /// Writes where `extent²` points lie, row by row; those outside lie at `outside`.
  func list(
    _ extent: Int, outside: UnsafeMutablePointer<Float>,
    into points: UnsafeMutablePointer<UnsafeMutablePointer<Float>>
  ) {
    var index = 0
    for r in 0..<extent {
      let y = row + r * step
      let line = image + y * shape.width * shape.channels + channel
      for c in 0..<extent {
        let x = column + c * step
        let isInside = y >= 0 && y < shape.height && x >= 0 && x < shape.width
        points[index] = isInside ? line + x * shape.channels : outside
        index += 1
      }
    }
  }
}

/// Room for the pointers to a tile's points, and what lies outside a map: zeros to read, and a place
/// to write what nobody wants.
struct PointList {
  private let pointers: UnsafeMutablePointer<UnsafeMutablePointer<Float>>
  private let zeros: UnsafeMutablePointer<Float>
  private let waste: UnsafeMutablePointer<Float>

  /// Calls the body with room for the points of maps of `channels` channels.
  static func with(channels: Int, _ body: (PointList) -> Void) {
    withUnsafeTemporaryAllocation(
      of: UnsafeMutablePointer<Float>.self, capacity: WinogradTiles.planes
    ) { pointers in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * channels) { floats in
        guard let pointers = pointers.baseAddress, let zeros = floats.baseAddress else { return }
        zeros.initialize(repeating: 0, count: 2 * channels)
        body(PointList(pointers: pointers, zeros: zeros, waste: zeros + channels))
      }
    }
  }

  /// Returns where to read a square's points; zeros outside the map.
  func sources(_ square: PointSquare, _ extent: Int) -> UnsafePointer<Source> {
    square.list(extent, outside: zeros, into: pointers)
    return UnsafeRawPointer(pointers).assumingMemoryBound(to: Source.self)
  }

  /// Returns where to write a square's points.
  func destinations(_ square: PointSquare, _ extent: Int) -> UnsafePointer<Destination> {
    square.list(extent, outside: waste, into: pointers)
    return UnsafePointer(pointers)
  }
}
