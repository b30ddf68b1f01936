import Checkpoints
import DCGAN
import DataSets
import Support
import Tensor

/// What is found out before the first step.
extension Trainer {
  /// Returns the steps of an epoch; throws `TrainingError` where it would have none.
  @discardableResult
  public static func checkEpoch(
    of images: ImageDataSet, _ configuration: RunConfiguration
  ) throws -> Int {
    let steps = BatchSchedule.count(images: images.count, batchSize: configuration.batch)
    guard steps > 0 else {
      throw TrainingError(
        "an epoch of \(images.count) image has no batch: batch normalization needs at least 2;"
          + " add images to \(configuration.dataPath)")
    }
    return steps
  }

  /// Throws `TrainingError` where a checkpoint belongs to other settings or images.
  static func check(
    _ checkpoint: Checkpoint, path: String, against configuration: RunConfiguration, images: Int,
    steps: Int
  ) throws {
    let metadata = checkpoint.metadata
    let (found, expected) = (metadata.settings, configuration.model)
    guard found.classes == expected.classes else {
      func words(_ classes: ModelClasses?) -> String {
        classes.map { "the classes \($0.names.joined(separator: ", ")), \($0.images) images" }
          ?? "no classes"
      }
      throw TrainingError(
        "\(path): expected networks of \(words(expected.classes)), as the run has, found "
          + "\(words(found.classes)); put the run's own checkpoint there")
    }
    guard found.hasMinibatchDeviation == expected.hasMinibatchDeviation else {
      func words(_ settings: ModelSettings) -> String {
        settings.hasMinibatchDeviation ? "with" : "without"
      }
      throw TrainingError(
        "\(path): expected a discriminator \(words(expected)) the minibatch's standard deviation, as the "
          + "run has, found one \(words(found)); put the run's own checkpoint there")
    }
    guard found == expected && metadata.seed == configuration.seed else {
      throw TrainingError(
        "\(path): size, channels, nz, ngf, ndf \(found.numbers) and seed \(metadata.seed) are not the run's"
          + " \(expected.numbers) and \(configuration.seed); put the run's own checkpoint there")
    }
    guard metadata.averageDecay == configuration.averageDecay else {
      func words(_ decay: Double?) -> String { decay.map { "an average of decay \($0)" } ?? "none" }
      throw TrainingError(
        "\(path): expected \(words(configuration.averageDecay)) of the generator, as the run has,"
          + " found \(words(metadata.averageDecay)); put the run's own checkpoint there")
    }
    let isAdapted = configuration.techniquesInUse.augmentationTarget != nil
    guard (metadata.augmentationProbability != nil) == isAdapted else {
      func words(_ isAdapted: Bool) -> String { isAdapted ? "with" : "without" }
      throw TrainingError(
        "\(path): expected a checkpoint \(words(isAdapted)) the probability of altered images, as the run"
          + " has, found one \(words(!isAdapted)); put the run's own checkpoint there")
    }
    let isNormalized = configuration.techniquesInUse.spectralNormalization
    guard metadata.isSpectrallyNormalized == isNormalized else {
      func words(_ isNormalized: Bool) -> String { isNormalized ? "with" : "without" }
      throw TrainingError(
        "\(path): expected a discriminator \(words(isNormalized)) spectral normalization, as the run has,"
          + " found one \(words(!isNormalized)); put the run's own checkpoint there")
    }
    guard metadata.step >= configuration.start.step else {
      throw TrainingError(
        "\(path): it is from step \(metadata.step), before the run's images changed at step "
          + "\(configuration.start.step); to continue from it with the present images, give "
          + "\(.acceptsChangedData)")
    }
    // Of the step at which the images changed it counts the earlier ones.
    guard configuration.data.dataChanges?.last?.step != metadata.step else { return }
    try check(metadata.extra, path: path, images: images, steps: steps)
  }

  /// Compares what decides the order in which an epoch shows the images.
  private static func check(
    _ recorded: [String: String], path: String, images: Int, steps: Int
  ) throws {
    let remedy = "restore the images that the run began with"
    let count = recorded[CheckpointMetadata.imagesKey]
    guard count == "\(images)" else {
      throw TrainingError(
        "\(path): expected the \(count ?? "unknown number of") images that its run began with,"
          + " found \(images) readable ones now; \(remedy)")
    }
    let epoch = recorded[CheckpointMetadata.stepsPerEpochKey]
    guard epoch == "\(steps)" else {
      throw TrainingError(
        "\(path): expected epochs of \(epoch ?? "an unknown number of") steps, found \(steps);"
          + " \(remedy)")
    }
  }
}
