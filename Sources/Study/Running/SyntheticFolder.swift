import DCGAN
import DataSets
import Files
import Imaging
import Samples
import Support
import Tensor

/// Synthetic images that are at hand, in a folder for each class.
struct SyntheticFolder: SyntheticSource {
  private let images: [[PixelImage]]
  private let seed: UInt64
  let caveat: Message?
  let hasScores = false

  /// Reads the images of a folder as the networks see them, those of the data's classes.
  ///
  /// This program's other pictures are passed over: some show patients. Throws `DataSetError`, and
  /// `StudyError` where a class has none, or an image is one of the data's.
  init(
    path: String, _ data: StudyData, _ settings: StudySettings, share: Double, threads: Int
  ) throws {
    let listing = try Self.listing(path)
    let set = try ImageDataSet(
      listing: listing, reading: settings.reading,
      threads: threads
    ).labelled(by: FolderClasses(names: data.classes))
    let labels = set.labels(at: 0..<set.count) ?? []
    images = try data.classes.indices.map { label in
      try labels.indices.filter { labels[$0] == label }.map { try set.image(at: $0) }
    }
    try Self.refuseRealImages(set, data, path)
    if let missing = images.firstIndex(where: \.isEmpty) {
      throw StudyError(
        "\(path): expected a folder of synthetic images for every class, found none of "
          + "\(data.classes[missing]); add one, named like that of the real images")
    }
    seed = settings.seed
    caveat = Self.caveat(listing, data, share: share)
  }

  /// Lists the images of a folder, those that this program drew among them.
  private static func listing(_ path: String) throws -> ImageFolder {
    try ImageFolder(root: path, DataSelection(split: .all, includesSynthetic: true))
  }

  /// Returns what tells a folder's images from others: its path and the digest of its list of files.
  ///
  /// Throws `DataSetError`.
  static func identity(of path: String) throws -> String {
    "\(Folder.absolute(path)) (digest \(try listing(path).digest))"
  }

  /// Throws `StudyError` where an image is one of the test, or one that training has.
  private static func refuseRealImages(
    _ set: ImageDataSet, _ data: StudyData, _ path: String
  ) throws {
    for (part, name) in [(data.test, "test"), (data.training, "training")] {
      let known = Set(part.images)
      let found = try (0..<set.count).filter { known.contains(try set.image(at: $0)) }
      guard let first = found.first else { continue }
      throw StudyError(
        "\(path): expected synthetic images, found \(found.count) that are real \(name) images of "
          + "\(data.path), the first \(quoted(set.paths[first])); name a folder of synthetic images"
      )
    }
  }

  /// Returns the images of a class in an order that the seeds give.
  func images(
    ofClass label: Int, count: Int, seed number: Int, minimumScore: Double,
    shouldStop: () -> Bool
  ) -> [PixelImage] {
    let order = RandomUse.studySynthetic.stream(
      seed: seed, part: UInt32(number * 64 + label)
    ).permutation(of: images[label].count)
    return order.prefix(count).map { images[label][$0] }
  }

  /// Says what is known of the images that the generator has seen.
  private static func caveat(
    _ listing: ImageFolder, _ data: StudyData, share: Double
  ) -> Message? {
    let digests = Set(
      listing.files.map { ImageMark.read(at: listing.path(of: $0))?["data"] })
    guard digests == [data.trainingDigest] else {
      return "\(listing.root): it is not known which images the generator has seen; if test images "
        + "were among them, or training images outside a share, the figures with synthetic images are "
        + "too good"
    }
    return
      "share \(share): the generator of \(listing.root) has seen all training images, also those "
      + "outside the share, so the figures with synthetic images are too good"
  }
}
