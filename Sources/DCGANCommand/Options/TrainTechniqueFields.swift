import Arguments
import DCGAN
import Support

/// The options of `dcgan train` for what goes beyond the plain recipe.
extension TrainOptions {
  /// A recipe, what it sets, and what stands beside them, in the order of the help.
  static let techniqueFields: [OptionField<Self>] = [
    .optional(
      \.recipe,
      .name(
        "recipe", defaultText: standardRecipes, example: .stable,
        help: "preset for the options below, each of which overrides it: "
          + alternatives(Recipe.allCases.map { "\($0.rawValue) (\($0.options))" }))),
    .optional(
      \.overrides.labelSmoothing,
      .number(
        "label-smoothing", defaultText: setByRecipe, example: 0.1,
        expectation: "a number from 0 to 0.5",
        help: "lower the discriminator's target for real images from 1 by this much",
        where: { SettingBounds.labelSmoothing.contains($0) })),
    .optional(
      \.overrides.discriminatorLearningRate,
      learningRate(
        "lr-d", defaultText: "same as --lr", example: 1e-4,
        help: "learning rate of the discriminator")),
    .optional(
      \.overrides.generatorLearningRate,
      learningRate(
        "lr-g", defaultText: "same as --lr", example: 4e-4,
        help: "learning rate of the generator")),
    .optional(
      \.overrides.finalLearningRate,
      .number(
        "final-lr", defaultText: "no fall", example: 2e-5,
        expectation: "a number from 0 to 1",
        help:
          "let both learning rates fall to this one, in a straight line over the second half of "
          + "the epochs; not part of any recipe",
        where: { SettingBounds.finalLearningRate.contains($0) })),
    .optional(
      \.overrides.instanceNoise,
      .number(
        "instance-noise", defaultText: setByRecipe, example: 0.1,
        expectation: "a number from 0 to 1",
        help: "standard deviation of the noise added to every image that the discriminator sees "
          + "(pixels range from -1 to 1); it falls to 0 over the first "
          + "\(TrainingTechniques.standardNoiseEpochs) epochs",
        where: { SettingBounds.instanceNoise.contains($0) })),
    .optional(\.overrides.augmentations, augmentOption),
    .optional(
      \.overrides.augmentationTarget,
      .number(
        "augment-target", defaultText: "alter all", example: 0.6,
        expectation: "a number from 0 to 1",
        help:
          "alter only as many images as keep the discriminator from learning the training images by "
          + "heart: more while the share of them that it takes for real exceeds the rest by more "
          + "than X, fewer while it does not; needs --augment or --recipe stable",
        where: { SettingBounds.augmentationTarget.contains($0) })),
    .flag(
      \.spectralNormalization,
      Flag(
        "spectral-norm",
        help: "divide each filter of the discriminator by its largest singular value (spectral "
          + "normalization); not part of any recipe")),
    .flag(
      \.minibatchDeviation,
      Flag(
        "minibatch-std",
        help: "show the discriminator how much the images of a batch differ, as one more channel "
          + "before its last layer (minibatch standard deviation); not part of any recipe")),
    .optional(
      \.overrides.realPenalty,
      gradientPenalty(
        "r1",
        help: "penalize steep slopes of the discriminator's logit at real images: X/2 times the "
          + "square of its gradient, every 16th step with 16 times the weight; 0 for none",
        defaultText: setByRecipe)),
    .optional(
      \.overrides.fakePenalty,
      gradientPenalty(
        "r2", help: "the same at generated images; not part of any recipe", defaultText: "0")),
    .optional(
      \.overrides.averageDecay,
      .number(
        "ema", defaultText: setByRecipe, example: 0.99,
        expectation: "a number from 0 to less than 1",
        help:
          "decay of the moving average of the generator's weights, with which images are drawn; "
          + "0 to draw them with the weights of the last step",
        where: { $0 == 0 || SettingBounds.allows(averageDecay: $0) })),
    .optional(
      \.overrides.averageHalfLife,
      .integer(
        "ema-images", in: SettingBounds.averageHalfLife, defaultText: "set by --ema",
        example: 10_000,
        help: "set the decay of that average by its half-life in images instead, whatever the "
          + "batch: 2 to the power of -batch/N per step")),
  ]

  /// Declares an option whose value is a learning rate.
  static func learningRate(
    _ name: String, defaultText: String? = nil, example: Double? = nil, help: String
  ) -> Option<Double> {
    .number(
      name, defaultText: defaultText, example: example,
      expectation: "a number above 0 and at most 1", help: help,
      where: { SettingBounds.allows(learningRate: $0) })
  }

  /// Declares an option whose value is the γ of a penalty.
  private static func gradientPenalty(
    _ name: String, help: String, defaultText: String
  ) -> Option<Double> {
    .number(
      name, defaultText: defaultText, example: 1, expectation: "a number from 0 to 1000",
      help: help,
      where: { SettingBounds.gradientPenalty.contains($0) })
  }

  /// The recipes of runs that name none.
  private static let standardRecipes =
    "\(Recipe.standard(images: Recipe.manyImages)); \(Recipe.standard(images: 0)) for fewer than "
    + "\(Formatting.grouped(Recipe.manyImages)) images"

  private static let setByRecipe = "set by --recipe"

  private static let augmentOption = Option<[Augmentation]>(
    read: { Augmentation.list($0) },
    describe: { _ in
      let all = Augmentation.text(Augmentation.allCases)
      return OptionSpecification(
        name: "augment", placeholder: "LIST", expectation: "none, or some of \(all)", example: all,
        defaultText: setByRecipe,
        help: "alter real and generated images alike before the discriminator sees them "
          + "(DiffAugment): translation by up to an eighth of the size, cutout of a square of half "
          + "the size, colour (brightness and contrast), or none; images are never mirrored",
        completion: .words(Augmentation.allCases.map(\.rawValue) + [all, "none"]))
    })
}
