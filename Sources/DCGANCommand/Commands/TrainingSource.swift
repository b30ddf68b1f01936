import DCGAN
import DataSets
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
  /// The classes that the networks are told; nil where they are told none.
  private let classes: FolderClasses?
  /// Whether a resumed run goes on with other images than before.
  let isChanged: Bool

  /// Lists the files that the settings ask for.
  ///
  /// Throws what listing throws, and `TrainingError` where a resumed run's files are not the ones
  /// that it began with and the others were not accepted, or where `--strict` forbids what lies beside
  /// the images.
  init(_ settings: RunConfiguration, _ plan: TrainingPlan, _ options: TrainOptions) throws {
    let selection = settings.selection
    dataPath = settings.dataPath
    contents = try Self.look(into: dataPath, selection, options)
    listing = try contents.listing(selection)
    if listing.origin.reason == .onlyHeldOut { throw Self.nothingToTrainOn(listing) }
    if settings.strict { try StrictData.check(contents) }
    switch plan {
    case .new: isChanged = false
    case .resumed(let folder, let recorded):
      isChanged = recorded.dataDigest != listing.digest
      if isChanged, !options.acceptsChangedData {
        throw ChangedData(recorded, folder, listing, data: dataPath).error
      }
    }
    classes = try Self.classes(of: listing, settings, plan, options)
    heldOut =
      listing.split == .train
      ? contents.heldOut(classes: selection.classes, count: AdversarialModel.calibrationImages)
      : nil
  }

  /// Finds the classes that the networks are told; nil for none.
  ///
  /// Throws `DataSetError` where the folders tell none, and `TrainingError` where a resumed run's classes
  /// are others.
  private static func classes(
    of listing: ImageFolder, _ settings: RunConfiguration, _ plan: TrainingPlan,
    _ options: TrainOptions
  ) throws -> FolderClasses? {
    guard options.conditional || plan.recorded?.model.classes != nil else { return nil }
    let found = try FolderClasses(of: listing, chosen: settings.selection.classes)
    if let recorded = plan.recorded?.model.classes, recorded.names != found.names {
      throw TrainingError(
        "\(listing.root): expected the classes \(recorded.names.joined(separator: ", ")), as the run "
          + "in \(options.run) has, found \(found.names.joined(separator: ", ")); restore the "
          + "folders, or start a new run in another --run folder")
    }
    return found
  }

  /// Returns the sizes of the networks with the classes that the files show, each with its files for
  /// images until they are decoded; a resumed run keeps its own.
  func model(_ model: ModelSettings) -> ModelSettings {
    guard let classes, model.classes == nil else { return model }
    let labels = listing.files.compactMap { classes.label(of: $0.path) }
    return model.with(
      classes: ModelClasses(
        names: classes.names,
        images: classes.names.indices.map { label in labels.count { $0 == label } }))
  }

  /// Returns images with the labels that their folders give, where the networks are told some.
  private func labelled(_ images: ImageDataSet) -> ImageDataSet {
    classes.map(images.labelled) ?? images
  }

  /// Counts the decoded images of each class in the settings of a new run; throws `TrainingError` where a
  /// class has none.
  private func count(_ images: ImageDataSet, in settings: inout RunConfiguration) throws {
    guard let classes else { return }
    let counts = images.labelCounts(classes.names.count)
    if let empty = counts.firstIndex(of: 0) {
      throw TrainingError(
        "\(dataPath): expected an image that can be read of every class, found none of "
          + "\(classes.names[empty]); repair its files, or choose the other classes with --class")
    }
    settings.model = settings.model.with(
      classes: ModelClasses(names: classes.names, images: counts))
  }

  /// Identifies the images that scores are calibrated on.
  private var heldOutDigest: String { heldOut?.digest ?? RunConfiguration.noHeldOutImages }

  /// Throws where a rank finds other files than rank 0; see `Trainer.compareFiles`.
  func compare(on backend: Backend) throws {
    try Trainer.compareFiles(listing, heldOut: heldOut, path: dataPath, backend)
  }

  /// The list of the files.
  var files: DataFileList { DataFileList(listing) }

  /// Says where a resumed run calibrates scores on other images than before; runs of older versions
  /// did not record which.
  func warnOfOtherHeldOutImages(than recorded: RunConfiguration?, _ console: Console) {
    guard let digest = recorded?.heldOutDigest, digest != heldOutDigest else { return }
    console.warn(
      "\(dataPath): the images held out for validation and testing have changed since the run began "
        + "(digest \(heldOutDigest), recorded \(digest)): training is not affected, but scores are "
        + "calibrated on other images from now on; restore the original images, or name their folder "
        + "with --data")
  }

  /// Makes the error about data that is all held out: nobody must train on test images unknowingly.
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
      return try FolderContents(root: data, selection)
    } catch {
      guard error.kind == .notAFolder && options.data == nil else { throw error }
      let place = data.hasPrefix("/") ? "" : ", relative to where it was started"
      throw TrainingError(
        "\(data): the run in \(options.run) began with this folder\(place), which is not there now; "
          + "give its present path with --data")
    }
  }

  /// Decodes the images of the training and those that it leaves out, and completes the settings by what
  /// the images tell.
  ///
  /// Every rank decodes all images, unless they are kept in a cache: of that each decodes a part. Throws what
  /// decoding throws.
  func load(
    _ settings: inout RunConfiguration, _ plan: TrainingPlan, _ options: TrainOptions,
    _ backend: Backend, _ console: Console
  ) throws -> TrainingData {
    let decoded = try decode(&settings, plan, options, backend, console)
    return try backend.together {
      try complete(&settings, by: labelled(decoded), plan, options, console)
    }
  }

  /// Decodes the images of the training, or reads them from the cache that is chosen and recorded.
  private func decode(
    _ settings: inout RunConfiguration, _ plan: TrainingPlan, _ options: TrainOptions,
    _ backend: Backend, _ console: Console
  ) throws -> ImageDataSet {
    let memory = usableMemory / backend.ranksOfAHost()
    let choice = try CacheChoice.shared(run: options.run, backend) { [settings] in
      try CacheChoice(
        options.cache, recorded: plan.recorded?.program.cache, run: options.run, listing,
        settings.reading, threads: settings.threads, memory: memory,
        say: { if !options.quiet { console.say($0) } }, warn: { console.warn($0) })
    }
    settings.program.cache = choice.recorded
    if let cache = choice.cache, backend.ranks != nil {
      try build(cache, settings, backend, quiet: options.quiet, console)
    }
    return try backend.together { [settings] in
      try decode(settings, choice.cache, quiet: options.quiet, console)
    }
  }

  /// Builds the cache on all ranks, with progress, unless there is one; throws what building it throws.
  private func build(
    _ cache: ImageCache, _ settings: RunConfiguration, _ backend: Backend, quiet: Bool,
    _ console: Console
  ) throws {
    let progress = ProgressLine(console: console, quiet: quiet)
    defer { progress.finish() }
    do {
      try backend.build(
        cache,
        ImageCache.Work(
          listing: listing, reading: settings.reading, threads: settings.threads,
          isStrict: settings.strict, progress: show(on: progress, console)),
        onEvent: { if !quiet { console.say(cache.words(for: $0)) } })
    } catch let error as ImageError {
      throw Self.strictFailure(error)
    }
  }

  /// Returns what shows how many files are done, and how long the rest will take.
  private func show(
    on progress: ProgressLine, _ console: Console
  ) -> @Sendable (_ done: Int, _ total: Int) -> Void {
    let pace = EvenPace(startedAt: console.now())
    return { done, total in
      progress.update(
        .counting(
          "loading", done: done, of: total,
          secondsLeft: pace.secondsLeft(done: done, of: total, at: console.now())))
    }
  }

  /// Completes the settings by what the images tell, and decodes those that training leaves out.
  private func complete(
    _ settings: inout RunConfiguration, by images: ImageDataSet, _ plan: TrainingPlan,
    _ options: TrainOptions, _ console: Console
  ) throws -> TrainingData {
    if plan.recorded == nil { try count(images, in: &settings) }
    if plan.recorded == nil { settings.split = listing.split.rawValue }
    if settings.heldOutDigest == nil || isChanged || options.acceptsChangedData {
      settings.heldOutDigest = heldOutDigest
    }
    settings.images = images.count
    settings.skipped = images.skipped.count
    settings.dataDigest = listing.digest
    if let recorded = plan.recorded { warn(ofOtherPixelsThan: recorded, images.tally, console) }
    let data = try leaveOut(heldOut, beside: images, settings, console)
    settings.account = account(data)
    return data
  }

  /// Decodes the images with progress, and names those that cannot be read.
  private func decode(
    _ settings: RunConfiguration, _ cache: ImageCache?, quiet: Bool, _ console: Console
  ) throws -> ImageDataSet {
    let progress = ProgressLine(console: console, quiet: quiet)
    defer { progress.finish() }
    let images = try decode(settings, cache, quiet: quiet, progress, console)
    progress.settle(.counting("loading", done: listing.files.count, of: listing.files.count))
    for skipped in images.skipped {
      progress.warn("\(dataPath)/\(skipped.path): skipped: \(skipped.reason)")
    }
    if !images.skipped.isEmpty {
      let was = images.skipped.count == 1 ? "was" : "were"
      let remedy =
        images.skipped.contains(where: \.isBurnedIn)
        ? "; --allow-burned-in uses those with a patient's data in the picture" : ""
      progress.warn(
        "\(images.skipped.count) of \(listing.files.count) images \(was) skipped\(remedy)")
    }
    return images
  }

  private func decode(
    _ settings: RunConfiguration, _ cache: ImageCache?, quiet: Bool, _ progress: ProgressLine,
    _ console: Console
  ) throws -> ImageDataSet {
    let show = show(on: progress, console)
    do {
      guard let cache else {
        return try ImageDataSet(
          listing: listing, reading: settings.reading, threads: settings.threads,
          strict: settings.strict, progress: show)
      }
      return try ImageDataSet(
        listing: listing, reading: settings.reading, threads: settings.threads,
        strict: settings.strict, cache: cache,
        onEvent: { if !quiet { console.say(cache.words(for: $0)) } },
        progress: show)
    } catch let error as ImageError {
      throw Self.strictFailure(error)
    }
  }

  /// Decodes the images that training leaves out, to calibrate scores on, without those that training
  /// uses under other names.
  private func leaveOut(
    _ heldOut: ImageFolder?, beside images: ImageDataSet, _ settings: RunConfiguration,
    _ console: Console
  ) throws -> TrainingData {
    guard let heldOut else { return TrainingData(images: images, heldOut: nil, duplicates: 0) }
    do {
      let decoded = try ImageDataSet(
        listing: heldOut, reading: settings.reading, threads: settings.threads,
        strict: settings.strict)
      for skipped in decoded.skipped {
        console.warn("\(dataPath)/\(skipped.path): skipped: \(skipped.reason)")
      }
      let found = labelled(decoded)
      let (unseen, duplicates) = try found.leavingOut(imagesOf: images)
      return TrainingData(
        images: images, heldOut: unseen.count == 0 ? nil : unseen, duplicates: duplicates)
    } catch let error as ImageError {
      throw Self.strictFailure(error)
    } catch let error as DataSetError where error.kind == .noReadableImages {
      console.warn(Message(error).text)
      return TrainingData(images: images, heldOut: nil, duplicates: 0)
    }
  }

  /// Says where an older version showed the same files differently.
  private func warn(
    ofOtherPixelsThan recorded: RunConfiguration, _ tally: ImageTally, _ console: Console
  ) {
    let count = tally.reoriented + tally.transparent
    guard recorded.background == nil, count > 0 else { return }
    console.warn(
      "\(recorded.dataPath): the run began with an older version, which ignored orientation and "
        + "transparency; it continues with different pixels in \(Formatting.counted(count, "image"))"
    )
  }

  /// Sums up what became of everything in the folder.
  private func account(_ data: TrainingData) -> DataAccount {
    var account = DataAccount(contents, listing, data.images)
    if let heldOut {
      account.add(
        heldOut: heldOut, images: data.heldOut?.count ?? 0, duplicates: data.duplicates)
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
          + (kind == .synthetic ? "; --allow-synthetic uses them like real ones" : "")
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

  private static func strictFailure(_ error: ImageError) -> TrainingError {
    TrainingError(
      "\(error); repair or remove the file, or leave out --strict to train without it")
  }
}

/// The images that a run trains on, and those that it leaves out.
struct TrainingData {
  /// The images of the training.
  let images: ImageDataSet
  /// The images that scores are calibrated on; nil where there are none.
  let heldOut: ImageDataSet?
  /// The images that were left out of these because training uses them too.
  let duplicates: Int
}
