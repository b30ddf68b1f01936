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
    let listings = try Self.listings(of: path)
    let folders = try Self.classes(of: listings.training)
    classes = folders.names
    let reading = ImageReading(size: settings.size, channels: settings.channels)
    func decode(_ listing: ImageFolder) throws -> ImageDataSet {
      try ImageDataSet(listing: listing, reading: reading, threads: threads, progress: progress)
        .labelled(by: folders)
    }
    trainingSet = try decode(listings.training)
    let testSet = try decode(listings.test)
    var numbers = PatientNumbers(root: path)
    training = numbers.images(of: trainingSet)
    test = numbers.images(of: testSet)
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
    warnings = Self.warnings(numbers, trainingSet, testSet, files: files)
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

  /// Finds the training and the test folder.
  private static func listings(
    of path: String
  ) throws -> (training: ImageFolder, test: ImageFolder) {
    let contents = try FolderContents(root: path)
    return (try part(.train, of: contents, path), try part(.test, of: contents, path))
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
          + "every class")
    }
  }

  /// Throws `StudyError` where test images are among the training images, by content.
  private static func refuseSharedImages(
    _ training: ImageDataSet, _ test: ImageDataSet, _ path: String
  ) throws {
    let known = Dictionary(
      (0..<training.count).map { (training.image(at: $0), training.paths[$0]) },
      uniquingKeysWith: { first, _ in first })
    let shared = (0..<test.count).compactMap { place in
      known[test.image(at: place)].map { (test: test.paths[place], training: $0) }
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
    _ numbers: PatientNumbers, _ training: ImageDataSet, _ test: ImageDataSet, files: Int
  ) -> [Message] {
    var warnings: [Message] = []
    if numbers.unnamed > 0 {
      warnings.append(
        "the names of \(numbers.unnamed) of \(training.count + test.count) images tell no "
          + "patient; each counts as a patient of its own, so images of one patient may be parted")
    }
    if numbers.shared > 0 {
      warnings.append(
        "\(numbers.shared) patient name\(numbers.shared == 1 ? "" : "s") occur\(numbers.shared == 1 ? "s" : "") in "
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

/// Gives every patient a number, in the order in which they are met.
struct PatientNumbers {
  /// The folder of the data set.
  private let root: String
  private var numbers: [PatientKey: Int] = [:]
  private var next = 0
  /// How many images tell no patient.
  private(set) var unnamed = 0
  /// How many names occur in two parts of the data.
  private(set) var shared = 0

  /// Begins with no patient of the data set in a folder.
  init(root: String) { self.root = root }

  /// Returns the images of a part of the data; patients of different parts are different ones, whatever
  /// their names, for parts are often numbered from the beginning.
  mutating func images(of set: ImageDataSet) -> StudyImages {
    let earlier = Set(numbers.keys)
    numbers = [:]
    let patients = set.paths.map { number(of: $0) }
    shared += earlier.intersection(numbers.keys).count
    return StudyImages(
      images: (0..<set.count).map { set.image(at: $0) },
      labels: set.labels(at: 0..<set.count) ?? [], patients: patients)
  }

  private mutating func number(of path: String) -> Int {
    guard let patient = PatientKey(ofImage: path, in: root) else {
      unnamed += 1
      next += 1
      return next - 1
    }
    if let known = numbers[patient] { return known }
    numbers[patient] = next
    next += 1
    return next - 1
  }
}
