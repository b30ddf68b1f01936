import Tensor

/// The two networks, their optimizers, and the step that trains one against the other.
public final class AdversarialModel {
  /// The sizes.
  public let settings: ModelSettings
  /// The generator as training changes it.
  public let generator: Network
  /// The average of the generator over the steps, which makes the images; nil where the generator
  /// itself does.
  public let average: GeneratorAverage?
  /// Scores images.
  public let discriminator: Network
  /// The generator's optimizer.
  public let generatorOptimizer: Adam
  /// The discriminator's optimizer.
  public let discriminatorOptimizer: Adam

  /// Makes both networks with the weights that the seed gives.
  ///
  /// - Parameters:
  ///   - averageDecay: decay of the generator's average; nil for none.
  ///   - isSpectrallyNormalized: whether the discriminator's filters are; see `SpectralNorm`.
  ///   - backend: what finds the norms of filters that are normalized.
  public convenience init(
    _ settings: ModelSettings, adam: AdamSettings = AdamSettings(), seed: UInt64,
    averageDecay: Double? = nil, isSpectrallyNormalized: Bool = false,
    backend: Backend = Backend(threads: 1)
  ) {
    self.init(
      zero: settings, adam: adam, averageDecay: averageDecay,
      isSpectrallyNormalized: isSpectrallyNormalized)
    generator.initialize(from: RandomUse.generatorWeights.stream(seed: seed))
    discriminator.initialize(from: RandomUse.discriminatorWeights.stream(seed: seed))
    discriminator.findSpectralNorms(backend)
    average?.reset(to: generator)
  }

  /// Makes both networks with weights of zero, to be read from a file.
  package init(
    zero settings: ModelSettings, adam: AdamSettings, averageDecay: Double?,
    isSpectrallyNormalized: Bool
  ) {
    self.settings = settings
    generator = .generator(settings)
    average = averageDecay.map { GeneratorAverage(settings, decay: $0) }
    discriminator = .discriminator(settings, isSpectrallyNormalized: isSpectrallyNormalized)
    generatorOptimizer = Adam(generator.arena, settings: adam)
    discriminatorOptimizer = Adam(discriminator.arena, settings: adam)
  }

  /// What one step saw.
  public struct StepResult: Equatable, Sendable {
    /// The discriminator's loss on real images.
    public let discriminatorLossReal: Float
    /// The discriminator's loss on fakes.
    public let discriminatorLossFake: Float
    /// The generator's loss, against the updated discriminator.
    public let generatorLoss: Float
    /// D(x) of each real image.
    public let realScores: [Float]
    /// D(G(z)) of each fake, before the discriminator's update.
    public let fakeScores: [Float]
    /// D(G(z)) of each fake, after it.
    public let updatedFakeScores: [Float]
  }

