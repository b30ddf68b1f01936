import DCGAN
import DataSets
import Evaluation
import Files
import Imaging
import Samples
import Support
import Training

/// The real images that samples are selected by: those that the run was trained on.
struct SelectionData {
  /// The images by class, or as one where the networks know no classes.
  let classes: [RealismJudge.ImageClass]
  /// The rows and columns of an image.
  let size: Int

  /// Reads the images that the run was trained on, or for networks of files, those that a run would be.
  ///
  /// Throws what reading the run's settings and the data throws, and `SampleRequestError` where the folder
  /// is missing, holds other files than in training, or too few images; of several ranks also where one has
  /// other images than rank 0, as `Backend.requireSame` does.
  init(
    _ trained: TrainedModel, _ classes: SampleClasses, _ options: SampleOptions,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
  ) throws {
    let listing = try Self.listing(trained, options)
    let images = try ImageDataSet(
      listing: listing, reading: trained.reading, threads: trained.backend.pool.threadCount,
      progress: progress)
    try trained.backend.requireSame(images.checksum) { _, rank in
      "\(printable(listing.root)): rank \(rank) finds other images to select by than rank 0; let all ranks read "
        + "the same folder, or whole copies of it"
    }
    size = trained.reading.size
    self.classes = try Self.classes(of: images, trained.model.settings.classes, classes)
    let fewest = self.classes.filter { $0.weight > 0 }.map(\.images.count).min() ?? 0
    guard fewest >= RealismJudge.leastImages else {
      let places = self.classes.count > 1 ? "of every class that is drawn" : "in it"
      throw SampleRequestError(
        "\(printable(listing.root)): expected at least \(RealismJudge.leastImages) images \(places) to "
          + "select by, found \(fewest); name the folder of the training images with --data, or leave "
          + "--select out")
    }
  }

  /// Lists the files.
  private static func listing(
    _ trained: TrainedModel, _ options: SampleOptions
  ) throws -> ImageFolder {
    guard case .run(let run, _, _) = trained.origin else {
      return try ImageFolder(root: options.data ?? "", DataSelection())
    }
    let configuration = try RunFolder.open(at: run).configuration()
    let path = options.data ?? configuration.dataLocation
    guard Folder.holdsFiles(path) else {
      throw SampleRequestError(
        "\(printable(path)): expected the folder or archive of the images that the run was trained on, which "
          + "--select needs, found none; name its present place with --data")
    }
    let listing = try ImageFolder(root: path, configuration.selection)
    guard listing.digest == configuration.dataDigest else {
      throw SampleRequestError(
        "\(printable(path)): the files have changed since the run was trained, and --select needs the "
          + "images that it was trained on; restore them, or name their folder with --data")
    }
    return listing
  }

  /// Parts the images by class; the weight of a class is how often it is drawn.
  private static func classes(
    of images: ImageDataSet, _ known: ModelClasses?, _ drawn: SampleClasses
  ) throws -> [RealismJudge.ImageClass] {
    guard let known else {
      return [
        RealismJudge.ImageClass(
          images: try images.compactImages(at: 0..<images.count), weight: 1)
      ]
    }
    let labelled = images.labelled(by: FolderClasses(names: known.names))
    let found = labelled.labels(at: 0..<labelled.count) ?? []
    return try known.names.indices.map { label in
      let places = found.indices.filter { found[$0] == label }
      let weight =
        switch drawn {
        case .drawn: known.images[label]
        case .inTurn(let labels): labels.count { $0 == label }
        }
      return RealismJudge.ImageClass(
        images: try labelled.compactImages(at: places), weight: Double(weight))
    }
  }
}

extension ImageDataSet {
  /// Returns images as the networks see them, in one channel where they have no colour.
  fileprivate func compactImages(at places: some Sequence<Int>) throws -> [PixelImage] {
    try places.map { try image(at: $0).withoutRepeatedChannels() }
  }
}
