import Foundation
import TestSupport

/// What PyTorch computes for a small classifier.
struct ClassifierFixture: Decodable {
  struct CrossEntropy: Decodable {
    let logits: [[Double]]
    let labels: [Int]
    let weights: [Double]
    let loss: Double
    let gradient: [[Double]]
    let probabilities: [[Double]]
  }

  struct Cycle: Decodable {
    let steps: Int
    let highest: Double
    let rates: [Double]
  }

  let crossEntropy: CrossEntropy
  let oneCycle: [Cycle]
  let weights: [Double]
  let highest: Double
  let steps: Int
  let decay: Double

  init() throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let file = URL(filePath: Fixtures.path("classifier/expected.json"))
    self = try decoder.decode(Self.self, from: Data(contentsOf: file))
  }
}
