import DCGAN
import DataSets
import Files
import Imaging
import Support

/// The real images of a study: those for training, of which some choose thresholds, and those for the
/// test, which nothing else sees.
public struct StudyData: Sendable {
  /// The classes, sorted, but of two that of the healthy first where its name tells: the second is the
  /// positive one.
  public let classes: [String]
  /// What is noteworthy about the data, each in a line.
  public let warnings: [Message]
  /// The images that thresholds are chosen on; no share holds them.
  package let validation: StudyImages
  /// The images of the test folder.
  package let test: StudyImages
  /// All images of the training folder.
  package let training: StudyImages
  /// The same as training reads them, for the generators.
  package let trainingSet: ImageDataSet
  /// The places in `training` of each class's images that shares are drawn from, patient by patient in
  /// an order that the seed gives.
  let pool: [[Int]]
  /// What tells the lists of files apart.
  let digest: String
  /// What tells the list of training files apart, as a run has it.
  let trainingDigest: String
  /// The folder, as it was given.
  let path: String

  /// The share of the training images that thresholds are chosen on.
  static let validationShare = 0.15
  /// The fewest patients of a class, and images in all, that a share may have.
  static let leastPatients = 2
  static let leastImages = 8

  /// Reads the folders `train` and `test` of a data set.
  ///
  /// Throws `DataSetError` and `StudyError` where there are no such folders or classes, a class has no
  /// test image, or a test image is a training image too.
  ///
  /// - Parameter progress: is told how many files are decoded, from any thread.
  public init(
    path: String, settings: StudySettings, threads: Int,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws {
    let listings = try Self.listings(of: path, settings)
    let folders = try Self.classes(of: listings.training)
    classes = folders.names
    func decode(_ listing: ImageFolder) throws -> ImageDataSet {
      try ImageDataSet(
        listing: listing, reading: settings.reading, threads: threads, progress: progress
      ).labelled(by: folders)
    }
    trainingSet = try decode(listings.training)
    let testSet = try decode(listings.test)
    let patients = try StudyPatients(trainingSet, testSet, among: listings.all)
    training = patients.training
    test = patients.test
    digest = "\(listings.training.digest)-\(listings.test.digest)"
    trainingDigest = listings.training.digest
    self.path = path
    for (name, count) in zip(classes, test.counts(classes.count)) where count == 0 {
      throw StudyError(
        "\(path): expected test images of every class, found none of \(name) in the test folder; add "
          + "some, or leave the class out")
    }
    try Self.refuseSharedImages(trainingSet, testSet, path)
    (validation, pool) = Self.divide(training, classes: classes.count, seed: settings.seed)
    let files = listings.training.files.count + listings.test.files.count
    warnings = Self.warnings(patients, trainingSet, testSet, files: files)
  }

  /// Finds the classes that the training folder has; the advice of a study is another than that of a
  /// training.
  private static func classes(of listing: ImageFolder) throws -> FolderClasses {
    do throws(DataSetError) {
      return healthyFirst(try FolderClasses(of: listing))
    } catch {
      guard error.kind == .unsuitableClasses else { throw error }
      let folders = Set(listing.files.map { Folder.parent(of: $0.path) }).sorted()
      let list = folders.prefix(3).map(quoted).joined(separator: ", ")
      throw StudyError(
        "\(listing.root): expected the training images in the folders of "
          + "\(FolderClasses.range.lowerBound) to \(FolderClasses.range.upperBound) classes, such as "
          + "train/NORMAL and train/PNEUMONIA, found them in \(list)"
          + "\(folders.count > 3 ? " …" : ""); give each class a folder of its own")
    }
  }

  /// Puts the class of the healthy first, of two, so that the other one is the positive one, whatever its
  /// name.
  private static func healthyFirst(_ classes: FolderClasses) -> FolderClasses {
    let healthy = [
      "normal", "healthy", "negative", "control", "controls", "no_finding", "no finding",
    ]
    guard classes.names.count == 2, healthy.contains(classes.names[1].lowercased()) else {
      return classes
    }
    return FolderClasses(names: classes.names.reversed())
  }

  /// Finds the images of the training and of the test folder, or of the parts that the patients are divided
  /// into, and those of all parts.
  private static func listings(
    of path: String, _ settings: StudySettings
  ) throws -> (training: ImageFolder, test: ImageFolder, all: ImageFolder) {
    let patients = settings.splitByPatient.map {
      PatientSplit(shares: $0, runSeed: settings.seed)
    }
    let contents = try FolderContents(root: path, dividing: patients)
    return (
      try part(.train, of: contents, path), try part(.test, of: contents, path),
      try contents.listing(DataSelection(split: .all))
    )
  }

  private static func part(
    _ split: DataSplit, of contents: FolderContents, _ path: String
  ) throws -> ImageFolder {
    do throws(DataSetError) {
      return try contents.listing(DataSelection(split: split))
    } catch {
      guard [.noSuchSplit, .noImages].contains(error.kind) else { throw error }
      throw StudyError(
        "\(path): expected a folder of \(split.rawValue) images beside that of the others, found none; "
          + "a study trains on the images in train and tests on those in test, each with a folder for "
          + "every class; give \(.splitByPatient, "0.8,0,0.2") to divide a folder that has no such parts"
      )
    }
  }

  /// Throws `StudyError` where test images are among the training images, by content.
  private static func refuseSharedImages(
    _ training: ImageDataSet, _ test: ImageDataSet, _ path: String
  ) throws {
    let known = Dictionary(
      try (0..<training.count).map { (try training.image(at: $0), training.paths[$0]) },
      uniquingKeysWith: { first, _ in first })
    let shared = try (0..<test.count).compactMap { place in
      known[try test.image(at: place)].map { (test: test.paths[place], training: $0) }
    }
    guard let first = shared.first else { return }
    let pairs = shared.prefix(3).map { "\(quoted($0.test)) is \(quoted($0.training))" }
    throw StudyError(
      "\(path): expected no test image among the training images, found \(shared.count) "
        + "(\(pairs.joined(separator: ", "))\(shared.count > 3 ? " …" : "")): figures of a test that "
        + "training has seen mean nothing; remove \(quoted(first.test)) and the like from one of the "
        + "two")
  }

  private static func warnings(
    _ patients: StudyPatients, _ training: ImageDataSet, _ test: ImageDataSet, files: Int
  ) -> [Message] {
    var warnings: [Message] = []
    if patients.unknown > 0 {
      warnings.append(
        "the names of \(patients.unknown) of \(training.count + test.count) images tell no "
          + "patient; each, or each study of them, counts as a patient of its own, so images of one "
          + "patient may be parted")
    }
    if patients.apart > 0 {
      warnings.append(
        "\(patients.apart) image\(patients.apart == 1 ? " has" : "s have") no Patient ID and nothing in "
          + "common with a file that has one: if the patients are the same, they may be parted; put all "
          + "images of a patient into a folder of their own")
    }
    if patients.shared > 0 {
      warnings.append(
        "\(patients.shared) patient name\(patients.shared == 1 ? "" : "s") occur\(patients.shared == 1 ? "s" : "") in "
          + "train and in test: parts are often numbered from the beginning, but if they are the same "
          + "people, every figure is too good")
    }
    let skipped = training.skipped.count + test.skipped.count
    let unlabelled = files - training.count - test.count - skipped
    if unlabelled > 0 {
      warnings.append(
        "left out \(unlabelled) image\(unlabelled == 1 ? "" : "s") in no folder of a class that train has"
      )
    }
    if skipped > 0 {
      warnings.append(
        "left out \(skipped) image file\(skipped == 1 ? "" : "s") that cannot be read")
    }
    return warnings
  }
}
