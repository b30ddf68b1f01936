import Tensor

/// One more channel, which says how much the images of a batch differ, so that a discriminator sees it
/// where a generator makes them too much alike.
///
/// It holds one number everywhere: the standard deviation over the batch of every channel at every
/// point, averaged. Karras et al. 2018 (arXiv 1710.10196), §3, which takes the whole batch as this layer
/// does; their code takes groups of four, for batches spread over several devices.
///
/// In training the number moves a running average, `r = 0.9·r + 0.1·batch`. In evaluation that average
/// takes its place, so that an image's score does not depend on those beside it.
public struct MinibatchDeviation: LayerSpecification {
  /// Describes a layer.
  public init() {}

  /// The running average of the number.
  public var buffers: [BufferSpecification] {
    [BufferSpecification("running_deviation", Shape(vector: 1), initialValue: 1)]
  }

  /// Makes the layer of its running average.
  public func makeLayer(parameters: [Parameter], buffers: [Tensor]) -> any Layer {
    MinibatchDeviationLayer(running: buffers[0])
  }
}

/// The deviation of a batch with its running average.
private struct MinibatchDeviationLayer: Layer {
  let running: Tensor

  /// Appends the batch's deviation, or the running one.
  func callAsFunction(_ x: Variable, _ pass: ForwardPass) -> Variable {
    guard let share = pass.statisticsShare else {
      return pass.tape.appendChannel(running.values[0], to: x)
    }
    let deviation = deviation(of: x.value, pass)
    running.mix(Tensor(repeating: deviation, shape: running.shape), weight: share, factor: 1)
    return pass.tape.appendDeviation(deviation, to: x)
  }

  /// Returns the mean deviation of the groups: between real and generated images lies what the network
  /// tells apart, and no batch of training holds both.
  private func deviation(of values: Tensor, _ pass: ForwardPass) -> Float {
    let size = values.shape.batch / pass.groups
    let sum = (0..<pass.groups).reduce(Float(0)) { sum, group in
      sum + pass.tape.backend.batchDeviation(values.batch(group * size..<(group + 1) * size))
    }
    return sum / Float(pass.groups)
  }
}
