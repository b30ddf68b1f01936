import DCGAN
import DataSets
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
  /// Throws `DataSetError`, and `StudyError` where a class has none.
  init(
    path: String, _ data: StudyData, _ settings: StudySettings, share: Double, threads: Int
  ) throws {
    let listing = try ImageFolder(root: path, split: .all, includesOwnPictures: true)
    let set = try ImageDataSet(
      listing: listing, reading: ImageReading(size: settings.size, channels: settings.channels),
      threads: threads
    ).labelled(by: FolderClasses(names: data.classes))
    let labels = set.labels(at: 0..<set.count) ?? []
    images = data.classes.indices.map { label in
      labels.indices.filter { labels[$0] == label }.map { set.image(at: $0) }
    }
    if let missing = images.firstIndex(where: \.isEmpty) {
      throw StudyError(
        "\(path): expected a folder of synthetic images for every class, found none of "
          + "\(data.classes[missing]); add one, named like that of the real images")
    }
    seed = settings.seed
    caveat = Self.caveat(listing, data, share: share)
  }

  /// Returns the images of a class in an order that the seeds give.
  func images(
    ofClass label: Int, count: Int, seed number: Int, minimumScore: Double
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
    return share == 1
      ? nil
      : "share \(share): the generator of \(listing.root) has seen all training images, also those "
        + "outside the share, so the figures with synthetic images are too good"
  }
}
