import DCGAN
import Foundation
import Imaging
import Tensor

/// The files that a run trains on.
struct TrainingSource {
  private let dataPath: String
  private let listing: ImageFolder
  /// What scores are calibrated on; nil where training leaves nothing out.
  private let heldOut: ImageFolder?

  /// Lists the files; a resumed run's own choices count where none is given.
  ///
  /// Throws what listing throws, and `TrainingError` where a resumed run's files are not the ones
  /// that it began with.
  init(_ options: TrainOptions, recorded: RunConfiguration?) throws {
    guard let data = options.data ?? recorded?.dataPath else {
      throw UsageError("--data is missing: name a folder with radiographs", command: "train")
    }
    dataPath = data
    listing = try Self.list(data, options, recorded: recorded)
    if let recorded, listing.digest != recorded.dataDigest {
      throw TrainingError(
        "\(data): these are not the files that the run in \(options.run) began with"
          + " (\(listing.files.count) now, digest \(listing.digest), recorded"
          + " \(recorded.dataDigest)); name the same folder with --data, or start another --run")
    }
    heldOut =
      try listing.split == .train
      ? ImageFolder.heldOut(
        root: data, classes: recorded?.classes ?? options.classes,
        count: AdversarialModel.calibrationImages) : nil
  }

  /// Identifies the images that scores are calibrated on.
  private var heldOutDigest: String { heldOut?.digest ?? RunConfiguration.noHeldOutImages }

  /// Says where a resumed run calibrates scores on other images than before; runs of older versions
  /// did not record which.
  func warn(ofOtherHeldOutImagesThan recorded: RunConfiguration, _ console: Console) {
    guard let digest = recorded.heldOutDigest, digest != heldOutDigest else { return }
    console.warn(
      "\(dataPath): the images in val and test are not those that the run began with "
        + "(digest \(heldOutDigest), recorded \(digest)): it trains on as before, but its scores are "
        + "calibrated on other images from here on; bring those back, or name their folder with "
        + "--data")
  }

  private static func list(
    _ data: String, _ options: TrainOptions, recorded: RunConfiguration?
  ) throws -> ImageFolder {
    let split = try (recorded?.split ?? options.split).map(dataSplit)
    do {
      return try ImageFolder(
        root: data, split: split, classes: recorded?.classes ?? options.classes,
        limit: recorded?.limit ?? options.limit)
    } catch {
      guard error.kind == .notAFolder && options.data == nil else { throw error }
      let place = data.hasPrefix("/") ? "" : ", seen from where it was started"
      throw TrainingError(
        "\(data): the run in \(options.run) began with this folder\(place), and there is none now; "
          + "say with --data where it lies")
    }
  }

  /// Decodes the images with progress, and names those that cannot be read.
  ///
  /// Throws what decoding throws.
  func load(
    _ options: TrainOptions, recorded: RunConfiguration?, _ console: Console
  ) throws -> ImageDataSet {
    let progress = ProgressLine(console: console, quiet: options.quiet)
    defer { progress.finish() }
    if let deeper = listing.deeperDataSet {
      let folder = "\(dataPath)/\(deeper)"
      progress.warn(
        "the images of \(folder)/train and \(folder)/test are both used; to leave the test set out "
          + "give --data \(Formatting.shellWord(folder)), or --split all to mean everything")
    }
    let images = try decode(options, recorded: recorded, progress, console)
    progress.settle(.counting("loading", done: listing.files.count, of: listing.files.count))
    for skipped in images.skipped {
      progress.warn("\(dataPath)/\(skipped.path): skipped: \(skipped.reason)")
    }
    if !images.skipped.isEmpty {
      progress.warn("\(images.skipped.count) of \(listing.files.count) images were skipped")
    }
    return images
  }

  /// Decodes the images that training leaves out, to calibrate scores on; nil where there are none.
  ///
  /// Throws what decoding throws.
  func loadHeldOut(
    _ configuration: RunConfiguration, _ console: Console
  ) throws -> ImageDataSet? {
    guard let heldOut else { return nil }
    do {
      let images = try ImageDataSet(
        listing: heldOut, reading: configuration.reading, threads: configuration.threads)
      for skipped in images.skipped {
        console.warn("\(dataPath)/\(skipped.path): skipped: \(skipped.reason)")
      }
      return images
    } catch let error as DataSetError where error.kind == .noReadableImages {
      console.warn("\(error)")
      return nil
    }
  }

  private func decode(
    _ options: TrainOptions, recorded: RunConfiguration?, _ progress: ProgressLine,
    _ console: Console
  ) throws -> ImageDataSet {
    let pace = EvenPace(startedAt: console.now())
    do {
      return try ImageDataSet(
        listing: listing, reading: recorded?.reading ?? options.reading,
        threads: options.threads ?? ProcessInfo.processInfo.activeProcessorCount,
        strict: options.strict
      ) { done, total in
        progress.update(
          .counting(
            "loading", done: done, of: total,
            secondsLeft: pace.secondsLeft(done: done, of: total, at: console.now())))
      }
    } catch let error as ImageError {
      throw TrainingError(
        "\(error); repair or remove the file, or leave out --strict to train without it")
    }
  }

  private static func dataSplit(_ name: String) throws -> DataSplit {
    guard let split = DataSplit(rawValue: name) else {
      let names = DataSplit.allCases.map(\.rawValue).joined(separator: ", ")
      throw UsageError(
        "--split expects one of \(names), but found \(quoted(name))"
          + suggestion(nearestName(to: name, among: DataSplit.allCases.map(\.rawValue))),
        command: "train")
    }
    return split
  }

  /// Every setting as it is resolved: a resumed run keeps what may not change.
  func configuration(
    _ options: TrainOptions, recorded: RunConfiguration?, images: ImageDataSet, _ backend: Backend
  ) -> RunConfiguration {
    let isGiven = options.explicit.contains
    var settings =
      recorded
      ?? RunConfiguration(
        dataPath: dataPath, epochs: options.epochs, size: options.size, batch: options.batch,
        channels: options.channels, nz: options.latentSize, ngf: options.generatorFeatures,
        ndf: options.discriminatorFeatures, learningRate: options.learningRate,
        beta1: options.beta1,
        averageDecay: options.averageDecay > 0 ? options.averageDecay : nil,
        seed: options.seed ?? UInt64.random(in: 0...UInt64(UInt32.max)),
        split: listing.split.rawValue, classes: options.classes, limit: options.limit,
        steps: options.steps, threads: 1, checkpointEvery: options.checkpointEvery,
        keep: options.keep, keepEvery: options.keepEvery, strict: options.strict, version: "",
        variant: "", dataDigest: listing.digest, images: images.count,
        techniques: options.techniques.isPlain ? nil : options.techniques)
    settings.dataPath = dataPath
    settings.steps = options.steps
    if isGiven("epochs") { settings.epochs = options.epochs }
    if isGiven("checkpoint-every") { settings.checkpointEvery = options.checkpointEvery }
    if isGiven("keep") { settings.keep = options.keep }
    if isGiven("keep-every") { settings.keepEvery = options.keepEvery }
    settings.strict = options.strict
    if options.stopOnCollapse { settings.stopOnCollapse = true }
    settings.threads = backend.pool.threadCount
    settings.version = DCGANVersion.current
    settings.variant = backend.variant.rawValue
    settings.heldOutDigest = settings.heldOutDigest ?? heldOutDigest
    settings.images = images.count
    settings.skipped = images.skipped.count
    return settings
  }
}
