import Tensor

/// One layer of a drawing: a value a pixel, 0 where nothing was drawn.
struct PhantomCanvas {
  let width: Int
  let height: Int
  var values: [Float]

  /// Creates an empty layer.
  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    values = [Float](repeating: 0, count: width * height)
  }

  /// A point of a stroke: where (in pixels), how thick (its radius in pixels), how strong.
  struct Point {
    var position: SIMD2<Float>
    var radius: Float
    var strength: Float
  }

  /// Draws a rod of round section along `points`: at distance d from the middle line of radius r,
  /// strength · √(1 − d²/r²), the length of a ray through it. Strokes do not add up: the strongest
  /// counts.
  mutating func stroke(_ points: [Point]) {
    for (from, to) in zip(points, points.dropFirst()) { segment(from, to) }
  }

  private mutating func segment(_ from: Point, _ to: Point) {
    let reach = max(from.radius, to.radius)
    let columns = span(from.position.x, to.position.x, reach, width)
    let rows = span(from.position.y, to.position.y, reach, height)
    let along = to.position - from.position
    let length = max((along * along).sum(), 1e-6)
    for y in rows {
      for x in columns {
        let offset = SIMD2(Float(x), Float(y)) - from.position
        let share = min(max((offset * along).sum() / length, 0), 1)
        let away = offset - share * along
        let radius = from.radius + share * (to.radius - from.radius)
        let depth = 1 - (away * away).sum() / (radius * radius)
        guard depth > 0 else { continue }
        let strength = from.strength + share * (to.strength - from.strength)
        let index = y * width + x
        values[index] = max(values[index], strength * depth.squareRoot())
      }
    }
  }

  private func span(_ first: Float, _ last: Float, _ reach: Float, _ limit: Int) -> Range<Int> {
    let lower = max(0, Int((min(first, last) - reach).rounded(.down)))
    let upper = min(limit, Int((max(first, last) + reach).rounded(.up)) + 1)
    return lower..<max(lower, upper)
  }

  /// Fills the layer with smooth noise in 0 ... 1: random values on a grid of `cell` pixels, and
  /// half as strong on one of half the cell.
  init(width: Int, height: Int, noiseOf stream: RandomStream, cell: Float) {
    self.init(width: width, height: height)
    addNoise(stream, first: 0, cell: cell, strength: 2.0 / 3)
    addNoise(stream, first: 1 << 32, cell: cell / 2, strength: 1.0 / 3)
  }

  private mutating func addNoise(
    _ stream: RandomStream, first: UInt64, cell: Float, strength: Float
  ) {
    let gridWidth = Int(Float(width) / cell) + 2
    let gridHeight = Int(Float(height) / cell) + 2
    let grid = (0..<gridWidth * gridHeight).map {
      Float(stream.bits(at: first + UInt64($0))) * (strength * 0x1p-32)
    }
    let columns = (0..<width).map { place(Float($0) / cell) }
    for y in 0..<height {
      let row = place(Float(y) / cell)
      let top = row.index * gridWidth
      for x in 0..<width {
        let column = columns[x]
        let corner = top + column.index
        let below = corner + gridWidth
        let upper = grid[corner] + column.share * (grid[corner + 1] - grid[corner])
        let lower = grid[below] + column.share * (grid[below + 1] - grid[below])
        values[y * width + x] += upper + row.share * (lower - upper)
      }
    }
  }

  private func place(_ position: Float) -> (index: Int, share: Float) {
    let index = Int(position)
    return (index, phantomStep(position - Float(index)))
  }
}
