import DCGAN
import Foundation
import Tensor
import Testing

/// The tape's gradients against differences of the loss itself, along random directions.
@Suite struct GradientTests {
  static let settings = [
    ModelSettings(size: 32, channels: 3, nz: 7, ngf: 4, ndf: 4),
    ModelSettings(size: 64, channels: 1, nz: 5, ngf: 3, ndf: 2),
    ModelSettings(size: 32, channels: 1, nz: 5, ngf: 3, ndf: 4, hasMinibatchDeviation: true),
  ]

  @Test(arguments: settings, Variant.supported)
  func `the discriminator's gradient is the slope of its loss`(
    _ settings: ModelSettings, variant: Variant
  ) {
    let backend = Backend(variant: variant, threads: 2)
    let network = Network.discriminator(settings)
    network.initialize(from: RandomStream(seed: 1, stream: 0))
    widen(network)
    let images = Tensor.random(
      Shape(4, settings.size, settings.size, settings.channels), seed: 2)
    func loss(record: Bool) -> Double {
      let tape = Tape(backend: backend)
      let logits = network(tape.constant(images), .training(tape))
      let loss = BinaryCrossEntropy(logits: logits.value, target: 1)
      if record { tape.backward(from: logits, gradient: loss.gradient) }
      return Double(loss.loss)
    }
    expectSlopes(of: network) { loss(record: $0) }
  }

  /// The filters that are applied are divided anew wherever the loss is asked for; the singular vectors
  /// stay.
  @Test(arguments: settings)
  func `a spectrally normalized discriminator's gradient is the slope of its loss`(
    _ settings: ModelSettings
  ) {
    let backend = Backend(threads: 2)
    let network = Network.discriminator(settings, isSpectrallyNormalized: true)
    network.initialize(from: RandomStream(seed: 1, stream: 0))
    widen(network)
    network.findSpectralNorms(backend)
    let images = Tensor.random(
      Shape(4, settings.size, settings.size, settings.channels), seed: 2)
    expectSlopes(of: network) { record in
      for norm in network.spectralNorms { norm.divide(backend) }
      let tape = Tape(backend: backend)
      let logits = network(tape.constant(images), .training(tape))
      let loss = BinaryCrossEntropy(logits: logits.value, target: 1)
      if record { tape.backward(from: logits, gradient: loss.gradient) }
      return Double(loss.loss)
    }
  }

  /// Makes both networks, with weights far enough from zero that slopes can be measured.
  private func wideNetworks(
    _ settings: ModelSettings
  ) -> (generator: Network, discriminator: Network) {
    let (generator, discriminator) = (
      Network.generator(settings), Network.discriminator(settings)
    )
    generator.initialize(from: RandomStream(seed: 3, stream: 0))
    discriminator.initialize(from: RandomStream(seed: 4, stream: 0))
    widen(generator)
    widen(discriminator)
    return (generator, discriminator)
  }

  @Test(arguments: settings, Variant.supported)
  func theGeneratorsGradientIsTheLosssSlope(_ settings: ModelSettings, variant: Variant) {
    let backend = Backend(variant: variant, threads: 2)
    let (generator, discriminator) = wideNetworks(settings)
    let latents = Tensor.random(Shape(4, 1, 1, settings.nz), seed: 5)
    expectSlopes(of: generator) { record in
      let tape = Tape(backend: backend)
      let fakes = generator(tape.constant(latents), .training(tape))
      let logits = discriminator(fakes, .training(tape, isTrainable: false))
      let loss = BinaryCrossEntropy(logits: logits.value, target: 1)
      if record { tape.backward(from: logits, gradient: loss.gradient) }
      return Double(loss.loss)
    }
  }

  /// Moved, cut, stretched and noisy fakes lead back to the generator as plain ones do.
  @Test func `the generator's gradient passes through the discriminator's augmentation`() {
    let settings = Self.settings[0]
    let backend = Backend(threads: 2)
    let (generator, discriminator) = wideNetworks(settings)
    let latents = Tensor.random(Shape(4, 1, 1, settings.nz), seed: 5)
    let conditions = StepConditions(
      TrainingTechniques(
        instanceNoise: 0.2, instanceNoiseEpochs: 5, augmentations: Augmentation.allCases),
      seed: 6, position: TrainingPosition(stepsPerEpoch: 4), batch: 4)
    expectSlopes(of: generator) { record in
      let tape = Tape(backend: backend)
      let fakes = generator(tape.constant(latents), .training(tape))
      let shown = conditions.show(fakes, as: .generatorsFake, on: tape)
      let logits = discriminator(shown, .training(tape, isTrainable: false))
      let loss = BinaryCrossEntropy(logits: logits.value, target: 1)
      if record { tape.backward(from: logits, gradient: loss.gradient) }
      return Double(loss.loss)
    }
  }

  /// Makes filters larger than at the start of training, so that slopes stand out of the rounding.
  private func widen(_ network: Network) {
    for parameter in network.arena.parameters where parameter.value.shape.rows > 1 {
      parameter.value.withUnsafeMutablePointer { values in
        for index in values.indices { values[index] *= 4 }
      }
    }
  }

  /// Expects ⟨∇loss, d⟩ = (loss(θ + hd) − loss(θ − hd)) / 2h + O(h²) for random directions d.
  private func expectSlopes(of network: Network, _ loss: (_ record: Bool) -> Double) {
    network.arena.clearGradients()
    _ = loss(true)
    let gradient = network.arena.gradients.values.map(Double.init)
    let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
    #expect(norm > 0)
    let start = network.arena.values.values
    for seed in 0..<4 {
      // Half noise, half gradient: a random direction alone is nearly orthogonal to the gradient.
      let noise = Tensor.random(network.arena.values.shape, seed: UInt64(100 + seed)).values
      let length = Double(noise.count).squareRoot()
      let direction = zip(noise, gradient).map { Double($0) / length + $1 / norm }
      let expected = zip(direction, gradient).reduce(0) { $0 + $1.0 * $1.1 }
      let h = 2e-3 / max(1, norm)
      func moved(_ distance: Double) -> Double {
        network.arena.values.withUnsafeMutablePointer { values in
          for index in values.indices {
            values[index] = Float(Double(start[index]) + distance * direction[index])
          }
        }
        return loss(false)
      }
      let slope = (moved(h) - moved(-h)) / (2 * h)
      _ = moved(0)
      // The loss changes by about 2e-3 over ±h and is rounded to about 1e-7; the rest is O(h²) and
      // the few rectifiers that change sides.
      #expect(
        abs(slope - expected) <= 0.02 * abs(expected) + 1e-4,
        "direction \(seed): slope \(slope), gradient says \(expected)")
    }
  }
}
