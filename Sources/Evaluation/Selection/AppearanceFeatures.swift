import Foundation
import Imaging
import Support
import Tensor

/// Describes images by how bright they are in 16×16 fields and how rough in 4×4 fields of every finer
/// band of detail.
///
/// The brightness is the last level of the grey image's `LaplacianPyramid`, 256 numbers; the roughness is
/// the root mean square of each field of the levels before it, 16 numbers a level. Either part is divided
/// by the root of its variance over the real images, summed over its numbers, so that both count alike.
///
/// A choice by `RandomFeatures` would look better than it is to an evaluation by `RandomFeatures`, and one
/// by the same network with other weights hardly less so: random networks of one shape keep the same
/// distances. So images are chosen by numbers of another origin, which no network makes.
package struct AppearanceFeatures {
  /// The fields of a row, and of a column, in which roughness is measured.
  private static let fields = 4

  /// What each part is multiplied by, in the order of `parts`.
  private let scales: [Float]

  /// Adjusts the parts to real images.
  package init(of real: ImageSet, _ pool: ThreadPool) {
    let rows = Self.parts(of: real, pool)
    scales = rows[0].indices.map { part in
      let variance = Self.variance(of: rows.map { $0[part] })
      return variance > 0 ? Float(1 / variance.squareRoot()) : 0
    }
  }

  /// Returns the features `[n, 1, 1, d]` of a set of images of the size of the real ones; they do not
  /// depend on the pool.
  package func features(of set: ImageSet, _ pool: ThreadPool) -> Tensor {
    let rows = Self.parts(of: set, pool)
    let values = rows.flatMap { parts in
      zip(parts, scales).flatMap { part, scale in part.map { $0 * scale } }
    }
    return Tensor(values, shape: Shape(set.count, 1, 1, values.count / set.count))
  }

  /// Returns the parts of every image.
  private static func parts(of set: ImageSet, _ pool: ThreadPool) -> [[[Float]]] {
    [[[Float]]](unsafeUninitializedCapacity: set.count) { rows, count in
      pool.parallelFor(set.count) { index, _ in
        rows.initializeElement(at: index, to: parts(of: set.images[index]))
      }
      count = set.count
    }
  }

  /// Returns the brightness of an image, and its roughness.
  package static func parts(of image: PixelImage) -> [[Float]] {
    let picture = SampleMap(image, channels: 1)
    let levels = LaplacianPyramid.sides(from: picture.size).count
    let brightness = LaplacianPyramid.level(levels - 1, of: levels, picture).values
    let roughness = (0..<levels - 1).flatMap { index in
      Self.roughness(of: LaplacianPyramid.level(index, of: levels, picture))
    }
    return [brightness, roughness]
  }

  /// Returns the root mean square of every field, row by row.
  private static func roughness(of map: SampleMap) -> [Float] {
    let side = map.size / fields
    return (0..<fields * fields).map { field in
      let (top, left) = (field / fields * side, field % fields * side)
      var sum: Float = 0
      for row in top..<top + side {
        for column in left..<left + side {
          let value = map.values[row * map.size + column]
          sum += value * value
        }
      }
      return (sum / Float(side * side)).squareRoot()
    }
  }

  /// Returns the variances of the numbers of rows, summed.
  private static func variance(of rows: [[Float]]) -> Double {
    rows[0].indices.reduce(0) { sum, place in
      let values = rows.map { Double($0[place]) }
      let mean = values.reduce(0, +) / Double(values.count)
      return sum + values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    }
  }
}
