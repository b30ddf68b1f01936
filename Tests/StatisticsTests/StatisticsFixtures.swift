import Foundation
import Statistics
import TestSupport

/// What `Scripts/statistics-fixture.py` computes, from `Fixtures/statistics.json`.
struct StatisticsFixtures: Decodable {
  struct Binary: Decodable {
    let scores: [Double]
    let positive: [Bool]
    let auroc: Double
    let variance: Double?
    let interval: [Double]
    let averagePrecision: Double
    let falsePositiveRates: [Double]
    let truePositiveRates: [Double]
    let thresholds: [Double]
    let bestThreshold: Double
    let confusion: [Int]
    let sensitivity: Double
    let specificity: Double
    let balancedAccuracy: Double
    let accuracy: Double
    let brier: Double

    var outcomes: BinaryOutcomes { BinaryOutcomes(scores: scores, isPositive: positive) }
  }

  struct Comparison: Decodable {
    let others: [Double]
    let covariance: Double
    let z: Double
    let p: Double
    let interval: [Double]
  }

  struct Multiclass: Decodable {
    let probabilities: [[Double]]
    let labels: [Int]
    let auroc: Double
    let averagePrecision: Double
    let brier: Double
    let sensitivity: Double
    let specificity: Double
    let balancedAccuracy: Double
    let confusions: [[Int]]

    var outcomes: MulticlassOutcomes {
      MulticlassOutcomes(probabilities: probabilities, labels: labels, classes: 3)
    }
  }

  struct Bootstrap: Decodable {
    let groups: [Int]
    let seed: UInt64
    let stream: UInt64
    let draws: Int
    let firstDraws: [[Int]]
    let estimate: Double
    let interval: [Double]
    let p: Double
  }

  struct Holm: Decodable {
    let p: [Double]
    let adjusted: [Double]
  }

  struct Normal: Decodable {
    let levels: [Double]
    let quantiles: [Double]
    let points: [Double]
    let cumulative: [Double]
    let twoSided: [Double]
  }

  struct Spread: Decodable {
    let figures: [Double]
    let mean: Double
    let deviation: Double
  }

  let binary: [String: Binary]
  let comparisons: [String: Comparison]
  let multiclass: Multiclass
  let bootstrap: Bootstrap
  let holm: [Holm]
  let normal: Normal
  let spread: Spread

  /// Reads the file.
  static func read() throws -> StatisticsFixtures {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let data = try Data(contentsOf: URL(filePath: Fixtures.path("statistics.json")))
    return try decoder.decode(StatisticsFixtures.self, from: data)
  }
}

/// Tells whether two numbers are the same but for the rounding of a few hundred sums in `Double`.
func isClose(_ found: Double, _ expected: Double, within bound: Double = 1e-13) -> Bool {
  abs(found - expected) <= bound * max(1, abs(expected))
}

/// Tells whether lists of numbers are the same but for rounding.
func isClose(_ found: [Double], _ expected: [Double], within bound: Double = 1e-13) -> Bool {
  found.count == expected.count
    && zip(found, expected).allSatisfy { isClose($0, $1, within: bound) }
}

extension Interval {
  /// The bounds.
  var bounds: [Double] { [lower, upper] }
}

extension Confusion {
  /// True and false positives, true and false negatives.
  var counts: [Int] { [truePositives, falsePositives, trueNegatives, falseNegatives] }
}
