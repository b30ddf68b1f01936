import DCGAN
import Imaging
import Tensor

/// The generated images that an evaluation is about, and the real ones that belong to them.
struct EvaluatedImages {
  /// What to read of the data set.
  let request: EvaluationData.Request
  /// Where the images come from: the run's folder or that of the samples.
  let place: String
  /// The same in words.
  let description: String
  private let source: Source

  private enum Source {
    case model(AdversarialModel)
    case files([String])
  }

  /// Finds the images; throws what finding and reading a checkpoint throw, `DataSetError` and
  /// `ImageError`.
  init(_ options: EvaluateOptions) throws {
    if let samples = options.samples {
      let files = try Self.files(in: samples)
      source = .files(files)
      (place, description) = (samples, samples)
      request =
        try options.dataAlone.map { try Self.request(for: files[0], data: $0) }
        ?? EvaluationData.Request(
          RunFolder.open(at: options.run).configuration(), path: options.data)
    } else {
      let run = try RunFolder.open(at: options.run)
      let found = try run.readCheckpoint(epoch: options.epoch)
      source = .model(try AdversarialModel(found.value, path: found.path))
      place = options.run
      description = "\(options.run), epoch \(found.epoch), seed \(options.seed)"
      request = EvaluationData.Request(try run.configuration(), path: options.data)
    }
  }

  /// Draws or reads at most `count` images.
  func images(
    atMost count: Int, seed: UInt64, _ backend: Backend, _ progress: ProgressLine
  ) throws -> [PixelImage] {
    switch source {
    case .model(let model):
      let latents = LatentSource(seed: seed, nz: model.settings.nz)
      return Sampler(model, latents: latents, backend: backend).images(count: count) {
        progress.update(.counting("drawing", done: $0, of: count))
      }
    case .files(let files):
      return try files.prefix(count).map {
        try networkImage(at: $0, reading: request.reading)
      }
    }
  }

  /// Lists the images of a folder but for the sheet of a drawing.
  private static func files(in samples: String) throws -> [String] {
    let listing = try ImageFolder(root: samples, split: .all, includesOwnPictures: true)
    let others = listing.files.map(listing.path).filter { !SampleFolder.isSheet($0) }
    guard !others.isEmpty else {
      throw DataSetError(
        .noImages, "\(samples): expected generated images, found but a sheet of them")
    }
    return others
  }

  /// Takes size and channels from an image: the largest size of the networks that is not above its
  /// shorter side.
  private static func request(for file: String, data: String) throws -> EvaluationData.Request {
    let image = try PixelImage(contentsOf: file).withoutRepeatedChannels()
    let side = min(image.width, image.height)
    let size = SettingBounds.sizes.last { $0 <= side } ?? SettingBounds.sizes[0]
    return EvaluationData.Request(
      path: data, reading: ImageReading(size: size, channels: image.channels))
  }
}
