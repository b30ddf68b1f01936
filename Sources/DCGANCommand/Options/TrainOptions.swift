import Arguments
import DCGAN
import DataSets
import Imaging

/// The settings of `dcgan train`, every one read and in range.
package struct TrainOptions: Sendable, Equatable {
  /// The folder with the radiographs; nil only when a run is resumed on its own folder.
  package var data: String?
  /// The folder that the run is written to.
  package var run: String
  /// The number of passes over the images.
  package var epochs: Int
  /// The width and height of the images: 32, 64, 128 or 256.
  package var size: Int
  /// The number of images in a step.
  package var batch: Int
  /// 3 for colour, 1 for grey.
  package var channels: Int
  /// The length of a latent vector.
  package var latentSize: Int
  /// The number of feature maps of the generator's last hidden layer.
  package var generatorFeatures: Int
  /// The number of feature maps of the discriminator's first layer.
  package var discriminatorFeatures: Int
  /// Adam's step size.
  package var learningRate: Double
  /// The decay of Adam's first moment.
  package var beta1: Double
  /// The decay of the average of the generator; 0 for none.
  package var averageDecay: Double
  /// What goes beyond the plain recipe.
  package var techniques: TrainingTechniques
  /// The recipe that the techniques were taken from, where one was given.
  package var recipe: Recipe?
  /// Seeds weights, order and noise; nil to draw one.
  package var seed: UInt64?
  /// The folder below `data` that is used; nil for `train` where there is one, else all.
  package var split: String?
  /// The folders of the classes that are used; empty for all.
  package var classes: [String]
  /// Bounds the number of images.
  package var limit: Int?
  /// The patterns of names that are left out.
  package var excluded: [String]
  /// How pictures become squares.
  package var fit: ImageFit
  /// The grey level behind transparent parts.
  package var background: UInt8
  /// Bounds the number of steps.
  package var steps: Int?
  /// The number of threads; nil for all cores.
  package var threads: Int?
  /// The number of epochs between checkpoints.
  package var checkpointEvery: Int
  /// The number of newest checkpoints that stay.
  package var keep: Int
  /// The epochs from one checkpoint that stays for good to the next; 0 for none.
  package var keepEvery: Int
  /// A file with the generator's first weights; nil to draw them.
  package var initialGenerator: String?
  /// A file with the discriminator's first weights; nil to draw them.
  package var initialDiscriminator: String?
  /// Whether the run in the folder is continued.
  package var resume: Bool
  /// Whether a continued run may go on with other images than it began with.
  package var acceptsChangedData: Bool
  /// The epoch whose checkpoint a continued run goes on from; nil for the newest.
  package var epoch: Int?
  /// Whether a run stops whose generator has collapsed.
  package var stopOnCollapse: Bool
  /// Whether an unreadable image is an error.
  package var strict: Bool
  /// Whether the result is printed as JSON.
  package var json: Bool
  /// Whether progress is silent.
  package var quiet: Bool
  /// The options that the user gave: when a run is resumed, only these may differ from, and
  /// are compared with, what the run recorded.
  package var explicit: Set<String>

  /// Reads the options; throws where a value is none of its option's, where `--data` is missing or
  /// `--epoch` given although no run is resumed, and where first weights are given for a run that is.
  package init(_ arguments: ParsedArguments) throws(UsageError) {
    explicit = arguments.explicit
    resume = arguments.isSet(Self.resumeFlag)
    epoch = try arguments.optionalValue(Self.epochOption)
    if !resume && epoch != nil {
      throw UsageError(
        "--epoch names the checkpoint that --resume continues from; give --resume too, or --epochs "
          + "for the length of the training",
        command: arguments.command)
    }
    data =
      resume
      ? try arguments.optionalValue(Self.dataOption) : try arguments.value(Self.dataOption)
    run = try arguments.value(Self.runOption)
    epochs = try arguments.value(Self.epochsOption)
    size = try arguments.value(CommonOptions.size)
    batch = try arguments.value(CommonOptions.batch)
    channels = try arguments.value(CommonOptions.channels)
    latentSize = try arguments.value(Self.latentSizeOption)
    generatorFeatures = try arguments.value(CommonOptions.generatorFeatures)
    discriminatorFeatures = try arguments.value(CommonOptions.discriminatorFeatures)
    learningRate = try arguments.value(Self.learningRateOption)
    beta1 = try arguments.value(Self.beta1Option)
    techniques = try Self.techniques(arguments)
    recipe = try arguments.optionalValue(Self.recipeOption)
    averageDecay = try Self.averageDecay(arguments)
    seed = try arguments.optionalValue(Self.seedOption)
    split = try arguments.optionalValue(Self.splitOption)
    classes = try arguments.values(Self.classOption)
    limit = try arguments.optionalValue(Self.limitOption)
    excluded = try arguments.values(Self.excludeOption)
    fit = try arguments.value(Self.fitOption)
    background = try arguments.value(Self.backgroundOption)
    steps = try arguments.optionalValue(Self.stepsOption)
    threads = try arguments.optionalValue(CommonOptions.threads)
    checkpointEvery = try arguments.value(Self.checkpointEveryOption)
    keep = try arguments.value(Self.keepOption)
    keepEvery = try arguments.value(Self.keepEveryOption)
    initialGenerator = try arguments.optionalValue(Self.initialGeneratorOption)
    initialDiscriminator = try arguments.optionalValue(Self.initialDiscriminatorOption)
    acceptsChangedData = arguments.isSet(Self.acceptChangedDataFlag)
    if acceptsChangedData && !resume {
      throw UsageError(
        "--accept-changed-data works only with --resume; give --resume too",
        command: arguments.command)
    }
    stopOnCollapse = arguments.isSet(Self.stopOnCollapseFlag)
    strict = arguments.isSet(Self.strictFlag)
    json = arguments.isSet(CommonOptions.json)
    quiet = arguments.isSet(CommonOptions.quiet)
    try refuseFirstWeightsOfAResumedRun(arguments)
  }

  /// Collects the sizes of the networks.
  package var model: ModelSettings {
    ModelSettings(
      size: size, channels: channels, nz: latentSize, ngf: generatorFeatures,
      ndf: discriminatorFeatures)
  }

  /// Collects how files become images.
  package var reading: ImageReading {
    ImageReading(size: size, channels: channels, fit: fit, background: background)
  }

  /// Collects which images are used, but for the split.
  package var selection: DataSelection {
    DataSelection(classes: classes, excluded: excluded, limit: limit)
  }

  private func refuseFirstWeightsOfAResumedRun(
    _ arguments: ParsedArguments
  ) throws(UsageError) {
    for option in [Self.initialGeneratorOption, Self.initialDiscriminatorOption]
    where resume && explicit.contains(option.specification.name) {
      throw UsageError(
        "--resume and \(option.specification.spelling) exclude each other: "
          + "a resumed run continues with its own weights; leave one out",
        command: arguments.command)
    }
  }
}
