import Support
import Tensor

/// A step of a network, with the parameters and buffers that it works with; a `LayerSpecification`
/// makes it.
public protocol Layer {
  /// Applies the layer to `[n, h, w, c]`.
  func callAsFunction(_ x: Variable, _ pass: ForwardPass) -> Variable
}

/// How a network is run.
public struct ForwardPass {
  /// What records the operations.
  public let tape: Tape
  /// The share of a batch's statistics in batch normalization's running ones, which are not used: 0 where
  /// they stay as they are; nil where they are used instead of the batch's, and stay as they are.
  public let statisticsShare: Float?
  /// Whether the parameters want gradients.
  public let isTrainable: Bool
  /// The class of each image; nil for networks that know none.
  public let labels: [Int]?
  /// The parts of equal size that the batch consists of, each of which is a batch of its own in training:
  /// 2 where real images stand before as many generated ones.
  let groups: Int
  /// The sides that rectifiers keep to; nil where each goes by its own argument.
  let rectifierSides: RectifierSides?

  private init(
    _ tape: Tape, statisticsShare: Float?, isTrainable: Bool = false, labels: [Int]?,
    groups: Int = 1, rectifierSides: RectifierSides? = nil
  ) {
    self.groups = groups
    (self.tape, self.statisticsShare, self.isTrainable) = (tape, statisticsShare, isTrainable)
    (self.labels, self.rectifierSides) = (labels, rectifierSides)
  }

  /// PyTorch's `momentum` of batch normalization.
  private static let momentum: Float = 0.1

  /// Runs for training; the parameters may be frozen while gradients pass through.
  public static func training(
    _ tape: Tape, labels: [Int]? = nil, isTrainable: Bool = true
  ) -> ForwardPass {
    ForwardPass(tape, statisticsShare: momentum, isTrainable: isTrainable, labels: labels)
  }

  /// Runs for evaluation: running statistics, nothing recorded.
  public static func evaluation(_ backend: Backend, labels: [Int]? = nil) -> ForwardPass {
    ForwardPass(
      Tape(backend: backend, isRecording: false), statisticsShare: nil, labels: labels)
  }

  /// Runs on batch number `index`, counted from 0, of those over which the running statistics are to
  /// be the means: each batch is normalized by itself, and nothing recorded.
  ///
  /// Wu & Johnson 2021 (arXiv 2105.07576), §3, call it precise batch normalization.
  ///
  /// - Parameter groups: The parts of equal size of the batch, each of which is shown by itself in training.
  public static func estimation(
    _ backend: Backend, batch index: Int, labels: [Int]? = nil, groups: Int = 1
  ) -> ForwardPass {
    ForwardPass(
      Tape(backend: backend, isRecording: false), statisticsShare: 1 / Float(index + 1),
      labels: labels, groups: groups)
  }

  /// Runs as in training, but leaves the running statistics as they are, and lets rectifiers take down
  /// their sides or keep to them.
  static func probing(
    _ tape: Tape, labels: [Int]?, isTrainable: Bool, sides: RectifierSides
  ) -> ForwardPass {
    ForwardPass(
      tape, statisticsShare: 0, isTrainable: isTrainable, labels: labels, rectifierSides: sides)
  }

  /// The labels, which a layer with parameters of its own for each class needs; traps without.
  var requiredLabels: [Int] {
    require(labels != nil, "a conditional network is told the class of each image")
    return labels ?? []
  }
}
