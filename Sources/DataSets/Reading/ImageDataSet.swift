import Imaging
import Support
import Tensor

/// The images of a data set: squares of bytes, decoded once, in memory or in a cache.
///
/// Images without colour are kept as one channel, whatever their file holds and the networks see,
/// and are repeated when they are used. Images are never mirrored: a mirrored one is another diagnosis.
/// Those of a cache are read when they are used, and what that throws is `FileError`, or `DataSetError`
/// where the cache is damaged; those in memory throw nothing.
public struct ImageDataSet: Sendable {
  /// A file that could not be used.
  public struct Skipped: Equatable, Sendable {
    /// The path relative to the data set's folder.
    public let path: String
    /// What is wrong with it.
    public let reason: String

    /// Why a file is not used whose picture may show who it is of.
    static let burnedInReason =
      "it says that a patient's data are written in its picture (Burned In Annotation)"

    /// Whether nothing is wrong with it but that.
    public var isBurnedIn: Bool { reason == Self.burnedInReason }
  }

  /// How the files became images.
  public let reading: ImageReading
  /// The relative path of every image, in the order of the listing.
  public let paths: [String]
  /// Lists the files that could not be used, in the order of the listing.
  public let skipped: [Skipped]
  /// What surprises people about the images.
  public let tally: ImageTally
  let images: ImageStore
  /// The label of every image; nil where nobody asked for classes.
  private let labels: [Int]?

  /// The pixels of a side of every image.
  public var size: Int { reading.size }
  /// The channels that the networks see: 1 or 3.
  public var channels: Int { reading.channels }
  /// The number of images.
  public var count: Int { images.count }

  /// Decodes the files of a listing, in parallel, and keeps the images in memory; the result does not
  /// depend on `threads`.
  ///
  /// - Parameters:
  ///   - listing: The files.
  ///   - reading: How they become images.
  ///   - threads: How many files are decoded at a time, at most.
  ///   - strict: Makes the first file that cannot be read an error, instead of skipping it.
  ///   - limits: The largest files and images that are decoded.
  ///   - progress: Is told how many files are done, in order, from whatever thread finished one.
  /// - Throws: `ImageError` for an unreadable file where `strict`, `DataSetError` where no file at
  ///   all can be read.
  public init(
    listing: ImageFolder, reading: ImageReading, threads: Int, strict: Bool = false,
    limits: ImageLimits = ImageLimits(),
    progress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil
  ) throws {
    Self.check(reading, threads)
    let files = listing.files(reading.frames)
    let queue = DecodingQueue(
      files, of: listing.root, limits: limits, stopsAtFailure: strict, progress: progress
    ) { (file, header) throws(ImageError) in try header.decode(for: reading, frame: file.frame) }
    var paths: [String] = []
    var images: [NetworkImage] = []
    var skipped: [Skipped] = []
    for (file, outcome) in zip(files, queue.run(threads: threads)) {
      switch outcome {
      case .success(let image):
        paths.append(file.imagePath)
        images.append(image)
      case .failure(let error):
        if strict { throw error }
        skipped.append(Skipped(path: file.imagePath, reason: error.problem))
      case nil: break
      }
    }
    try Self.checkReadable(images.count, skipped, listing)
    (self.reading, self.paths, self.skipped) = (reading, paths, skipped)
    self.images = .memory(images.map(\.image))
    tally = ImageTally(images, reading)
    labels = nil
  }

  /// Reads the images of a listing from a cache, which is built first where there is none; they are the
  /// same as in memory.
  ///
  /// - Parameters:
  ///   - cache: The cache.
  ///   - isOthers: Whether another process has built it and compared it with the files.
  ///   - onEvent: Is told what happens before the images can be used.
  /// - Throws: Also `FileError` where the cache cannot be read or written, and `DataSetError` where
  ///   it is damaged, of other images, older than a file, or there is no room for it.
  public init(
    listing: ImageFolder, reading: ImageReading, threads: Int, strict: Bool = false,
    limits: ImageLimits = ImageLimits(), cache: ImageCache, isOthers: Bool = false,
    onEvent: (ImageCache.Event) -> Void = { _ in },
    progress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil
  ) throws {
    Self.check(reading, threads)
    let found = try cache.images(
      .init(
        listing: listing, reading: reading, threads: threads, isStrict: strict, limits: limits,
        progress: progress), isOthers: isOthers, onEvent: onEvent)
    self.reading = reading
    (paths, skipped) = found.index.records.parted(by: listing)
    images = .cache(found, places: Array(0..<found.count))
    tally = ImageTally(
      found.index.records.compactMap(\.traits), duplicates: found.index.duplicates, reading)
    labels = nil
  }

