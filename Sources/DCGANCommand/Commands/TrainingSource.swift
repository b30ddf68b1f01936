import Arguments
import DCGAN
import DataSets
import Files
import Foundation
import Imaging
import Support
import Tensor
import Training

/// The files that a run trains on.
struct TrainingSource {
  private let dataPath: String
  private let contents: FolderContents
  private let listing: ImageFolder
  /// What scores are calibrated on; nil where training leaves nothing out.
  private let heldOut: ImageFolder?
  /// Whether a resumed run goes on with other images than before.
  let isChanged: Bool

  /// Lists the files; a resumed run's own choices count where none is given.
  ///
  /// Throws what listing throws, and `TrainingError` where a resumed run's files are not the ones
  /// that it began with and the others were not accepted, or where `--strict` forbids what lies beside
  /// the images.
  init(_ options: TrainOptions, recorded: RunConfiguration?, earlier: RunFolder?) throws {
    guard let data = options.data ?? recorded?.dataLocation else {
      throw UsageError("--data is missing: name a folder of images", command: "train")
    }
    dataPath = data
    var selection = recorded?.selection ?? options.selection
    if recorded == nil { selection.split = try options.split.map(Self.dataSplit) }
    contents = try Self.look(into: data, selection, options)
    listing = try contents.listing(selection)
    if listing.origin.reason == .onlyHeldOut { throw Self.nothingToTrainOn(listing) }
    if options.strict { try StrictData.check(contents) }
    isChanged = recorded.map { [listing] in $0.dataDigest != listing.digest } ?? false
    if let recorded, let earlier, isChanged, !options.acceptsChangedData {
      throw ChangedData(recorded, earlier, listing, data: data).error
    }
    heldOut =
      listing.split == .train
      ? contents.heldOut(classes: selection.classes, count: AdversarialModel.calibrationImages)
      : nil
  }

  /// Identifies the images that scores are calibrated on.
  private var heldOutDigest: String { heldOut?.digest ?? RunConfiguration.noHeldOutImages }

  /// The list of the files.
  var files: DataFileList { DataFileList(listing) }

  /// Says where a resumed run calibrates scores on other images than before; runs of older versions
  /// did not record which.
  func warn(ofOtherHeldOutImagesThan recorded: RunConfiguration, _ console: Console) {
    guard let digest = recorded.heldOutDigest, digest != heldOutDigest else { return }
    console.warn(
      "\(dataPath): the images held out for validation and testing have changed since the run began "
        + "(digest \(heldOutDigest), recorded \(digest)): training is not affected, but scores are "
        + "calibrated on other images from now on; restore the original images, or name their folder "
        + "with --data")
  }

  /// Whoever has no training images must not train on test images without having said so.
  private static func nothingToTrainOn(_ listing: ImageFolder) -> TrainingError {
    let folders = listing.origin.folders.prefix(3).joined(separator: ", ")
    return TrainingError(
      "\(listing.root): all images are in folders named like validation or test sets (\(folders)); "
        + "give the folder of the training images, or choose what to train on: --split test, val or all"
    )
  }

  private static func look(
    into data: String, _ selection: DataSelection, _ options: TrainOptions
  ) throws -> FolderContents {
    do {
      return try FolderContents(root: data, excluding: selection.excluded)
    } catch {
      guard error.kind == .notAFolder && options.data == nil else { throw error }
      let place = data.hasPrefix("/") ? "" : ", relative to where it was started"
      throw TrainingError(
        "\(data): the run in \(options.run) began with this folder\(place), which is not there now; "
          + "give its present path with --data")
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
    let images = try decode(options, recorded: recorded, progress, console)
    progress.settle(.counting("loading", done: listing.files.count, of: listing.files.count))
    for skipped in images.skipped {
      progress.warn("\(dataPath)/\(skipped.path): skipped: \(skipped.reason)")
    }
    if !images.skipped.isEmpty {
      let was = images.skipped.count == 1 ? "was" : "were"
      progress.warn("\(images.skipped.count) of \(listing.files.count) images \(was) skipped")
    }
    return images
  }

  /// Decodes the images that training leaves out, to calibrate scores on, without those that training
  /// uses under other names; nil where there are none.
  ///
  /// Throws what decoding throws.
  func loadHeldOut(
    _ settings: RunConfiguration, beside images: ImageDataSet, _ console: Console
  ) throws -> (images: ImageDataSet?, duplicates: Int) {
    guard let heldOut else { return (nil, 0) }
    do {
      let found = try ImageDataSet(
        listing: heldOut, reading: settings.reading, threads: settings.threads,
        strict: settings.strict)
      for skipped in found.skipped {
        console.warn("\(dataPath)/\(skipped.path): skipped: \(skipped.reason)")
      }
      let (unseen, duplicates) = found.leavingOut(imagesOf: images)
      return (unseen.count == 0 ? nil : unseen, duplicates)
    } catch let error as ImageError {
      throw Self.strictFailure(error)
    } catch let error as DataSetError where error.kind == .noReadableImages {
      console.warn("\(error)")
      return (nil, 0)
    }
  }

  /// Sums up what became of everything in the folder.
  func account(
    _ images: ImageDataSet, heldOut unseen: (images: ImageDataSet?, duplicates: Int)
  ) -> DataAccount {
    var account = DataAccount(contents, listing, images)
    if let heldOut {
      account.add(
        heldOut: heldOut, images: unseen.images?.count ?? 0, duplicates: unseen.duplicates)
    }
    return account
  }

  /// The first file of each kind that was perhaps meant to be used, and what to do.
  var passedOver: [String] {
    contents.passedOver.filter { !$0.key.isByProduct }
      .sorted { $0.key.noun < $1.key.noun }
      .map { kind, paths in
        "\(dataPath): ignored \(kind.counted(paths.count)), the first "
          + "\(paths[0])" + (kind.advice(for: paths.count).map { "; \($0)" } ?? "")
      }
  }

  /// The patterns that leave nothing out, with what may be wrong.
  var unusedExclusions: [String] {
    contents.unusedExclusions.map {
      "--exclude \(Formatting.shellWord($0)) matches nothing: a pattern must match a whole name "
        + "(use * and ? for the rest) and is case-sensitive"
    }
  }

  /// What names say that no network should learn, such as masks beside the images.
  var maskNote: String? {
    let masks = listing.files.filter { $0.path.lowercased().contains("mask") }
    guard let first = masks.first, masks.count < listing.files.count else { return nil }
    return "\(Formatting.counted(masks.count, "image")) with 'mask' in the path, the first "
      + "\(printable(first.path)); --exclude '*mask*' skips such files and folders"
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
      throw Self.strictFailure(error)
    }
  }

  private static func strictFailure(_ error: ImageError) -> TrainingError {
    TrainingError(
      "\(error); repair or remove the file, or leave out --strict to train without it")
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
    var settings = recorded ?? fresh(options, images: images)
    settings.dataPath = dataPath
    settings.absoluteDataPath = Folder.absolute(dataPath)
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
    if settings.heldOutDigest == nil || isChanged || options.acceptsChangedData {
      settings.heldOutDigest = heldOutDigest
    }
    settings.images = images.count
    settings.skipped = images.skipped.count
    settings.dataDigest = listing.digest
    return settings
  }

  /// The settings of a new run.
  private func fresh(_ options: TrainOptions, images: ImageDataSet) -> RunConfiguration {
    var settings = RunConfiguration(
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
    settings.excluded = options.excluded.isEmpty ? nil : options.excluded
    settings.fit = options.fit
    settings.background = Int(options.background)
    return settings
  }
}
