import DCGAN
import DataSets
import Foundation
import Imaging
import Support
import Tensor
import Training

/// The files that a run trains on.
struct TrainingSource {
  let dataPath: String
  let contents: FolderContents
  let listing: ImageFolder
  /// What scores are calibrated on; nil where training leaves nothing out.
  let heldOut: ImageFolder?
  /// The classes that the networks are told; nil where they are told none.
  let classes: FolderClasses?
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
  func labelled(_ images: ImageDataSet) -> ImageDataSet {
    classes.map(images.labelled) ?? images
  }

  /// Counts the decoded images of each class in the settings of a new run; throws `TrainingError` where a
  /// class has none.
  func count(_ images: ImageDataSet, in settings: inout RunConfiguration) throws {
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
  var heldOutDigest: String { heldOut?.digest ?? RunConfiguration.noHeldOutImages }

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

  /// Says where an older version showed the same files differently.
  func warn(
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
  func account(_ data: TrainingData) -> DataAccount {
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

  static func strictFailure(_ error: ImageError) -> TrainingError {
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
