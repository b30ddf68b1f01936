import DCGAN

/// What options of `dcgan train` say instead of the recipe; nil where they leave it to the recipe.
package struct RecipeOverrides: Sendable, Equatable {
  /// How far below 1 the discriminator's target for real images lies.
  package var labelSmoothing: Double?
  /// The discriminator's learning rate.
  package var discriminatorLearningRate: Double?
  /// The generator's learning rate.
  package var generatorLearningRate: Double?
  /// The rate to which both learning rates fall in the second half of the run.
  package var finalLearningRate: Double?
  /// The standard deviation of the noise on what the discriminator is shown.
  package var instanceNoise: Double?
  /// How images are changed before the discriminator sees them.
  package var augmentations: [Augmentation]?
  /// How sure of the training images the discriminator is held by altering more of them or fewer.
  package var augmentationTarget: Double?
  /// γ of the penalty on the discriminator's slope at real images; 0 for none.
  package var realPenalty: Double?
  /// The same at fakes.
  package var fakePenalty: Double?
  /// The decay of the average of the generator; 0 for none.
  package var averageDecay: Double?
  /// The half-life of that average in images, from which its decay follows.
  package var averageHalfLife: Int?

  /// Returns the techniques of a recipe, with these in their place.
  func techniques(of recipe: Recipe) -> TrainingTechniques {
    var techniques = recipe.techniques
    if let labelSmoothing { techniques.labelSmoothing = labelSmoothing }
    if let rate = discriminatorLearningRate { techniques.discriminatorLearningRate = rate }
    if let rate = generatorLearningRate { techniques.generatorLearningRate = rate }
    if let rate = finalLearningRate { techniques.finalLearningRate = rate }
    if let instanceNoise { techniques.instanceNoise = instanceNoise }
    if let augmentations { techniques.augmentations = augmentations }
    if let augmentationTarget { techniques.augmentationTarget = augmentationTarget }
    if let realPenalty { techniques.realPenalty = realPenalty }
    if let fakePenalty { techniques.fakePenalty = fakePenalty }
    return techniques
  }
}

extension Recipe {
  /// Writes the options that the recipe stands for.
  package var options: String {
    let set = techniques
    var parts: [String] = []
    if set.labelSmoothing > 0 { parts.append("--label-smoothing \(set.labelSmoothing)") }
    if let rate = set.discriminatorLearningRate { parts.append("--lr-d \(rate)") }
    if let rate = set.generatorLearningRate { parts.append("--lr-g \(rate)") }
    if let rate = set.finalLearningRate { parts.append("--final-lr \(rate)") }
    if set.instanceNoise > 0 { parts.append("--instance-noise \(set.instanceNoise)") }
    if !set.augmentations.isEmpty {
      parts.append("--augment \(Augmentation.text(set.augmentations))")
    }
    if let target = set.augmentationTarget { parts.append("--augment-target \(target)") }
    if set.realPenalty > 0 { parts.append("--r1 \(set.realPenalty)") }
    if set.fakePenalty > 0 { parts.append("--r2 \(set.fakePenalty)") }
    parts.append("--ema \(averageDecay.map { "\($0)" } ?? "0")")
    return parts.joined(separator: " ")
  }
}
