import DCGAN
import Foundation
import Imaging
import Tensor

/// The files that a run trains on.
struct TrainingSource {
  private let dataPath: String
  private let listing: ImageFolder

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
  /// Throws `DataSetError` where a folder cannot be listed.
  func loadHeldOut(
    _ configuration: RunConfiguration, _ console: Console
  ) throws -> ImageDataSet? {
    guard listing.split == .train else { return nil }
    let found = try ImageFolder.heldOut(
      root: dataPath, classes: configuration.classes, count: AdversarialModel.calibrationImages)
    guard let found else { return nil }
    do {
      let images = try ImageDataSet(
        listing: found, size: configuration.size, channels: configuration.channels,
        threads: configuration.threads)
      for skipped in images.skipped {
        console.writeError("warning: \(dataPath)/\(skipped.path): skipped: \(skipped.reason)\n")
      }
      return images
    } catch let error as DataSetError where error.kind == .noReadableImages {
      console.writeError("warning: \(error)\n")
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
        listing: listing, size: recorded?.size ?? options.size,
        channels: recorded?.channels ?? options.channels,
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
    settings.stopOnCollapse = options.stopOnCollapse ? true : nil
    settings.threads = backend.pool.threadCount
    settings.version = DCGANVersion.current
    settings.variant = backend.variant.rawValue
    settings.images = images.count
    settings.skipped = images.skipped.count
    return settings
  }
}
