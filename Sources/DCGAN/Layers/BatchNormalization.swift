import Tensor

/// Batch normalization over batch, rows and columns, followed by a leaky rectifier.
///
/// Ioffe & Szegedy 2015 (arXiv 1502.03167), with PyTorch's conventions: ε = 1e-5 beside the biased
/// variance; running statistics `r = 0.9·r + 0.1·batch`, of the unbiased variance, in training.
public final class BatchNormalization: Layer {
  private static let epsilon = 1e-5

  private let slope: Float
  private let shape: Shape
  private var gamma: Parameter?
  private var beta: Parameter?
  /// The running mean, one element a channel; 0 at first.
  public let runningMean: Tensor
  /// The running unbiased variance, one element a channel; 1 at first.
  public let runningVariance: Tensor

  /// Makes a layer; slope 0 is ReLU, slope 1 no rectifier.
  public init(channels: Int, slope: Float) {
    self.slope = slope
    shape = Shape(vector: channels)
    runningMean = Tensor(repeating: 0, shape: shape)
    runningVariance = Tensor(repeating: 1, shape: shape)
  }

  /// γ as `weight` and β as `bias`.
  public var parameterShapes: [(name: String, shape: Shape)] {
    [("weight", shape), ("bias", shape)]
  }

  /// The running statistics.
  public var buffers: [(name: String, value: Tensor)] {
    [("running_mean", runningMean), ("running_var", runningVariance)]
  }

  /// Takes γ and β.
  public func take(_ parameters: [Parameter]) {
    gamma = parameters.first
    beta = parameters.last
  }

  /// Normalizes each channel with the batch's statistics, or with the running ones.
  public func callAsFunction(_ x: Variable, _ pass: ForwardPass) -> Variable {
    let gamma = pass.tape.parameter(taken(gamma), isTrainable: pass.isTrainable)
    let beta = pass.tape.parameter(taken(beta), isTrainable: pass.isTrainable)
    guard let share = pass.statisticsShare else {
      return pass.tape.constant(
        lazy: pass.tape.backend.lazyBatchNormalize(
          x.value, mean: runningMean, inverseDeviation: runningInverseDeviation(),
          gamma: gamma.value, beta: beta.value, slope: slope))
    }
    let statistics = pass.tape.backend.batchStatistics(x.value, epsilon: Self.epsilon)
    update(with: statistics, count: x.value.shape.rows, share: share)
    return pass.tape.batchNormalize(
      x, gamma: gamma, beta: beta, statistics: statistics, slope: slope)
  }

  private func runningInverseDeviation() -> Tensor {
    Tensor(
      runningVariance.values.map { Float(1 / (Double($0) + Self.epsilon).squareRoot()) },
      shape: shape)
  }

  /// Moves the running statistics towards a batch's of `count` values a channel.
  private func update(with statistics: BatchStatistics, count: Int, share: Float) {
    let unbiased = Float(count) / Float(max(1, count - 1))
    runningMean.mix(statistics.mean, weight: share, factor: 1)
    runningVariance.mix(statistics.variance, weight: share, factor: unbiased)
  }
}

extension Tensor {
  /// Replaces each element r by `(1 − weight)·r + weight·factor·x`, at a weight of 1 whatever it was.
  fileprivate func mix(_ x: Tensor, weight: Float, factor: Float) {
    withUnsafeMutablePointer { running in
      x.withUnsafeMutablePointer { batch in
        for c in running.indices {
          let rest = weight == 1 ? 0 : (1 - weight) * running[c]
          running[c] = rest + weight * (batch[c] * factor)
        }
      }
    }
  }
}
