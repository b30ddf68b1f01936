import Tensor

/// Batch normalization over batch, rows and columns, followed by a leaky rectifier.
///
/// Ioffe & Szegedy 2015 (arXiv 1502.03167), with PyTorch's conventions: ε = 1e-5 beside the biased
/// variance; running statistics `r = 0.9·r + 0.1·batch`, of the unbiased variance, in training.
/// With a γ and a β a class it is conditional batch normalization (de Vries et al. 2017, arXiv
/// 1707.00683).
public struct BatchNormalization: LayerSpecification {
  private let shape: Shape
  private let parameterShape: Shape
  private let slope: Float

  /// Describes a layer; slope 0 is ReLU, slope 1 no rectifier.
  ///
  /// - Parameter classes: how many classes of images have a γ and a β of their own; nil where one of
  ///   each serves all images.
  public init(channels: Int, slope: Float, classes: Int? = nil) {
    self.slope = slope
    shape = Shape(vector: channels)
    parameterShape = classes.map { Shape(1, $0, 1, channels) } ?? shape
  }

  /// γ as `weight` and β as `bias`; γ is drawn around 1, as in PyTorch's DCGAN tutorial.
  public var parameters: [ParameterSpecification] {
    [
      ParameterSpecification("weight", parameterShape, .normal(mean: 1)),
      ParameterSpecification("bias", parameterShape, .zero),
    ]
  }

  /// The running mean, one element a channel, and the running unbiased variance.
  public var buffers: [BufferSpecification] {
    [
      BufferSpecification("running_mean", shape, initialValue: 0),
      BufferSpecification("running_var", shape, initialValue: 1),
    ]
  }

  /// Makes the layer of γ and β and the running statistics.
  public func makeLayer(parameters: [Parameter], buffers: [Tensor]) -> any Layer {
    BatchNormalizationLayer(
      slope: slope, isClasswise: parameterShape != shape, gamma: parameters[0], beta: parameters[1],
      runningMean: buffers[0],
      runningVariance: buffers[1])
  }
}

/// Batch normalization with its parameters and running statistics.
private struct BatchNormalizationLayer: Layer {
  private static let epsilon = 1e-5

  let slope: Float
  let isClasswise: Bool
  let gamma: Parameter
  let beta: Parameter
  let runningMean: Tensor
  let runningVariance: Tensor

  /// Normalizes each channel with the batch's statistics, or with the running ones.
  func callAsFunction(_ x: Variable, _ pass: ForwardPass) -> Variable {
    let gamma = pass.tape.parameter(gamma, isTrainable: pass.isTrainable)
    let beta = pass.tape.parameter(beta, isTrainable: pass.isTrainable)
    let labels = isClasswise ? pass.requiredLabels : nil
    guard let share = pass.statisticsShare else {
      return pass.tape.constant(
        lazy: evaluated(x, gamma: gamma, beta: beta, labels: labels, pass.tape.backend))
    }
    let backend = pass.tape.backend
    let statistics = backend.batchStatistics(x.value, epsilon: Self.epsilon)
    update(with: statistics, count: backend.wholeShape(x.shape).rows, share: share)
    return pass.rectified(slope: slope) { slope in
      pass.tape.batchNormalize(
        x, gamma: gamma, beta: beta, statistics: statistics, labels: labels, slope: slope)
    }
  }

  /// Normalizes with the running statistics.
  private func evaluated(
    _ x: Variable, gamma: Variable, beta: Variable, labels: [Int]?, _ backend: Backend
  ) -> LazyMap {
    let deviation = runningInverseDeviation()
    guard let labels else {
      return backend.lazyBatchNormalize(
        x.value, mean: runningMean, inverseDeviation: deviation, gamma: gamma.value,
        beta: beta.value, slope: slope)
    }
    return backend.lazyBatchNormalize(
      x.value, mean: runningMean, inverseDeviation: deviation, gamma: gamma.value,
      beta: beta.value, labels: labels, slope: slope)
  }

  private func runningInverseDeviation() -> Tensor {
    Tensor(
      runningVariance.values.map { Float(1 / (Double($0) + Self.epsilon).squareRoot()) },
      shape: runningVariance.shape)
  }

  /// Moves the running statistics towards a batch's of `count` values a channel.
  private func update(with statistics: BatchStatistics, count: Int, share: Float) {
    let unbiased = Float(count) / Float(max(1, count - 1))
    runningMean.mix(statistics.mean, weight: share, factor: 1)
    runningVariance.mix(statistics.variance, weight: share, factor: unbiased)
  }
}

extension Tensor {
  /// Replaces each element r by `(1 − weight)·r + weight·factor·x`, at a weight of 1 whatever it was;
  /// does nothing at a weight of 0.
  func mix(_ x: Tensor, weight: Float, factor: Float) {
    guard weight > 0 else { return }
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