  private static func check(_ reading: ImageReading, _ threads: Int) {
    let (size, channels) = (reading.size, reading.channels)
    require(
      size >= 1 && (channels == 1 || channels == 3) && threads >= 1,
      "\(threads) threads cannot make images of \(size)x\(size)x\(channels)")
  }

  /// Throws `DataSetError` where no file could be read.
  static func checkReadable(
    _ count: Int, _ skipped: [Skipped], _ listing: ImageFolder
  ) throws(DataSetError) {
    guard count == 0, let first = skipped.first else { return }
    throw DataSetError(
      .noReadableImages,
      "\(listing.root): none of the \(skipped.count) images can be read; the first, "
        + "\(first.path): \(first.reason); give intact image files")
  }

  /// Keeps the images at these places of another set.
  private init(_ other: ImageDataSet, keeping places: [Int], labels: [Int]?) {
    (reading, tally, skipped) = (other.reading, other.tally, other.skipped)
    paths = places.map { other.paths[$0] }
    images = other.images.keeping(places)
    self.labels = labels
  }
}

extension ImageDataSet {
  /// Returns these images with the labels that their folders give, without those of no class.
  public func labelled(by classes: FolderClasses) -> ImageDataSet {
    let found = paths.map(classes.label)
    let places = found.indices.filter { found[$0] != nil }
    return ImageDataSet(self, keeping: places, labels: places.compactMap { found[$0] })
  }

  /// Returns the labels of some images, in their order; nil where images have none.
  public func labels(at indices: some Sequence<Int>) -> [Int]? {
    labels.map { labels in indices.map { labels[$0] } }
  }

  /// Returns how many images have each of so many labels; traps where they have none.
  public func labelCounts(_ classes: Int) -> [Int] {
    require(labels != nil, "images without labels are counted")
    var counts = [Int](repeating: 0, count: classes)
    for label in labels ?? [] { counts[label] += 1 }
    return counts
  }

  /// Returns the images at some places alone, in that order.
  package func keeping(_ places: [Int]) -> ImageDataSet {
    ImageDataSet(self, keeping: places, labels: labels(at: places))
  }

  /// Returns the indices of `count` images that are evenly spread over the listing, or of all where
  /// there are fewer.
  package func spread(_ count: Int) -> [Int] {
    let count = min(count, self.count)
    return (0..<count).map { $0 * self.count / count }
  }

  /// Returns these images without those that `others` holds too, pixel by pixel under whatever name,
  /// and how many those are; throws what reading a cache throws.
  package func leavingOut(
    imagesOf others: ImageDataSet
  ) throws -> (images: ImageDataSet, leftOut: Int) {
    let known = try others.images.images(perhapsIn: images)
    let kept = try (0..<count).filter { !known.contains(try images.image(at: $0)) }
    return (keeping(kept), count - kept.count)
  }

  /// Returns an image as the networks see it: `size` x `size` with `channels` channels; throws what
  /// reading a cache throws.
  public func image(at index: Int) throws -> PixelImage {
    let image = try images.image(at: index)
    return channels == 3 ? image.rgb() : image
  }

  /// Writes images one after the other as the networks read them: rows, columns, channels, every
  /// sample as a level in −1 … 1; throws what reading a cache throws.
  ///
  /// - Parameters:
  ///   - destination: Room for `size * size * channels` numbers for every index.
  ///   - indices: Which images, in which order.
  public func fill(
    _ destination: UnsafeMutablePointer<Float>, with indices: some Sequence<Int>
  ) throws {
    try images.fill(destination, with: indices, channels: channels)
  }

  /// Says which images will be used next, so that those of a cache are fetched from the disk meanwhile.
  package func announce(_ indices: some Sequence<Int>) { images.announce(indices) }
}
