import KernelTable

/// A square of points of one image, every `step` rows and columns, some perhaps outside.
struct PointSquare {
  /// The first element of row `top` of the image.
  let image: UnsafeMutablePointer<Float>
  /// The shape of the maps that the image is one of.
  let shape: Shape
  /// Rows, and columns, of points.
  let extent: Int
  /// The first point's row.
  let row: Int
  /// The first point's column.
  let column: Int
  /// Rows and columns between points.
  let step: Int
  /// The first channel.
  var channel = 0
  /// The first row that is in memory; no point inside the image lies above it.
  var top = 0

  /// Writes where the points lie, row by row; those outside lie at `outside`.
  func list(
    outside: UnsafeMutablePointer<Float>,
    into points: UnsafeMutablePointer<UnsafeMutablePointer<Float>>
  ) {
    var index = 0
    for r in 0..<extent {
      let y = row + r * step
      let line = image + (y - top) * shape.width * shape.channels + channel
      for c in 0..<extent {
        let x = column + c * step
        let isInside = y >= 0 && y < shape.height && x >= 0 && x < shape.width
        points[index] = isInside ? line + x * shape.channels : outside
        index += 1
      }
    }
  }
}

extension PointSquare {
  /// The points of a tile of a small map.
  static func small(
    _ place: (image: Int, row: Int, column: Int), image: UnsafeMutablePointer<Float>,
    _ shape: Shape, channel: Int = 0, top: Int = 0
  ) -> PointSquare {
    PointSquare(
      image: image, shape: shape, extent: WinogradTiles.extent, row: place.row,
      column: place.column, step: 1, channel: channel, top: top)
  }

  /// The points of a phase of a large map that a tile of the small one sees.
  static func large(
    _ place: (image: Int, row: Int, column: Int), phase: Int, image: UnsafeMutablePointer<Float>,
    _ shape: Shape, channel: Int = 0, top: Int = 0
  ) -> PointSquare {
    PointSquare(
      image: image, shape: shape, extent: WinogradTiles.extent + 1,
      row: 2 * place.row + phase / 2 - 1, column: 2 * place.column + phase % 2 - 1, step: 2,
      channel: channel, top: top)
  }
}

/// Room for the pointers to a tile's points, and what lies outside a map: zeros to read, and a place
/// to write what nobody wants.
struct PointList {
  private let pointers: UnsafeMutablePointer<UnsafeMutablePointer<Float>>
  /// Zeros to read, as many as there are channels.
  let zeros: UnsafeMutablePointer<Float>
  private let waste: UnsafeMutablePointer<Float>

  /// Calls the body with room for the points of maps of `channels` channels.
  static func with(channels: Int, _ body: (PointList) -> Void) {
    withUnsafeTemporaryAllocation(
      of: UnsafeMutablePointer<Float>.self, capacity: 3 * Winograd.planes
    ) { pointers in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * channels) { floats in
        guard let pointers = pointers.baseAddress, let zeros = floats.baseAddress else { return }
        zeros.initialize(repeating: 0, count: 2 * channels)
        body(PointList(pointers: pointers, zeros: zeros, waste: zeros + channels))
      }
    }
  }

  /// Calls the body for each of `count` squares with where to read its points, zeros outside the
  /// map, and where to read those of the square after it.
  func forEachSource(
    count: Int, _ square: (Int) -> PointSquare,
    _ body: (_ index: Int, _ points: UnsafePointer<Source>, _ next: UnsafePointer<Source>) -> Void
  ) {
    forEach(count: count, outside: zeros, square) { index, points, next in
      body(
        index, UnsafeRawPointer(points).assumingMemoryBound(to: Source.self),
        UnsafeRawPointer(next).assumingMemoryBound(to: Source.self))
    }
  }

  /// Calls the body for each of `count` squares with where to write its points, and where to write
  /// those of the square after it.
  func forEachDestination(
    count: Int, _ square: (Int) -> PointSquare,
    _ body: (
      _ index: Int, _ points: UnsafePointer<Destination>, _ next: UnsafePointer<Destination>
    ) -> Void
  ) {
    forEach(count: count, outside: waste, square) { body($0, UnsafePointer($1), UnsafePointer($2)) }
  }

  private typealias Pointers = UnsafeMutablePointer<UnsafeMutablePointer<Float>>

  private func forEach(
    count: Int, outside: UnsafeMutablePointer<Float>, _ square: (Int) -> PointSquare,
    _ body: (_ index: Int, _ points: Pointers, _ next: Pointers) -> Void
  ) {
    square(0).list(outside: outside, into: pointers)
    for index in 0..<count {
      let points = pointers + index % 2 * Winograd.planes
      let next = pointers + (index + 1) % 2 * Winograd.planes
      square(min(index + 1, count - 1)).list(outside: outside, into: next)
      body(index, points, next)
    }
  }

  /// Returns where the sums of the first row's and the first column's points lie that other squares
  /// of five rows and columns have written before; zeros where none has.
  func earlier(
    _ points: UnsafePointer<Destination>, above: Bool, before: Bool
  ) -> UnsafePointer<Source> {
    let sums = pointers + 2 * Winograd.planes
    for c in 0..<5 { sums[c] = above || (before && c == 0) ? points[c] : zeros }
    for r in 1..<5 { sums[4 + r] = before ? points[5 * r] : zeros }
    return UnsafeRawPointer(sums).assumingMemoryBound(to: Source.self)
  }
}

extension Tensor {
  /// The first element of one image.
  func image(_ index: Int) -> UnsafeMutablePointer<Float> {
    pointer + index * shape.height * shape.width * shape.channels
  }
}
