import Checkpoints
import DCGAN
import DataSets
import Evaluation
import Imaging
import Samples
import Support
import Tensor
import Training

/// The generated images that an evaluation is about, and the real ones that belong to them.
struct EvaluatedImages {
  /// What to read of the data set.
  let request: EvaluationData.Request
  /// Where the images come from: the run's folder or that of the samples.
  let place: String
  /// The same in words.
  let description: String
  /// The images of the folder that are unlike most; nil for those of a run.
  let leftOut: [EqualImages.LeftOut]?
  /// What there is to say of the choice, each in a line.
  let warnings: [String]
  /// The classes that images can be drawn of; nil where there are none.
  let classes: ModelClasses?
  private let source: Source

  private enum Source {
    case model(AdversarialModel, hasDiscriminator: Bool)
    case files(EqualImages)
  }

  /// Finds the images; throws what finding and reading a checkpoint, and reading networks, throw,
  /// `DataSetError` and `ImageError`.
  init(_ options: EvaluateOptions, threads: Int, _ progress: ProgressLine) throws {
    let drawing =
      "seed \(options.seed)"
      + (options.precision == .float32 ? "" : ", \(options.precision.rawValue)")
    if let samples = options.samples {
      let images = try EqualImages(in: samples, threads: threads) {
        progress.update(.counting("looking at images", done: $0, of: $1))
      }
      source = .files(images)
      classes = nil
      (place, description) = (samples, samples)
      leftOut = images.leftOut
      let (request, shortcoming) =
        try options.dataAlone.map { try Self.request(for: images, data: $0) }
        ?? (
          EvaluationData.Request(
            RunFolder.open(at: options.run).configuration(), path: options.data), nil
        )
      self.request = request
      warnings = [images.warning, shortcoming].compactMap { $0 }
    } else if let data = options.data,
      case .files(let generator, let discriminator) = options.networks
    {
      (leftOut, warnings) = (nil, [])
      let pair = try NetworkPair(generator: generator, discriminator: discriminator)
      source = .model(try pair.model(), hasDiscriminator: discriminator != nil)
      classes = pair.settings.classes
      place = generator ?? data
      description = "\(printable(place)), \(drawing)"
      request = EvaluationData.Request(
        path: data,
        reading: ImageReading(size: pair.settings.size, channels: pair.settings.channels))
    } else {
      leftOut = nil
      let run = try RunFolder.open(at: options.run)
      let found = try run.readCheckpoint(epoch: options.epoch)
      warnings = [Self.shortness(after: found.value.metadata.step)].compactMap(\.self)
      source = .model(
        try AdversarialModel(found.value, path: found.path), hasDiscriminator: true)
      classes = found.value.metadata.settings.classes
      place = options.run
      description = "\(options.run), epoch \(found.epoch), \(drawing)"
      request = EvaluationData.Request(try run.configuration(), path: options.data)
    }
  }

  /// Says that a checkpoint has seen too few steps; nil where there were enough.
  private static func shortness(after steps: Int) -> String? {
    guard TrainingLength.isShort(steps: steps) else { return nil }
    return "the checkpoint is of step \(steps), but shapes appear after "
      + "\(Formatting.grouped(TrainingLength.stepsUntilShapes)) to "
      + "\(Formatting.grouped(TrainingLength.advisedSteps)): its figures say little; train longer"
  }

  /// Draws or reads at most `count` images.
  ///
  /// - Parameter classes: those that are drawn, where the networks know some; nil for each as often as in
  ///   training.
  func images(
    atMost count: Int, seed: UInt64, classes: SampleClasses? = nil, _ backend: Backend,
    _ progress: ProgressLine
  ) throws -> [PixelImage] {
    switch source {
    case .model(let model, let hasDiscriminator):
      try backend.requireSame(model, from: place)
      let latents = LatentSource(seed: seed, nz: model.settings.nz)
      return Sampler(
        model, latents: latents, backend: backend, hasDiscriminator: hasDiscriminator,
        classes: classes ?? .drawn(seed: seed)
      ).images(count: count) {
        progress.update(.counting("drawing", done: $0, of: count))
      }
    case .files(let images):
      return try images.networkImages(
        atMost: count, reading: request.reading, threads: backend.pool.threadCount)
    }
  }

  /// Takes size and channels from the images: the largest size of the networks that is not above their
  /// shorter side; and the choice of real ones from the record of the samples, where there is one.
  ///
  /// Returns also what the data lacks of that choice.
  private static func request(
    for images: EqualImages, data: String
  ) throws -> (EvaluationData.Request, shortcoming: String?) {
    let size =
      SettingBounds.sizes.last { $0 <= images.shorterSide } ?? SettingBounds.sizes[0]
    let origin = try SampleOrigin(of: images.folder)
    let channels = images.isColour ? 3 : 1
    var reading = origin?.reading ?? ImageReading(size: size, channels: channels)
    (reading.size, reading.channels) = (size, channels)
    var request = EvaluationData.Request(path: data, reading: reading)
    guard let origin else { return (request, nil) }
    let (selection, shortcoming) = try origin.selection(in: data)
    request.selection = selection
    request.digest = shortcoming == nil ? origin.dataDigest : nil
    return (
      request,
      shortcoming.map { "\($0); the samples are compared with images of all its classes" }
    )
  }
}

extension EvaluationData.Request {
  /// Asks for what a run trained on, in the folder `path` where it has moved.
  public init(_ configuration: RunConfiguration, path: String? = nil) {
    self.init(
      path: path ?? configuration.dataLocation, reading: configuration.reading)
    selection = configuration.selection
    digest = configuration.dataDigest
  }
}
