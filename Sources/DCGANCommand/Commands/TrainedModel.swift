import Checkpoints
import DCGAN
import DataSets
import Tensor
import Training

/// A trained model: of one of a run's checkpoints, or of files of its networks.
struct TrainedModel {
  /// Where the networks were read from.
  enum Origin {
    /// A checkpoint of a run.
    case run(path: String, epoch: Int, CheckpointMetadata)
    /// Files, each with what it holds; nil where a network is missing.
    case files(generator: RecordedNetwork?, discriminator: RecordedNetwork?)
  }

  /// The networks; one without a file has weights of zero.
  let model: AdversarialModel
  /// Where they come from.
  let origin: Origin
  /// How they read files: as their run does, or as is usual.
  let reading: ImageReading
  /// What they compute on.
  let backend: Backend

  /// Reads the networks.
  ///
  /// Throws what finding and reading a checkpoint, and what reading files of networks throw, and
  /// `VariantError`.
  init(_ source: NetworkSource, threads: Int?, precision: Precision = .float32) throws {
    backend = try .selected(threads: threads, precision: precision)
    switch source {
    case .run(let path, let epoch):
      let run = try RunFolder.open(at: path)
      let found = try run.readCheckpoint(epoch: epoch)
      model = try AdversarialModel(found.value, path: found.path)
      reading = try run.configuration().reading
      origin = .run(path: path, epoch: found.epoch, found.value.metadata)
    case .files(let generator, let discriminator):
      let pair = try NetworkPair(generator: generator, discriminator: discriminator)
      model = try pair.model()
      reading = ImageReading(size: model.settings.size, channels: model.settings.channels)
      origin = .files(generator: pair[.generator], discriminator: pair[.discriminator])
    }
  }

  /// The run's folder, or the file of a network.
  var place: String {
    switch origin {
    case .run(let path, _, _): path
    case .files(let generator, let discriminator):
      generator?.file ?? discriminator?.file ?? "the networks"
    }
  }

  /// The epoch of the checkpoint; nil for networks of files.
  var epoch: Int? {
    if case .run(_, let epoch, _) = origin { return epoch }
    return nil
  }

  /// What the checkpoint says of itself; nil for networks of files.
  var metadata: CheckpointMetadata? {
    if case .run(_, _, let metadata) = origin { return metadata }
    return nil
  }

  /// Returns how many images the run was trained on; nil for networks of files. Throws what reading the
  /// run's settings throws.
  func trainingImages() throws -> Int? {
    guard case .run(let path, _, _) = origin else { return nil }
    return try RunFolder.open(at: path).configuration().images
  }

  /// Whether the model scores images.
  var hasDiscriminator: Bool {
    if case .files(_, discriminator: nil) = origin { return false }
    return true
  }

  /// The file of a network; nil for that of a run, and where there is none.
  func file(_ kind: NetworkKind) -> String? {
    guard case .files(let generator, let discriminator) = origin else { return nil }
    return (kind == .generator ? generator : discriminator)?.file
  }
}
