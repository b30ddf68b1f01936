import Arguments
import DCGAN
import Training

/// The options of `dcgan train` for what goes beyond the plain recipe.
extension TrainOptions {
  static let recipeOption = Option<Recipe>.name(
    "recipe", default: nil, defaultText: Recipe.standard.rawValue, example: .stable,
    help: "set the options below, unless they are given too; "
      + Recipe.allCases.map { "\($0.rawValue): \($0.options)" }.joined(separator: "; "))
  private static let recipesText = "that of --recipe"
  static let labelSmoothingOption = Option<Double>.number(
    "label-smoothing", default: nil, defaultText: recipesText, example: 0.1,
    expectation: "a number from 0 to 0.5",
    help: "how far below 1 the discriminator's target for real images lies",
    where: { SettingBounds.labelSmoothing.contains($0) })
  static let discriminatorLearningRateOption = Option<Double>.number(
    "lr-d", default: nil, defaultText: "that of --lr", example: 1e-4,
    expectation: learningRateOption.specification.expectation,
    help: "learning rate of the discriminator",
    where: { SettingBounds.allows(learningRate: $0) })
  static let generatorLearningRateOption = Option<Double>.number(
    "lr-g", default: nil, defaultText: "that of --lr", example: 4e-4,
    expectation: learningRateOption.specification.expectation,
    help: "learning rate of the generator", where: { SettingBounds.allows(learningRate: $0) })
  static let instanceNoiseOption = Option<Double>.number(
    "instance-noise", default: nil, defaultText: recipesText, example: 0.1,
    expectation: "a number from 0 to 1",
    help: "standard deviation of noise on all that the discriminator sees, pixels going from -1 to "
      + "1; it falls to 0 over the first \(TrainingTechniques.standardNoiseEpochs) epochs",
    where: { SettingBounds.instanceNoise.contains($0) })
  static let augmentOption = Option<[Augmentation]>(
    specification: OptionSpecification(
      name: "augment", placeholder: "LIST",
      expectation: "none, or some of \(Augmentation.text(Augmentation.allCases))",
      example: Augmentation.text(Augmentation.allCases), defaultText: recipesText,
      help: "change real images and fakes alike before the discriminator sees them (DiffAugment): "
        + "translation by up to an eighth, cutout of a square of half the size, colour (brightness "
        + "and contrast), or none; nothing is mirrored",
      isRepeatable: false,
      completion: .words(
        Augmentation.allCases.map(\.rawValue)
          + [Augmentation.text(Augmentation.allCases), "none"])),
    defaultValue: nil, read: { Augmentation.list($0) })
  static let spectralNormFlag = Flag(
    "spectral-norm",
    help: "divide each filter of the discriminator by its largest singular value (spectral "
      + "normalization); no recipe sets it")
  static let averageDecayOption = Option<Double>.number(
    "ema", default: nil, defaultText: recipesText, example: 0.99,
    expectation: "a number from 0 to less than 1",
    help: "decay of the average over the steps of the generator's weights, which makes the images; "
      + "0: the last step's weights make them",
    where: { $0 == 0 || SettingBounds.allows(averageDecay: $0) })
  static let stopOnCollapseFlag = Flag(
    "stop-on-collapse",
    help: "stop with a checkpoint and exit code 1 once the generated images hardly differ from one "
      + "another: diversity below \(StallWatch.leastDiversity) at the end of "
      + "\(StallWatch.alikeEpochs) epochs in a row, not counting the first "
      + "\(StallWatch.firstStep) steps; stays asked for on --resume, which counts such epochs anew")

  /// Describes these options, in the order of the help.
  static let techniqueSpecifications = [
    recipeOption.specification, labelSmoothingOption.specification,
    discriminatorLearningRateOption.specification, generatorLearningRateOption.specification,
    instanceNoiseOption.specification, augmentOption.specification,
    spectralNormFlag.specification, averageDecayOption.specification,
    stopOnCollapseFlag.specification,
  ]

  /// Reads the decay of the generator's average, 0 for none: the one that is given, or the recipe's.
  static func averageDecay(_ arguments: ParsedArguments) throws(UsageError) -> Double {
    let recipe = try arguments.optionalValue(recipeOption) ?? .standard
    return try arguments.optionalValue(averageDecayOption) ?? recipe.averageDecay ?? 0
  }

  /// Reads them: what is given counts, then the recipe.
  static func techniques(
    _ arguments: ParsedArguments
  ) throws(UsageError) -> TrainingTechniques {
    let recipe = (try arguments.optionalValue(recipeOption) ?? .standard).techniques
    return TrainingTechniques(
      labelSmoothing: try arguments.optionalValue(labelSmoothingOption) ?? recipe.labelSmoothing,
      discriminatorLearningRate: try arguments.optionalValue(discriminatorLearningRateOption)
        ?? recipe.discriminatorLearningRate,
      generatorLearningRate: try arguments.optionalValue(generatorLearningRateOption)
        ?? recipe.generatorLearningRate,
      instanceNoise: try arguments.optionalValue(instanceNoiseOption) ?? recipe.instanceNoise,
      augmentations: try arguments.optionalValue(augmentOption) ?? recipe.augmentations,
      spectralNormalization: arguments.isSet(spectralNormFlag))
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
    if set.instanceNoise > 0 { parts.append("--instance-noise \(set.instanceNoise)") }
    if !set.augmentations.isEmpty {
      parts.append("--augment \(Augmentation.text(set.augmentations))")
    }
    parts.append("--ema \(averageDecay.map { "\($0)" } ?? "0")")
    return parts.joined(separator: " ")
  }
}
