// page
import DCGAN
import Tensor

/// Multiplies each channel by a number of its own, which training finds.
struct ChannelScale: LayerSpecification {
  let channels: Int

  var parameters: [ParameterSpecification] {
    [ParameterSpecification("weight", Shape(vector: channels), .normal(mean: 1))]
  }

  func makeLayer(parameters: [Parameter], buffers: [Tensor]) -> any Layer {
    ChannelScaleLayer(scale: parameters[0])
  }
}

/// The same with its numbers.
struct ChannelScaleLayer: Layer {
  let scale: Parameter

  func callAsFunction(_ x: Variable, _ pass: ForwardPass) -> Variable {
    pass.tape.multiply(x, by: pass.tape.parameter(scale, isTrainable: pass.isTrainable))
  }
}
// end

// page
extension Tape {
  /// Returns y = s·x, s the channel's number; hence dx = s·dy and ds = Σ x·dy over the channel.
  func multiply(_ x: Variable, by s: Variable) -> Variable {
    let target = x.target
    let kept = s.wantsGradient ? x.later : nil
    return record(product(x.value, s.value), of: [x, s]) { [unowned self] dy in
      if let kept { add(channelSums(kept.computed(), dy, like: s.value), to: s.target) }
      if target.wantsGradient { add(product(dy, s.value), to: target) }
    }
  }
}

/// Returns x with each channel multiplied by its element of s.
private func product(_ x: Tensor, _ s: Tensor) -> Tensor {
  let factors = s.values
  let values = x.values.enumerated().map { $1 * factors[$0 % factors.count] }
  return Tensor(values, shape: x.shape)
}

/// Returns Σ x·dy for each channel, summed in Double and in the order of the elements.
private func channelSums(_ x: Tensor, _ dy: Tensor, like s: Tensor) -> Tensor {
  var sums = Array(repeating: 0.0, count: s.count)
  for (index, (x, dy)) in zip(x.values, dy.values).enumerated() {
    sums[index % sums.count] += Double(x) * Double(dy)
  }
  return Tensor(sums.map { Float($0) }, shape: s.shape)
}
// end

/// The example of "Write your own layer".
func layerExample(print: (Any...) -> Void) throws {
  // page
  let backend = Backend(threads: 1)
  let network = Network([(0, ChannelScale(channels: 2)), (1, Tanh())])
  let scales = network.arena.values
  scales.assign(Tensor([0.5, -2], shape: scales.shape))
  let pixels = Tensor([0.1, 0.2, -0.3, 0.4], shape: Shape(1, 1, 2, 2))

  let tape = Tape(backend: backend)
  let x = tape.input(pixels)
  let y = network(x, .training(tape))
  tape.backward(from: y, gradient: Tensor(repeating: 1, shape: y.value.shape))
  print("dL/ds =", rounded(network.arena.gradients))
  if let gradient = tape.gradient(of: x) { print("dL/dx =", rounded(gradient)) }
  // end

  // page
  /// The loss L = Σ y.
  func loss() -> Float {
    let pass = ForwardPass.evaluation(backend)
    return network(pass.tape.constant(pixels), pass).value.values.reduce(0, +)
  }

  /// Returns (L(v + h) − L(v − h)) / 2h for each element v of a tensor.
  func slopes(of values: Tensor) -> Tensor {
    let h: Float = 1 / 64
    let slopes = values.values.enumerated().map { index, value in
      values.withUnsafeMutablePointer { $0[index] = value + h }
      let above = loss()
      values.withUnsafeMutablePointer { $0[index] = value - h }
      let below = loss()
      values.withUnsafeMutablePointer { $0[index] = value }
      return (above - below) / (2 * h)
    }
    return Tensor(slopes, shape: values.shape)
  }
  print("slopes along s:", rounded(slopes(of: scales)))
  print("slopes along x:", rounded(slopes(of: pixels)))
  // end
}
