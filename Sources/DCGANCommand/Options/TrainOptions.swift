import Arguments
import DCGAN
import DataSets
import Imaging
import Tensor

/// The settings of `dcgan train`, every one read and in range.
package struct TrainOptions: TabledOptions, Equatable {
  /// The folder with the radiographs; nil only when a run is resumed on its own folder.
  package var data: String?
  /// The folder below `data` that is used; nil for `train` where there is one, else all.
  package var split: String?
  /// How the patients are divided into parts; nil where the folders tell those, if any.
  package var splitByPatient: PatientShares?
  /// The folders of the classes that are used; empty for all.
  package var classes: [String] = []
  /// The patterns of names that are left out.
  package var excluded: [String] = []
  /// Bounds the number of images.
  package var limit: Int?
  /// How images become squares.
  package var fit = ImageFit.crop
  /// The grey level behind transparent parts.
  package var background: UInt8 = 0
  /// Which grey samples of 16 bits become black and which white; nil for what each file says.
  package var window: IntensityWindow?
  /// Which frames are used of a file that holds several; nil for the middle one.
  package var frames: FrameChoice?
  /// Whether images are used in which, as their files say, a patient's data are written.
  package var allowsBurnedIn = false
  /// Whether an unreadable image is an error.
  package var strict = false
  /// The file or folder of the cache of decoded images, or `none`; nil where their size decides.
  package var cache: String?
  /// Whether images that this program drew are used like real ones.
  package var allowsSynthetic = false
  /// The width and height of the images: 32, 64, 128 or 256.
  package var size = CommonOptions.defaultModel.size
  /// 3 for colour, 1 for grey.
  package var channels = CommonOptions.defaultModel.channels
  /// The length of a latent vector.
  package var latentSize = CommonOptions.defaultModel.nz
  /// The number of feature maps of the generator's last hidden layer.
  package var generatorFeatures = CommonOptions.defaultModel.ngf
  /// The number of feature maps of the discriminator's first layer.
  package var discriminatorFeatures = CommonOptions.defaultModel.ndf
  /// Whether the networks are told the classes of the images.
  package var conditional = false
  /// A file with the generator's first weights; nil to draw them.
  package var initialGenerator: String?
  /// A file with the discriminator's first weights; nil to draw them.
  package var initialDiscriminator: String?
  /// The number of passes over the images.
  package var epochs = 100
  /// Bounds the number of steps.
  package var steps: Int?
  /// The number of images in a step.
  package var batch = 64
  /// Adam's step size.
  package var learningRate = 2e-4
  /// The decay of Adam's first moment.
  package var beta1 = 0.5
  /// Seeds weights, order and noise; nil to draw one.
  package var seed: UInt64?
  /// The format of what convolutions multiply.
  package var precision = Precision.float32
  /// The number of threads; nil for all cores.
  package var threads: Int?
  /// The recipe that the techniques are taken from; nil where none was given.
  package var recipe: Recipe?
  /// What was given instead of what the recipe says.
  package var overrides = RecipeOverrides()
  /// Whether the discriminator's filters are divided by their largest singular values.
  package var spectralNormalization = false
  /// Whether the discriminator sees how much the images of a batch differ.
  package var minibatchDeviation = false
  /// The folder that the run is written to.
  package var run = CommonOptions.defaultRun
  /// Whether the run in the folder is continued.
  package var resume = false
  /// The epoch whose checkpoint a continued run goes on from; nil for the newest.
  package var epoch: Int?
  /// Whether a continued run may go on with other images than it began with.
  package var acceptsChangedData = false
  /// Whether a run stops whose generator has collapsed.
  package var stopOnCollapse = false
  /// The number of epochs between checkpoints.
  package var checkpointEvery = 1
  /// The number of newest checkpoints that stay.
  package var keep = 3
  /// The epochs from one checkpoint that stays for good to the next; 0 for none.
  package var keepEvery = 10
  /// Whether the result is printed as JSON.
  package var json = false
  /// Whether progress is silent.
  package var quiet = false
  /// The names of the options that the user gave: when a run is resumed, only these may differ from,
  /// and are compared with, what the run recorded.
  package var given: Set<String> = []

  /// Throws where `--data` is missing or an option of a resumed run given although none is, and
  /// where first weights are given for a run that is.
  package mutating func complete(operands: [String]) throws(UsageError) {
    try refuse(
      [\.resume], beside: [\.initialGenerator, \.initialDiscriminator],
      because: "a resumed run continues with its own weights")
    try refuse(
      [\.overrides.averageHalfLife], beside: [\.overrides.averageDecay],
      because: "both set how fast the average forgets")
    if let last = overrides.finalLearningRate {
      let rates = [
        overrides.discriminatorLearningRate ?? learningRate,
        overrides.generatorLearningRate ?? learningRate,
      ]
      if !resume && rates.contains(where: { $0 <= last }) {
        throw refusal(
          "--final-lr \(last) lies not below the learning rates, which fall to it; lower it, or leave it out"
        )
      }
    }
    let augmentations = overrides.augmentations ?? recipe?.techniques.augmentations
    if overrides.augmentationTarget != nil && augmentations?.isEmpty ?? !resume {
      throw refusal(
        "--augment-target says how many images are altered, but neither --augment nor a named --recipe "
          + "says how; add --augment translation or --recipe stable, or leave --augment-target out")
    }
    guard !resume else { return }
    if epoch != nil {
      throw refusal(
        "--epoch names the checkpoint that --resume continues from; give --resume too, or --epochs "
          + "for the length of the training")
    }
    try need(\.data)
    if acceptsChangedData {
      throw refusal("--accept-changed-data works only with --resume; give --resume too")
    }
  }
}

extension TrainOptions {
  /// Collects the sizes of the networks.
  package var model: ModelSettings {
    ModelSettings(
      size: size, channels: channels, nz: latentSize, ngf: generatorFeatures,
      ndf: discriminatorFeatures, hasMinibatchDeviation: minibatchDeviation)
  }

  /// Returns the recipe of a run of so many images.
  package func recipe(images: Int) -> Recipe { recipe ?? .standard(images: images) }

  /// Returns what a run of so many images does beyond the plain recipe: what was given, else what the recipe
  /// says.
  package func techniques(images: Int) -> TrainingTechniques {
    var techniques = overrides.techniques(of: recipe(images: images))
    techniques.spectralNormalization = spectralNormalization
    return techniques
  }

  /// Returns the decay of the average of the generator in steps of so many images; 0 for none. It is the same
  /// for all recipes that a run may have without naming one.
  package func averageDecay(batch: Int) -> Double {
    overrides.averageHalfLife.map { GeneratorAverage.decay(halfLife: $0, batch: batch) }
      ?? overrides.averageDecay ?? recipe(images: 0).averageDecay ?? 0
  }
}
