import DCGAN
import Support
import Tensor
import TestSupport
import Testing

@Suite struct TapeTests {
  let backend = Backend(threads: 2)

  /// A convolution that is not rectified does not need its result to go back, so what follows may
  /// overwrite it.
  @Test func workingInPlaceChangesNoNumber() throws {
    let images = Tensor.random(Shape(2, 8, 8, 3), seed: 41)
    let filter = Tensor.random(Shape(4, 4, 3, 5), seed: 42)
    let results = try [false, true].map { inPlace in
      let tape = Tape(backend: backend)
      let x = tape.input(images)
      let map = tape.convolve(x, tape.constant(filter), .halving)
      let y = tape.tanh(
        tape.leakyRectifier(map, slope: 0.2, inPlace: inPlace), inPlace: false)
      let isOverwritten = y.value.values == backend.tanh(map.value).values
      #expect(isOverwritten == inPlace)
      tape.backward(from: y, gradient: Tensor.random(y.value.shape, seed: 43))
      return [y.value.values, try #require(tape.gradient(of: x)).values]
    }
    #expect(results[0] == results[1])
  }

  /// The rectifier within a convolution, whichever gradients are asked for, by either method.
  @Test(arguments: [(true, false), (false, true), (true, true)], [3, 9])
  func `a fused convolution and rectifier equals one after the other`(
    _ wanted: (input: Bool, filter: Bool), channels: Int
  ) {
    let images = Tensor.random(Shape(2, 8, 8, channels), seed: 51)
    let filters = Tensor.random(Shape(4, 4, channels, 9), seed: 52)
    func run(_ operation: (Tape, Variable, Variable) -> Variable) -> [[Float]?] {
      let tape = Tape(backend: backend)
      let x = wanted.input ? tape.input(images) : tape.constant(images)
      let filter = wanted.filter ? tape.input(filters) : tape.constant(filters)
      let y = operation(tape, x, filter)
      tape.backward(from: y, gradient: Tensor.random(y.shape, seed: 53))
      return [y.value.values, tape.gradient(of: x)?.values, tape.gradient(of: filter)?.values]
    }
    let results = run { $0.convolve($1, $2, .halving, slope: 0.2) }
    #expect(results == run { $0.leakyRectifier($0.convolve($1, $2, .halving), slope: 0.2) })
    #expect((results[1] != nil) == wanted.input && (results[2] != nil) == wanted.filter)
  }

  @Test func `a map is computed whole, once and only on demand`() {
    let tape = Tape(backend: backend)
    let x = Tensor.random(Shape(2, 4, 4, 3), seed: 54)
    let vector = Tensor(repeating: 2, shape: Shape(vector: 3))
    let map = backend.lazyBatchNormalize(
      x, mean: vector, inverseDeviation: vector, gamma: vector, beta: vector)
    let y = tape.record(lazy: map, of: [tape.input(x)]) { _ in }
    #expect(y.shape == x.shape)
    #expect(y.map.computed().storage !== y.map.computed().storage)
    let whole = y.value
    #expect(y.value.storage === whole.storage && y.map.computed().storage === whole.storage)
    #expect(y.later.computed().storage !== whole.storage)
    #expect(y.later.computed().values == whole.values)
  }

  @Test func `a constant is not recorded and gets no gradient`() {
    let tape = Tape(backend: backend)
    let x = tape.constant(Tensor.random(Shape(2, 4, 4, 3), seed: 1))
    let y = tape.tanh(tape.leakyRectifier(x, slope: 0.2))
    #expect(!y.wantsGradient)
    #expect(tape.gradient(of: x) == nil)
  }

  @Test func `a tape that does not record gives the same values`() {
    let value = Tensor.random(Shape(2, 4, 4, 3), seed: 2)
    let results = [true, false].map { isRecording in
      let tape = Tape(backend: backend, isRecording: isRecording)
      let y = tape.tanh(tape.input(value))
      #expect(y.wantsGradient == isRecording)
      return y.value.values
    }
    #expect(results[0] == results[1])
  }

  /// d/dx of `tanh(x)` and `leaky(x)` summed: a variable that is used twice gets both gradients.
  @Test func gradientsOfTwoUsesAreAdded() throws {
    let tape = Tape(backend: backend)
    let x = tape.input(Tensor([-1, 0.5, 2], shape: Shape(vector: 3)))
    let first = tape.tanh(x)
    let second = tape.leakyRectifier(x, slope: 0.2)
    let ones = Tensor(repeating: 1, shape: Shape(vector: 3))
    tape.add(ones, to: first.target)
    tape.backward(from: second, gradient: Tensor(repeating: 1, shape: Shape(vector: 3)))
    let gradient = try #require(tape.gradient(of: x)).values
    let expected = [-1, 0.5, 2].map { x in
      let t = Reference.tanh(x)
      return 1 - t * t + (x > 0 ? 1 : 0.2)
    }
    expectClose(gradient, expected, within: { _ in 1e-6 })
  }

  @Test func `a frozen network passes gradients through and keeps its own`() throws {
    let settings = ModelSettings(size: 32, channels: 1, nz: 4, ngf: 2, ndf: 3)
    let network = Network.discriminator(settings)
    network.initialize(from: RandomStream(seed: 3, stream: 0))
    let images = Tensor.random(Shape(2, 32, 32, 1), seed: 4)
    var inputGradients: [[Float]] = []
    for isTrainable in [true, false] {
      network.arena.clearGradients()
      let tape = Tape(backend: backend)
      let x = tape.input(images)
      let logits = network(x, .training(tape, isTrainable: isTrainable))
      tape.backward(from: logits, gradient: Tensor(repeating: 1, shape: logits.value.shape))
      inputGradients.append(try #require(tape.gradient(of: x)).values)
      #expect(network.arena.gradients.values.contains { $0 != 0 } == isTrainable)
    }
    #expect(inputGradients[0] == inputGradients[1])
    #expect(inputGradients[0].contains { $0 != 0 })
  }

  /// The rectifier and tanh find their gradients from their outputs, a frozen filter's convolution
  /// from the filter alone: nothing keeps their inputs.
  @Test func inputsThatNoGradientNeedsAreNotKept() {
    let filter = Tensor.random(Shape(4, 4, 3, 3), seed: 7)
    #expect(!keepsItsInput { $0.tanh($1) })
    #expect(!keepsItsInput { $0.leakyRectifier($1, slope: 0.2) })
    #expect(!keepsItsInput { $0.convolve($1, $0.constant(filter), .halving) })
    #expect(keepsItsInput { $0.convolve($1, $0.input(filter), .halving) })
    #expect(!keepsItsInput { $0.convolveTransposed($1, $0.constant(filter), .halving) })
    #expect(keepsItsInput { $0.convolveTransposed($1, $0.input(filter), .halving) })
  }

  /// Says whether an operation's input lives on while the tape waits for the backward pass.
  private func keepsItsInput(_ operation: (Tape, Variable) -> Variable) -> Bool {
    let tape = Tape(backend: backend)
    weak var storage: Storage?
    func run() -> Variable {
      let x = tape.input(Tensor.random(Shape(1, 4, 4, 3), seed: 8))
      storage = x.value.storage
      return operation(tape, x)
    }
    let result = run()
    return withExtendedLifetime((tape, result)) { storage != nil }
  }

  @Test func gradientsAddUpUntilTheyAreCleared() {
    let settings = ModelSettings(size: 32, channels: 1, nz: 4, ngf: 2, ndf: 3)
    let network = Network.discriminator(settings)
    network.initialize(from: RandomStream(seed: 5, stream: 0))
    let images = Tensor.random(Shape(2, 32, 32, 1), seed: 6)
    func accumulate() -> [Float] {
      let tape = Tape(backend: backend)
      let logits = network(tape.constant(images), .training(tape))
      tape.backward(from: logits, gradient: Tensor(repeating: 1, shape: logits.value.shape))
      return network.arena.gradients.values
    }
    let once = accumulate()
    let twice = accumulate()
    expectClose(
      twice, once.map { 2 * Double($0) }, within: { 1e-5 * abs(Double(once[$0])) + 1e-6 })
    network.arena.clearGradients()
    #expect(network.arena.gradients.values.allSatisfy { $0 == 0 })
  }
}