  /// Trains both networks once (Goodfellow et al. 2014, arXiv 1406.2661, with the loss
  /// `−ln D(G(z))` for the generator).
  ///
  /// The discriminator takes a step on real images and fakes, in separate batches; then the
  /// generator takes one on the same fakes against the updated discriminator, whose own gradients
  /// are not computed. The gradients of the step stay in the arenas.
  ///
  /// A network whose loss is not finite is left as it was, with what made the loss so still in it, and
  /// the step ends there; the generator's loss is NaN where the discriminator's ended it.
  ///
  /// Where the backend's ranks share a batch, each gives its part of it, as large as every other's; all
  /// end with the same weights, those of one process with the whole batch, and the same result.
  ///
  /// - Parameters:
  ///   - real: `[n, size, size, channels]` in −1 … 1.
  ///   - latents: `[n, 1, 1, nz]`.
  ///   - labels: the class of each real image, and of the fake that is made beside it; nil for networks
  ///     that know none.
  ///   - conditions: what the discriminator is told and shown; the generator's target is always 1.
  public func step(
    real: Tensor, latents: Tensor, labels: [Int]? = nil, conditions: StepConditions = .plain,
    _ backend: Backend
  ) -> StepResult {
    discriminator.arena.clearGradients()
    let onReal = discriminate(
      real, labels, .real, target: conditions.realTarget, conditions, backend)
    let generatorTape = Tape(backend: backend)
    let fakes = generator(generatorTape.constant(latents), .training(generatorTape, labels: labels))
    let onFake = discriminate(fakes.value, labels, .fake, target: 0, conditions, backend)
    guard (onReal.loss + onFake.loss).isFinite else {
      return StepResult(
        discriminatorLossReal: onReal.loss, discriminatorLossFake: onFake.loss,
        generatorLoss: .nan, realScores: onReal.probabilities, fakeScores: onFake.probabilities,
        updatedFakeScores: onFake.probabilities)
    }
    discriminatorOptimizer.update(backend)
    discriminator.followUpdate(backend)

    generator.arena.clearGradients()
    let shown = conditions.show(fakes, as: .generatorsFake, on: generatorTape)
    let logits = discriminator(
      shown, .training(generatorTape, labels: labels, isTrainable: false))
    let onUpdated = BinaryCrossEntropy(logits: backend.gathered(logits.value), target: 1)
    if onUpdated.loss.isFinite {
      generatorTape.backward(from: logits, gradient: backend.ownPart(of: onUpdated.gradient))
      generatorOptimizer.update(backend)
      average?.follow(generator, step: generatorOptimizer.step, backend)
    }
    return StepResult(
      discriminatorLossReal: onReal.loss, discriminatorLossFake: onFake.loss,
      generatorLoss: onUpdated.loss, realScores: onReal.probabilities,
      fakeScores: onFake.probabilities, updatedFakeScores: onUpdated.probabilities)
  }

  /// Runs the discriminator forwards and backwards on one batch.
  private func discriminate(
    _ images: Tensor, _ labels: [Int]?, _ kind: StepConditions.Kind, target: Double,
    _ conditions: StepConditions, _ backend: Backend
  ) -> BinaryCrossEntropy {
    let tape = Tape(backend: backend)
    let shown = conditions.show(tape.constant(images), as: kind, on: tape)
    let logits = discriminator(shown, .training(tape, labels: labels))
    let loss = BinaryCrossEntropy(logits: backend.gathered(logits.value), target: target)
    tape.backward(from: logits, gradient: backend.ownPart(of: loss.gradient))
    if let penalty = conditions.penalty(on: kind) {
      add(penalty, on: shown.value, labels: labels, backend)
    }
    return loss
  }

  /// The generator that makes images: the average, where there is one.
  public var imageGenerator: Network { average?.network ?? generator }

  /// Returns images `[n, size, size, channels]` of latents `[n, 1, 1, nz]`, in evaluation mode; of the
  /// classes that `labels` give, where the networks know some. Ranks make a share each, and have all.
  public func generate(_ latents: Tensor, labels: [Int]? = nil, _ backend: Backend) -> Tensor {
    backend.spread(over: latents.shape.batch) { part in
      let pass = ForwardPass.evaluation(backend, labels: labels.map { Array($0[part]) })
      return imageGenerator(pass.tape.constant(latents.batch(part)), pass).value
    }
  }

  /// Returns the logit, `ln(p / (1 − p))` of the probability p that each image is real, in evaluation
  /// mode: a real one of its class, where the networks know some. Ranks score a share each, and have all.
  public func logits(_ images: Tensor, labels: [Int]? = nil, _ backend: Backend) -> Tensor {
    backend.spread(over: images.shape.batch) { part in
      let pass = ForwardPass.evaluation(backend, labels: labels.map { Array($0[part]) })
      return discriminator(pass.tape.constant(images.batch(part)), pass).value
    }
  }

  /// Returns the probability that each image is real, in evaluation mode; see `logits`.
  public func score(_ images: Tensor, labels: [Int]? = nil, _ backend: Backend) -> [Float] {
    backend.sigmoid(logits(images, labels: labels, backend)).values
  }
}
