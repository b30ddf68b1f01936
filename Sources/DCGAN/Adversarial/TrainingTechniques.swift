import Foundation

/// What a run does beyond the plain recipe; all of it is off unless it is asked for.
public struct TrainingTechniques: Codable, Equatable, Sendable {
  /// How far below 1 the discriminator's target for real images lies: one-sided label smoothing
  /// (Salimans et al. 2016, arXiv 1606.03498, §3.4).
  public var labelSmoothing: Double
  /// The discriminator's learning rate; nil for the run's (Heusel et al. 2017, arXiv 1706.08500).
  public var discriminatorLearningRate: Double?
  /// The generator's learning rate; nil for the run's.
  public var generatorLearningRate: Double?
  /// The rate to which both networks' learning rates fall in the second half of the run (Zhu et al. 2017,
  /// arXiv 1703.10593; see `LinearFall`); nil where they stay as they are.
  public var finalLearningRate: Double?
  /// The standard deviation, at the first step, of the noise on what the discriminator is shown
  /// (Sønderby et al. 2016, arXiv 1610.04490; Arjovsky & Bottou 2017, arXiv 1701.04862).
  public var instanceNoise: Double
  /// Epochs over which that noise falls to nothing, in a straight line over the steps.
  public var instanceNoiseEpochs: Int
  /// How images are changed before the discriminator sees them, real ones and fakes alike
  /// (DiffAugment: Zhao et al. 2020, arXiv 2006.10738).
  public var augmentations: [Augmentation]
  /// How sure of the training images the discriminator is held by altering more of them or fewer (Karras et
  /// al. 2020, arXiv 2006.06676; see `AugmentationControl`); nil where every image is altered.
  public var augmentationTarget: Double?
  /// Whether the discriminator's filters are divided by their largest singular values (Miyato et al.
  /// 2018, arXiv 1802.05957; see `SpectralNorm`).
  public var spectralNormalization: Bool {
    get { spectralNorm == true }
    set { spectralNorm = newValue ? true : nil }
  }
  /// True or nil, so that nothing stands in the file of a run without it.
  private var spectralNorm: Bool?

  /// γ of the penalty on the discriminator's slope at real images, R1, and 0 for none (Mescheder et al.
  /// 2018, arXiv 1801.04406; see `GradientPenalty`).
  public var realPenalty: Double {
    get { r1 ?? 0 }
    set { r1 = newValue > 0 ? newValue : nil }
  }
  /// The same at fakes, R2.
  public var fakePenalty: Double {
    get { r2 ?? 0 }
    set { r2 = newValue > 0 ? newValue : nil }
  }
  private var r1: Double?
  private var r2: Double?

  /// Epochs over which noise falls to nothing where nothing else is said. They do not depend on how
  /// many a run has, so that one that is given more goes on to the bytes of one that had them at first.
  public static let standardNoiseEpochs = 20

  private enum CodingKeys: String, CodingKey {
    case labelSmoothing = "label_smoothing"
    case discriminatorLearningRate = "lr_d"
    case generatorLearningRate = "lr_g"
    case finalLearningRate = "final_lr"
    case instanceNoise = "instance_noise"
    case instanceNoiseEpochs = "instance_noise_epochs"
    case augmentations = "augment"
    case augmentationTarget = "augment_target"
    case spectralNorm = "spectral_norm"
    case r1, r2
  }

  /// Collects the techniques; without arguments there are none.
  public init(
    labelSmoothing: Double = 0, discriminatorLearningRate: Double? = nil,
    generatorLearningRate: Double? = nil, finalLearningRate: Double? = nil,
    instanceNoise: Double = 0,
    instanceNoiseEpochs: Int = TrainingTechniques.standardNoiseEpochs,
    augmentations: [Augmentation] = [], augmentationTarget: Double? = nil,
    spectralNormalization: Bool = false,
    realPenalty: Double = 0, fakePenalty: Double = 0
  ) {
    self.labelSmoothing = labelSmoothing
    self.discriminatorLearningRate = discriminatorLearningRate
    self.generatorLearningRate = generatorLearningRate
    self.finalLearningRate = finalLearningRate
    self.instanceNoise = instanceNoise
    self.instanceNoiseEpochs = instanceNoiseEpochs
    self.augmentations = augmentations
    self.augmentationTarget = augmentationTarget
    self.spectralNormalization = spectralNormalization
    self.realPenalty = realPenalty
    self.fakePenalty = fakePenalty
  }

  /// Whether nothing is done beyond the plain recipe.
  public var isPlain: Bool {
    labelSmoothing == 0 && discriminatorLearningRate == nil && generatorLearningRate == nil
      && finalLearningRate == nil && instanceNoise == 0 && augmentations.isEmpty
      && !spectralNormalization && realPenalty == 0 && fakePenalty == 0
  }

  /// The least loss that a discriminator can have: that of scores which are the smoothed labels
  /// themselves, `−(1 − s)·ln(1 − s) − s·ln s` for a smoothing of s.
  public var leastDiscriminatorLoss: Double {
    guard labelSmoothing > 0 else { return 0 }
    return -(1 - labelSmoothing) * log(1 - labelSmoothing) - labelSmoothing * log(labelSmoothing)
  }

  /// What is done, with its numbers, for those who read.
  public var summary: String {
    var parts: [String] = []
    if labelSmoothing > 0 { parts.append("label smoothing \(labelSmoothing)") }
    if let rate = discriminatorLearningRate { parts.append("lr of D \(rate)") }
    if let rate = generatorLearningRate { parts.append("lr of G \(rate)") }
    if let rate = finalLearningRate { parts.append("lr falling to \(rate) in the second half") }
    if instanceNoise > 0 {
      parts.append("instance noise \(instanceNoise) until epoch \(instanceNoiseEpochs)")
    }
    if !augmentations.isEmpty {
      parts.append(
        "augmentation by \(Augmentation.text(augmentations))"
          + (augmentationTarget.map { " towards r \($0)" } ?? ""))
    }
    if spectralNormalization { parts.append("spectral normalization of D") }
    if realPenalty > 0 { parts.append("R1 \(realPenalty)") }
    if fakePenalty > 0 { parts.append("R2 \(fakePenalty)") }
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }
}

extension AdversarialModel {
  /// Gives each optimizer the learning rate of the step after `position`: its own, where there is one,
  /// and where rates fall, as far as it has fallen by then.
  ///
  /// - Parameters:
  ///   - rate: that of a network without one of its own.
  ///   - epochs: those of the whole run, over which rates fall.
  package func setLearningRates(
    of techniques: TrainingTechniques, else rate: Double, at position: TrainingPosition, epochs: Int
  ) {
    for (optimizer, own) in [
      (generatorOptimizer, techniques.generatorLearningRate),
      (discriminatorOptimizer, techniques.discriminatorLearningRate),
    ] {
      let first = own ?? rate
      optimizer.settings.learningRate =
        techniques.finalLearningRate.map {
          LinearFall(from: first, to: $0, steps: max(1, position.steps(throughEpoch: epochs)))
            .rate(at: position.step)
        } ?? first
    }
  }
}
