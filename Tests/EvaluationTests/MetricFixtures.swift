import Evaluation
import Foundation
import Imaging
import TestSupport
import Testing

/// The pictures in `Fixtures/metrics`, and what `Scripts/check-metrics` computes of them.
enum MetricFixtures {
  /// The recorded numbers.
  struct Expected: Decodable {
    struct Distances: Decodable {
      let grey: [Double]
      let colour: [Double]
      let large: [Double]
    }
    struct Features: Decodable {
      let places: [Int]
      let grey: [[Double]]
      let colour: [[Double]]
      let large: [[Double]]
      let norms: [Double]
    }
    struct Neighbors: Decodable {
      struct Figures: Decodable {
        let precision: Double
        let recall: Double
        let density: Double
        let coverage: Double
      }
      let generated: Figures
      let floor: Figures
    }
    struct Similarity: Decodable {
      let scales: [[Double]]
      let huge: Double
      let training: Double
      let generated: Double
    }
    struct Copying: Decodable {
      let z: Double
      let floor: Double
      let nearest: [Int]
      let distances: [Double]
    }
    struct CopyingByCells: Decodable {
      let cells: Int
      let least: Int
      let training: [Int]
      let generated: [Int]
      let heldOut: [Int]
      let z: [Double?]
      let statistic: Double
      let floor: Double
    }
    struct RankTest: Decodable {
      let a: [Float]
      let b: [Float]
      let z: Double
    }

    let seed: UInt64
    let k: Int
    let pairs: Int
    let slicedWasserstein: Distances
    let features: Features
    let neighbors: Neighbors
    let similarity: Similarity
    let copying: Copying
    let copyingByCells: CopyingByCells
    let rankTest: RankTest
  }

  /// Reads the numbers.
  static func expected() throws -> Expected {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let data = try Data(contentsOf: URL(filePath: Fixtures.path("metrics/expected.json")))
    return try decoder.decode(Expected.self, from: data)
  }

  /// Reads the pictures of a sheet, eight in a row without gaps.
  static func images(_ name: String, size: Int = 32) throws -> ImageSet {
    let path = Fixtures.path("metrics/\(name).png")
    let sheet = try PixelImage(contentsOf: path)
    let tiles = try ContactSheet(columns: 8, gap: 0).tiles(
      of: sheet, rows: sheet.height / size, file: path)
    return ImageSet(tiles, size: size)
  }
}

/// Tells whether two numbers are the same but for rounding in `Float`.
func isClose(_ found: Double, _ expected: Double, relative: Double = 1e-5) -> Bool {
  abs(found - expected) <= relative * abs(expected)
}
