import Arguments
import DCGAN
import Support
import Training

/// The options of `dcgan train` for what goes beyond the plain recipe.
extension TrainOptions {
  static let recipeOption = Option<Recipe>.name(
    "recipe", default: nil, defaultText: Recipe.standard.rawValue, example: .stable,
    help: "preset for the options below, each of which overrides it: "
      + alternatives(Recipe.allCases.map { "\($0.rawValue) (\($0.options))" }))
  private static let recipesText = "set by --recipe"
  static let labelSmoothingOption = Option<Double>.number(
    "label-smoothing", default: nil, defaultText: recipesText, example: 0.1,
    expectation: "a number from 0 to 0.5",
    help: "lower the discriminator's target for real images from 1 by this much",
    where: { SettingBounds.labelSmoothing.contains($0) })
  static let discriminatorLearningRateOption = Option<Double>.number(
    "lr-d", default: nil, defaultText: "same as --lr", example: 1e-4,
    expectation: learningRateOption.specification.expectation,
    help: "learning rate of the discriminator",
    where: { SettingBounds.allows(learningRate: $0) })
  static let generatorLearningRateOption = Option<Double>.number(
    "lr-g", default: nil, defaultText: "same as --lr", example: 4e-4,
    expectation: learningRateOption.specification.expectation,
    help: "learning rate of the generator", where: { SettingBounds.allows(learningRate: $0) })
  static let instanceNoiseOption = Option<Double>.number(
    "instance-noise", default: nil, defaultText: recipesText, example: 0.1,
    expectation: "a number from 0 to 1",
    help:
      "standard deviation of the noise added to every image that the discriminator sees (pixels "
      + "range from -1 to 1); it falls to 0 over the first \(TrainingTechniques.standardNoiseEpochs) "
      + "epochs",
    where: { SettingBounds.instanceNoise.contains($0) })
  static let augmentOption = Option<[Augmentation]>(
    specification: OptionSpecification(
      name: "augment", placeholder: "LIST",
      expectation: "none, or some of \(Augmentation.text(Augmentation.allCases))",
      example: Augmentation.text(Augmentation.allCases), defaultText: recipesText,
      help: "alter real and generated images alike before the discriminator sees them "
        + "(DiffAugment): translation by up to an eighth of the size, cutout of a square of half the "
        + "size, colour (brightness and contrast), or none; images are never mirrored",
      isRepeatable: false,
      completion: .words(
        Augmentation.allCases.map(\.rawValue)
          + [Augmentation.text(Augmentation.allCases), "none"])),
    defaultValue: nil, read: { Augmentation.list($0) })
  static let spectralNormFlag = Flag(
    "spectral-norm",
    help: "divide each filter of the discriminator by its largest singular value (spectral "
      + "normalization); not part of any recipe")
  static let averageDecayOption = Option<Double>.number(
    "ema", default: nil, defaultText: recipesText, example: 0.99,
    expectation: "a number from 0 to less than 1",
    help:
      "decay of the moving average of the generator's weights, with which images are drawn; 0 to "
      + "draw them with the weights of the last step",
    where: { $0 == 0 || SettingBounds.allows(averageDecay: $0) })
  static let stopOnCollapseFlag = Flag(
    "stop-on-collapse",
    help: "stop with a checkpoint and exit code 1 once the generated images hardly differ from one "
      + "another: diversity below \(StallWatch.leastDiversity) at the end of "
      + "\(StallWatch.alikeEpochs) epochs in a row, not counting the first "
      + "\(StallWatch.firstStep) steps; stays on after --resume, which starts counting again")

  /// The options that a recipe sets, and those beside them, in the order of the help.
  static let techniqueSpecifications = [
    recipeOption.specification, labelSmoothingOption.specification,
    discriminatorLearningRateOption.specification, generatorLearningRateOption.specification,
    instanceNoiseOption.specification, augmentOption.specification,
    spectralNormFlag.specification, averageDecayOption.specification,
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
