import DCGAN
import Foundation
import Support
import Tensor

/// Measures how far the patches of two sets of pictures are from each other, by size of detail:
/// the sliced Wasserstein distance (Rabin et al. 2011) as Karras et al. 2018 (arXiv 1710.10196,
/// section 5) use it.
///
/// A set's descriptors are its patches of 7×7 pixels at a level of the Laplacian pyramid. Both sets
/// are projected on random unit vectors; along each the distance is `mean |a₍ᵢ₎ − b₍ᵢ₎|` of the
/// sorted projections. The result is the mean over the vectors, times 1000 as in the paper's tables.
/// The paper takes 128 patches a picture and 512 vectors; here it is half of both, so that it takes
/// seconds.
package struct SlicedWasserstein {
  /// What the distance is multiplied by.
  package static let scale = 1000.0
  /// Vectors that are projected on at a time.
  private static let chunk = 32

  private let seed: UInt64
  private let channels: Int
  private let patchesPerImage: Int
  private let directions: Int
  private let backend: Backend

  /// Prepares to measure.
  ///
  /// - Parameters:
  ///   - seed: Places the patches and draws the vectors.
  ///   - channels: 1 to compare grey pictures, 3 for colour.
  package init(
    seed: UInt64, channels: Int, patchesPerImage: Int = 64, directions: Int = 256,
    backend: Backend
  ) {
    self.seed = seed
    self.channels = channels
    self.patchesPerImage = patchesPerImage
    self.directions = directions
    self.backend = backend
  }

  /// Returns the distance of each of the other sets from the reference, at one level of the pyramid.
  ///
  /// - Parameters:
  ///   - level: The level, from 0, the finest, of those that `LaplacianPyramid.sides` lists.
  ///   - reference: A set.
  ///   - others: Sets of as many pictures of that size; traps where they are not.
  package func distances(
    level: Int, from reference: ImageSet, to others: [ImageSet]
  ) -> [Double] {
    require(
      others.allSatisfy { $0.count == reference.count && $0.size == reference.size },
      "sets of different numbers or sizes of pictures")
    let sides = LaplacianPyramid.sides(from: reference.size)
    let part = UInt32(sides[level])
    let patches = PatchDescriptors(
      levelSide: sides[level], level: (level, sides.count), channels: channels,
      patchesPerImage: patchesPerImage,
      places: RandomUse.evaluationPatches.stream(seed: seed, part: part))
    let matrices = ([reference] + others).map { patches.matrix(of: $0, backend.pool) }
    let random = RandomUse.evaluationDirections.stream(seed: seed, part: part)
    var sums = [Double](repeating: 0, count: others.count)
    for first in stride(from: 0, to: directions, by: Self.chunk) {
      let count = min(Self.chunk, directions - first)
      let filter = Self.unitVectors(first: first, count: count, length: patches.length, random)
      let projections = matrices.map { backend.convolve($0, filter, .whole(1)) }
      for (index, sum) in sumsOfDistances(projections).enumerated() { sums[index] += sum }
    }
    return sums.map { $0 / Double(directions) * Self.scale }
  }

  /// Returns unit vectors as the columns of `[1, 1, length, count]`; element e of vector v is number
  /// `v·length + e` of the stream, before it is scaled.
  private static func unitVectors(
    first: Int, count: Int, length: Int, _ random: RandomStream
  ) -> Tensor {
    var values = [Float](repeating: 0, count: length * count)
    for column in 0..<count {
      let start = (first + column) * length
      let vector = (0..<length).map { random.normal(at: UInt64(start + $0)) }
      let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      for (element, value) in vector.enumerated() {
        values[element * count + column] = Float(value / norm)
      }
    }
    return Tensor(values, shape: Shape(1, 1, length, count))
  }

  /// Sums, over the columns of the first matrix, the distance of each other matrix's column from it.
  private func sumsOfDistances(_ projections: [Tensor]) -> [Double] {
    let columns = projections[0].shape.channels
    let others = projections.count - 1
    var distances = [Double](repeating: 0, count: columns * others)
    distances.withUnsafeMutableBufferPointer { distances in
      backend.pool.parallelFor(columns) { column, _ in
        let reference = Self.sorted(column, of: projections[0])
        for other in 0..<others {
          distances[column * others + other] = Self.meanDifference(
            reference, Self.sorted(column, of: projections[other + 1]))
        }
      }
    }
    return (0..<others).map { other in
      stride(from: other, to: distances.count, by: others).reduce(0) { $0 + distances[$1] }
    }
  }

  private static func sorted(_ column: Int, of matrix: Tensor) -> [Float] {
    let (rows, columns) = (matrix.shape.batch, matrix.shape.channels)
    var values = [Float](unsafeUninitializedCapacity: rows) { buffer, count in
      for row in 0..<rows { buffer[row] = matrix.pointer[row * columns + column] }
      count = rows
    }
    values.sort()
    return values
  }

  private static func meanDifference(_ a: [Float], _ b: [Float]) -> Double {
    var sum = 0.0
    for index in a.indices { sum += abs(Double(a[index]) - Double(b[index])) }
    return sum / Double(a.count)
  }
}
