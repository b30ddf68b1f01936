import DCGAN
import Support
import Tensor

/// Divides the space of features into cells, each of what is nearest to one of a few centres: k-means,
/// the centres drawn by k-means++ (Arthur and Vassilvitskii 2007) and improved by Lloyd's steps (1982).
package struct FeatureCells {
  /// Steps at most; few dozens usually suffice.
  private static let steps = 100

  /// The centres, `[count, 1, 1, d]`.
  package private(set) var centres: Tensor

  /// Divides the space by the rows of `[n, 1, 1, d]`.
  ///
  /// The seed decides where the first centres lie; the results do not depend on the pool. Traps unless
  /// 0 < `count` ≤ n.
  package init(of features: Tensor, count: Int, seed: UInt64, _ pool: ThreadPool) {
    require(
      0 < count && count <= features.shape.batch,
      "\(count) cells of \(features.shape.batch) pictures")
    centres = Self.firstCentres(of: features, count: count, seed: seed, pool)
    var members: [Int] = []
    for _ in 0..<Self.steps {
      let nearest = cells(of: features, pool)
      if nearest == members { return }
      members = nearest
      moveCentres(to: features, members)
    }
  }

  /// Returns the cell of every row of `[n, 1, 1, d]`, the first where two centres are as near.
  package func cells(of features: Tensor, _ pool: ThreadPool) -> [Int] {
    FeatureDistances.nearest(of: features, in: centres, pool).map(\.index)
  }

  /// Draws rows, each with a chance in proportion to its squared distance to the nearest one before.
  private static func firstCentres(
    of features: Tensor, count: Int, seed: UInt64, _ pool: ThreadPool
  ) -> Tensor {
    let random = RandomUse.evaluationCells.stream(seed: seed)
    let length = features.shape.channels
    let centres = Tensor(uninitialized: Shape(count, 1, 1, length))
    var weights = Array(repeating: 1.0, count: features.shape.batch)
    for cell in 0..<count {
      let row = place(of: random.uniform(at: UInt64(cell)), in: weights)
      centres.batch(cell..<cell + 1).assign(features.batch(row..<row + 1))
      weights = FeatureDistances.nearest(of: features, in: centres.batch(0..<cell + 1), pool)
        .map { Double($0.squaredDistance) }
    }
    return centres
  }

  /// Returns the first place at which the sum of the weights up to it is above `part` of the whole sum.
  private static func place(of part: Double, in weights: [Double]) -> Int {
    let limit = part * weights.reduce(0, +)
    var sum = 0.0
    return weights.firstIndex { weight in
      sum += weight
      return sum > limit
    } ?? weights.count - 1
  }

  /// Puts every centre into the mean of its members; one without members stays.
  private mutating func moveCentres(to features: Tensor, _ members: [Int]) {
    let (count, length) = (centres.shape.batch, centres.shape.channels)
    var sums = Array(repeating: 0.0, count: count * length)
    var sizes = Array(repeating: 0, count: count)
    for (row, cell) in members.enumerated() {
      sizes[cell] += 1
      for place in 0..<length {
        sums[cell * length + place] += Double(features.pointer[row * length + place])
      }
    }
    let old = centres.values
    centres = Tensor(
      sums.indices.map { index in
        let size = sizes[index / length]
        return size == 0 ? old[index] : Float(sums[index] / Double(size))
      }, shape: centres.shape)
  }
}
