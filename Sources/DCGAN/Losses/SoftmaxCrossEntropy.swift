import Foundation
import Support
import Tensor

/// The cross-entropy of a batch of logits of several classes, its gradient, and the probabilities.
public struct SoftmaxCrossEntropy {
  /// The weighted mean over the batch.
  public let loss: Float
  /// The loss's gradient with respect to the logits, of their shape.
  public let gradient: Tensor
  /// The probabilities of all classes, for each image.
  public let probabilities: [[Double]]

  /// Computes `Σ w·(−ln p) / Σ w` over the images, with p the probability of an image's class and w the
  /// weight of that class, as `torch.nn.CrossEntropyLoss(weight=…)` has it; and its gradient, with y
  /// being 1 for an image's class and 0 for the others, `w·(p − y) / Σ w`.
  ///
  /// It computes in double precision.
  ///
  /// - Parameters:
  ///   - logits: `[n, 1, 1, classes]`.
  ///   - labels: The class of each image. Traps where there are too few or too many, or there is no
  ///     such class.
  ///   - weights: The weight of each class, above 0; nil for 1.
  public init(logits: Tensor, labels: [Int], weights: [Double]? = nil) {
    let (count, classes) = (logits.shape.batch, logits.shape.channels)
    require(
      logits.shape.rows == count && labels.count == count
        && labels.allSatisfy((0..<classes).contains),
      "\(labels.count) labels for logits of \(logits.shape)")
    let weights = weights ?? Array(repeating: 1, count: classes)
    require(
      weights.count == classes && weights.allSatisfy { $0 > 0 },
      "\(weights) for \(classes) classes")
    let logarithms = Self.logarithms(of: logits)
    let sum = labels.reduce(0) { $0 + weights[$1] }
    loss = Float(
      zip(logarithms, labels).reduce(0) { $0 - weights[$1.1] * $1.0[$1.1] } / sum)
    let probabilities = logarithms.map { $0.map(exp) }
    gradient = Tensor(
      zip(probabilities, labels).flatMap { row, label in
        row.enumerated().map { place, probability in
          Float(weights[label] * (probability - (place == label ? 1 : 0)) / sum)
        }
      }, shape: logits.shape)
    self.probabilities = probabilities
  }

  /// Returns the probabilities of all classes, for each image: `eˡ / Σ eˡ` of the logits l.
  ///
  /// - Parameter logits: `[n, 1, 1, classes]`.
  public static func probabilities(of logits: Tensor) -> [[Double]] {
    logarithms(of: logits).map { $0.map(exp) }
  }

  /// Returns `l − ln Σ eˡ` of each image's logits l, the largest of which is taken off before so that
  /// nothing overflows.
  private static func logarithms(of logits: Tensor) -> [[Double]] {
    let (values, classes) = (logits.values, logits.shape.channels)
    return stride(from: 0, to: values.count, by: classes).map { start in
      let row = values[start..<start + classes].map(Double.init)
      let largest = row.reduce(-.infinity, max)
      let normalizer = largest + log(row.reduce(0) { $0 + exp($1 - largest) })
      return row.map { $0 - normalizer }
    }
  }
}
