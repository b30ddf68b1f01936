import Support
import Tensor

/// Measures distances between the rows of two matrices of features.
package enum FeatureDistances {
  /// Rows that are measured together, so that the other matrix passes the cache once for all.
  private static let block = 8

  /// Calls `body(row, distances)` for every row of `a`, from any thread, with the squared Euclidean
  /// distances to all rows of `b`, which must not be used after it returns.
  ///
  /// Equal rows are at distance 0 exactly. The results do not depend on the pool.
  ///
  /// - Parameters:
  ///   - a: `[n, 1, 1, d]`.
  ///   - b: `[m, 1, 1, d]`. Traps where the lengths differ.
  package static func forEachRow(
    of a: Tensor, to b: Tensor, _ pool: ThreadPool,
    _ body: (_ row: Int, _ distances: UnsafeBufferPointer<Float>) -> Void
  ) {
    let (length, columns) = (a.shape.channels, b.shape.batch)
    require(b.shape.channels == length, "features \(a.shape) and \(b.shape)")
    pool.parallelFor((a.shape.batch + block - 1) / block) { piece, _ in
      let rows = piece * block..<min(a.shape.batch, (piece + 1) * block)
      withUnsafeTemporaryAllocation(of: Float.self, capacity: rows.count * columns) { distances in
        for column in 0..<columns {
          for row in rows {
            distances[(row - rows.lowerBound) * columns + column] = squaredDistance(
              a.pointer + row * length, b.pointer + column * length, length)
          }
        }
        for row in rows {
          let start = (row - rows.lowerBound) * columns
          body(row, UnsafeBufferPointer(rebasing: distances[start..<start + columns]))
        }
      }
    }
  }

  /// Returns a number for every row of `a`, computed from its squared distances to all rows of `b`.
  package static func mapRows<Value>(
    of a: Tensor, to b: Tensor, _ pool: ThreadPool,
    _ transform: (_ row: Int, _ distances: UnsafeBufferPointer<Float>) -> Value
  ) -> [Value] {
    [Value](unsafeUninitializedCapacity: a.shape.batch) { results, count in
      forEachRow(of: a, to: b, pool) { row, distances in
        results.initializeElement(at: row, to: transform(row, distances))
      }
      count = a.shape.batch
    }
  }

  /// Returns the squared distance of every row to its k-th nearest other row.
  ///
  /// Traps where there are no more than `k` rows.
  package static func squaredRadii(of a: Tensor, k: Int, _ pool: ThreadPool) -> [Float] {
    require(k > 0 && a.shape.batch > k, "the \(k)-th neighbour among \(a.shape.batch) pictures")
    // The nearest of all is the row itself, at distance 0.
    return mapRows(of: a, to: a, pool) { _, distances in distances.sorted()[k] }
  }

  /// Returns the squared distance of every row of `a` to the nearest row of `b`, and which that is,
  /// the first where several are as near.
  package static func nearest(
    of a: Tensor, in b: Tensor, _ pool: ThreadPool
  ) -> [(squaredDistance: Float, index: Int)] {
    mapRows(of: a, to: b, pool) { _, distances in
      var best = 0
      for index in distances.indices where distances[index] < distances[best] { best = index }
      return (distances[best], best)
    }
  }

  private static func squaredDistance(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ length: Int
  ) -> Float {
    var (first, second) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
    var index = 0
    while index &+ 16 <= length {
      let d0 = vector(a + index) - vector(b + index)
      let d1 = vector(a + index + 8) - vector(b + index + 8)
      first += d0 * d0
      second += d1 * d1
      index &+= 16
    }
    var sum = (first + second).sum()
    while index < length {
      let difference = a[index] - b[index]
      sum += difference * difference
      index &+= 1
    }
    return sum
  }

  private static func vector(_ pointer: UnsafePointer<Float>) -> SIMD8<Float> {
    UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<Float>.self)
  }
}
