import Tensor

/// What random numbers are drawn for: each has streams of its own under a run's seed.
public enum RandomUse: UInt64, Sendable {
  /// The generator's first weights.
  case generatorWeights = 1
  /// The discriminator's first weights.
  case discriminatorWeights = 2
  /// The latents of training; number `(step − 1)·batch·nz` starts a step.
  case trainingLatents = 3
  /// The latents of the progress sheets.
  case progressLatents = 4
  /// The order of the images; one stream an epoch.
  case imageOrder = 5
  /// The latents of samples; number `i·nz` starts image i.
  case sampleLatents = 6
  /// The classes of samples where none is asked for; number i is that of image i.
  case sampleClasses = 8
  /// Which patients are for training, validation and testing.
  case patientSplit = 9
  /// The made-up images of a benchmark.
  case benchmarkImages = 7
  /// Which images a review shows, in which order, under which names.
  case review = 16
  /// The latents of the fakes that batch normalization's statistics are estimated on.
  case statisticsLatents = 20
  /// The latents of the fakes that scores are calibrated on.
  case calibrationLatents = 21
  /// The noise on what the discriminator is shown; one stream for each kind of image.
  case instanceNoise = 32
  /// How images are changed before the discriminator sees them; one stream for each kind of image.
  case augmentation = 33
  /// The vectors that power iterations begin with; one stream for each filter.
  case spectralVectors = 34
  /// The order of real images in an evaluation: part 0 of those for training, part 1 of others.
  case evaluationOrder = 64
  /// Where an evaluation cuts patches out; the part is the side of the level.
  case evaluationPatches = 65
  /// The directions that an evaluation projects patches on; the part is the side of the level.
  case evaluationDirections = 66
  /// Which images an evaluation pairs.
  case evaluationPairs = 67
  /// The filters of an evaluation's features; the part is the layer, counted from 0.
  case evaluationFilters = 68
  /// The first centres of an evaluation's cells.
  case evaluationCells = 69
  /// Which patients of a study make up its validation images.
  case studyValidation = 80
  /// In which order a study's patients join its shares; the part is the class.
  case studyShares = 81
  /// A classifier's first weights.
  case classifierWeights = 82
  /// The order of a classifier's training images; one stream a pass.
  case classifierOrder = 83
  /// How a classifier's training images are distorted.
  case classifierAugmentation = 84
  /// Which test sets a study draws again from its own.
  case studyBootstrap = 85
  /// Which images of a folder a study takes; the part is the class.
  case studySynthetic = 86
  /// The latents of a study's synthetic images.
  case studyLatents = 87

  /// Returns the stream of this use, or the `part`-th of them.
  public func stream(seed: UInt64, part: UInt32 = 0) -> RandomStream {
    RandomStream(seed: seed, stream: rawValue << 32 | UInt64(part))
  }
}
