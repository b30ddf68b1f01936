import Tensor

/// What one step tells the discriminator about real images, and what it shows it in the place of
/// images.
public struct StepConditions: Sendable {
  /// Which images the discriminator is shown; each kind has random numbers of its own.
  public enum Kind: UInt32, Sendable {
    /// Real ones.
    case real
    /// Fakes, in the discriminator's own step.
    case fake
    /// The same fakes in the generator's step.
    case generatorsFake
  }

  /// The plain step: labels of 1, and images as they are.
  public static let plain = StepConditions(
    TrainingTechniques(), seed: 0, position: TrainingPosition(stepsPerEpoch: 1), batch: 1)

  private let techniques: TrainingTechniques
  private let seed: UInt64
  private let step: Int
  private let batch: Int
  private let augmentationProbability: Double
  /// The standard deviation of this step's noise.
  package let noiseDeviation: Float

  /// Finds what holds for the step after `position`.
  ///
  /// With T the steps of the epochs over which noise falls, and s the steps done, its standard
  /// deviation is `max(0, 1 − s/T)` of the first step's.
  ///
  /// - Parameters:
  ///   - seed: of the run.
  ///   - batch: images of a whole step; one that ends an epoch may have fewer.
  ///   - augmentationProbability: that with which an image is altered.
  public init(
    _ techniques: TrainingTechniques, seed: UInt64, position: TrainingPosition, batch: Int,
    augmentationProbability: Double = 1
  ) {
    self.techniques = techniques
    self.seed = seed
    self.batch = batch
    self.augmentationProbability = augmentationProbability
    step = position.step
    let epochsDone = position.exactEpochsDone
    noiseDeviation = Float(
      techniques.instanceNoise * max(0, 1 - epochsDone / Double(techniques.instanceNoiseEpochs)))
  }

  /// The discriminator's target for real images.
  package var realTarget: Double { 1 - techniques.labelSmoothing }

  /// Returns the penalty on the discriminator's slope at images of a kind; nil where this step has none.
  package func penalty(on kind: Kind) -> GradientPenalty? {
    let strength: Double =
      switch kind {
      case .real: techniques.realPenalty
      case .fake: techniques.fakePenalty
      case .generatorsFake: 0
      }
    let interval = GradientPenalty.interval
    return strength > 0 && step % interval == 0
      ? GradientPenalty(weight: strength * Double(interval)) : nil
  }

  /// Returns what the discriminator sees of images `[n, size, size, channels]`: augmented, with noise
  /// on top; themselves where there is neither. A rank's part of a batch is shown as it is in the whole.
  package func show(_ images: Variable, as kind: Kind, on tape: Tape) -> Variable {
    var shown = images
    let shape = images.shape
    let first = (tape.backend.ranks?.rank ?? 0) * shape.batch
    if !techniques.augmentations.isEmpty {
      let random = RandomUse.augmentation.stream(seed: seed, part: kind.rawValue)
      shown = tape.distort(
        shown,
        by: (0..<shape.batch).map {
          Augmentation.distortion(
            techniques.augmentations, size: shape.height, from: random,
            image: step * batch + first + $0,
            probability: augmentationProbability)
        })
    }
    if noiseDeviation > 0 {
      let pixels = UInt64(shape.height * shape.width * shape.channels)
      shown = tape.addNoise(
        to: shown, from: RandomUse.instanceNoise.stream(seed: seed, part: kind.rawValue),
        startingAt: (UInt64(step) &* UInt64(batch) &+ UInt64(first)) &* pixels,
        standardDeviation: noiseDeviation)
    }
    return shown
  }
}
