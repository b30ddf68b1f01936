import DCGAN
import DataSets
import Imaging
import Tensor

/// The real pictures of an evaluation: those for training, and others that training never saw.
public struct EvaluationData: Sendable {
  /// What to read.
  public struct Request: Equatable, Sendable {
    /// The data set's folder.
    public var path: String
    /// The images that are used for training.
    public var selection = DataSelection()
    /// The digest of the list of files that training used, where that is known.
    public var digest: String?
    /// How files become pictures.
    public var reading: ImageReading

    /// Asks for all of a folder's usual part.
    public init(path: String, reading: ImageReading) {
      self.path = path
      self.reading = reading
    }
  }

  /// What was asked for.
  public let request: Request
  /// Where the held-out pictures come from, in words.
  public let heldOutSource: String
  /// Whether the held-out pictures are a part of those that training used.
  public let isHeldOutFromTraining: Bool
  /// Whether the folder still holds what training used, as far as that is known.
  public let isUnchanged: Bool
  /// The held-out pictures that training used as well, under whatever name: the copying test leaves
  /// them out.
  public let knownHeldOut: Int
  /// The training pictures that equal another, left out where halves of them are compared; 0 where
  /// other pictures are held out.
  public let repeatedTraining: Int
  /// The files that could not be read.
  public let skipped: [ImageDataSet.Skipped]

  /// The training pictures in an order that the seed gives, those of a patient one after the other.
  let training: ImageSet
  /// Where they can be cut in two.
  package let trainingCuts: PatientCuts
  /// The path of each training picture, relative to the folder.
  package let trainingPaths: [String]
  /// The place of each training picture among the files of the folder, sorted by path.
  let trainingPlaces: [Int]
  /// The other pictures, likewise; nil where they are the second half of `training`.
  let others: ImageSet?
  /// Where the other pictures can be cut in two.
  let otherCuts: PatientCuts

  /// The most pictures that fit twice into the training pictures, no patient in both.
  public var mostCompared: Int { trainingCuts.mostTwice }

  /// Reads the pictures.
  ///
  /// Held out are the folders `test` and `val` where training uses `train`, as far as they are there
  /// and hold the classes; else one half of the training pictures.
  ///
  /// Throws `DataSetError` and `EvaluationError`.
  ///
  /// - Parameter progress: is told how many files are decoded, from any thread.
  public init(
    _ request: Request, seed: UInt64, threads: Int,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws {
    func decode(_ listing: ImageFolder) throws -> ImageDataSet {
      try ImageDataSet(
        listing: listing, reading: request.reading, threads: threads,
        progress: progress)
    }
    let contents = try FolderContents(root: request.path, request.selection)
    let listing = try contents.listing(request.selection)
    let unseen = try Self.heldOutListings(in: contents, request, listing)
    let known = try decode(listing)
    let parts = try unseen.map { try decode($0).leavingOut(imagesOf: known) }
    let images = try parts.map(\.images).flatMap { part in
      try (0..<part.count).map { try part.compactImage(at: $0) }
    }
    let patients = PatientGroups.numbers(of: [(listing, known.paths)])[0]
    isHeldOutFromTraining = images.count < 2
    var order = RandomUse.evaluationOrder.stream(seed: seed).permutation(of: known.count)
    // An image that is there twice would lie in both halves.
    if isHeldOutFromTraining { order = try known.distinct(order) }
    order = PatientCuts.grouping(order, by: patients)
    repeatedTraining = known.count - order.count
    knownHeldOut = parts.reduce(0) { $0 + $1.leftOut }
    // Halves of them are compared.
    let least = 2 * EvaluationError.leastCompared
    guard order.count >= least else {
      throw EvaluationError.tooFew(
        order.count, of: "training images", in: request.path, least: least)
    }
    trainingCuts = PatientCuts(order.map { patients[$0] })
    guard trainingCuts.mostTwice >= EvaluationError.leastCompared else {
      throw EvaluationError.onePatient(order.count, in: request.path)
    }
    self.request = request
    isUnchanged = request.digest.map { $0 == listing.digest } ?? true
    training = ImageSet(
      try order.map { try known.compactImage(at: $0) }, size: request.reading.size)
    trainingPaths = order.map { known.paths[$0] }
    let places = listing.places(ofImages: known.paths)
    trainingPlaces = order.map { places[$0] }
    skipped = known.skipped + parts.flatMap(\.images.skipped)
    if isHeldOutFromTraining {
      heldOutSource = "one half of the training images, for lack of others"
      others = nil
      otherCuts = PatientCuts([])
    } else {
      heldOutSource = unseen.map(\.split.rawValue).joined(separator: " and ")
      let patients = PatientGroups.numbers(of: Array(zip(unseen, parts.map(\.images.paths))))
        .flatMap { $0 }
      let order = PatientCuts.grouping(
        RandomUse.evaluationOrder.stream(seed: seed, part: 1).permutation(of: images.count),
        by: patients)
      otherCuts = PatientCuts(order.map { patients[$0] })
      others = ImageSet(order.map { images[$0] }, size: request.reading.size)
    }
  }

  /// Lists the parts that training leaves alone.
  private static func heldOutListings(
    in contents: FolderContents, _ request: Request, _ training: ImageFolder
  ) throws(DataSetError) -> [ImageFolder] {
    guard training.split == .train else { return [] }
    var listings: [ImageFolder] = []
    for split in [DataSplit.test, .val] {
      do throws(DataSetError) {
        listings.append(
          try contents.listing(
            DataSelection(split: split, classes: request.selection.classes)))
      } catch  where [.noSuchSplit, .noImages, .noSuchClass].contains(error.kind) {
        continue
      }
    }
    return listings
  }
}

extension ImageDataSet {
  /// Returns these places without those of pictures that an earlier place holds too.
  fileprivate func distinct(_ places: [Int]) throws -> [Int] {
    var seen: Set<PixelImage> = []
    return try places.filter { seen.insert(try image(at: $0)).inserted }
  }

  /// Returns a picture as the networks see it, in one channel where it has no colour.
  fileprivate func compactImage(at index: Int) throws -> PixelImage {
    try image(at: index).withoutRepeatedChannels()
  }
}

/// There is too little to measure.
public struct EvaluationError: Error, Equatable, CustomStringConvertible {
  /// What was found, what is needed and what to do.
  public let description: String

  /// The fewest images that can be compared: more than the neighbours that the metrics ask for.
  public static let leastCompared = NeighborMetrics.k + 1

  static func onePatient(_ count: Int, in place: String) -> EvaluationError {
    EvaluationError(
      description:
        "\(place): expected training images of several patients, since one half is compared with the "
        + "other, found \(count) of which nearly all belong to one patient or one file; give images of "
        + "others")
  }

  static func tooFew(
    _ count: Int, of what: String, in place: String, least: Int
  ) -> EvaluationError {
    EvaluationError(
      description:
        "\(place): found \(count) \(what); an evaluation needs \(least) and is hardly meaningful "
        + "with less than a few hundred; give more")
  }
}
