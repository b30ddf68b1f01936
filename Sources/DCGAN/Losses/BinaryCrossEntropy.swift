import Foundation
import Tensor

/// The binary cross-entropy of a batch of logits, its gradient, and the probabilities.
public struct BinaryCrossEntropy {
  /// The mean over the batch.
  public let loss: Float
  /// The loss's gradient with respect to the logits, of their shape.
  public let gradient: Tensor
  /// `1 / (1 + e⁻ˡ)` for each logit l.
  public let probabilities: [Float]

  /// Computes `mean(max(l, 0) − l·t + ln(1 + e^−|l|))`, which is
  /// `−t·ln σ(l) − (1 − t)·ln(1 − σ(l))` without its overflow, and its gradient `(σ(l) − t) / n`.
  ///
  /// - Parameters:
  ///   - logits: any shape, n elements.
  ///   - target: t, 1 for real and 0 for fake.
  public init(logits: Tensor, target: Double) {
    let values = logits.values.map(Double.init)
    let count = Double(values.count)
    let sigmoids = values.map { $0 >= 0 ? 1 / (1 + exp(-$0)) : exp($0) / (1 + exp($0)) }
    let sum = values.reduce(0) { $0 + max($1, 0) - $1 * target + log1p(exp(-abs($1))) }
    loss = Float(sum / count)
    gradient = Tensor(sigmoids.map { Float(($0 - target) / count) }, shape: logits.shape)
    probabilities = sigmoids.map { Float($0) }
  }
}
