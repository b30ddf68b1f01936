import DataSets
import Files
import Foundation
import Imaging
import Samples
import Support

/// As many real images as synthetic ones, which nothing but their pixels tells apart: in random
/// order, under random names, of one size, in grey, in as many bytes.
public struct BlindReview: Sendable {
  /// An image as readers see it.
  public struct Picture: Equatable, Sendable {
    /// The name, which says nothing.
    public let id: String
    /// The picture, of one channel.
    public let image: PixelImage
  }

  /// What is shown, in this order.
  public let pictures: [Picture]
  /// What the pictures are.
  public package(set) var key: ReviewKey

  /// What to show.
  public struct Request: Sendable {
    /// The folder of the samples: that of `dcgan sample`, or any folder of images that are alike.
    public let samples: String
    /// The folder of the data set.
    public let data: String
    /// The images of it that real ones are taken from.
    public let selection: DataSelection
    /// How the samples' run reads images, but for size and channels, which are those of the samples.
    public let reading: ImageReading?
    /// Images of each kind at most.
    public let count: Int
    /// Seeds choice, order and names.
    public let seed: UInt64

    /// Collects the settings.
    public init(
      samples: String, data: String, selection: DataSelection = DataSelection(),
      reading: ImageReading? = nil, count: Int, seed: UInt64
    ) {
      (self.samples, self.data, self.selection) = (samples, data, selection)
      (self.reading, self.count, self.seed) = (reading, count, seed)
    }
  }

  /// An image with what the key says of it.
  private typealias Candidate = (image: PixelImage, entry: ReviewKey.Entry)

  /// Chooses and reads the images: of either kind `count`, or as many as there are of the rarer one.
  ///
  /// - Parameters:
  ///   - onSkip: Takes what is wrong with a real image that cannot be read; another takes its place.
  ///   - onWarning: Takes which images of a folder without a table are left out.
  ///   - onProgress: Is told how many of the images are read.
  /// - Throws: `FileError`, `TableError` and `ImageError` for the samples, `DataSetError` for the
  ///   data set.
  public init(
    _ request: Request, onSkip: (ImageError) -> Void = { _ in },
    onWarning: (String) -> Void = { _ in },
    onProgress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws {
    let draw = BlindDraw(seed: request.seed)
    let samples = try ReviewSamples(in: request.samples)
    if let warning = samples.warning { onWarning(warning) }
    let listed = samples.samples
    let listing = try ImageFolder(root: request.data, request.selection)
    let wanted = min(request.count, listed.count, listing.files.count)
    let chosen = draw.samples(listed.count).prefix(wanted).map { listed[$0] }
    var synthetic: [Candidate] = []
    for sample in chosen {
      synthetic.append(try Self.read(sample, of: samples, like: synthetic.first?.image))
      onProgress(synthetic.count, 2 * wanted)
    }
    let size = synthetic[0].image.width
    let channels = synthetic[0].image.channels
    var reading = request.reading ?? ImageReading(size: size, channels: channels)
    (reading.size, reading.channels) = (size, channels)
    let classes = FolderClasses(names: Set(listed.compactMap(\.className)).sorted())
    let real = try Self.readReal(
      listing, classes, draw, count: wanted, reading, onSkip: onSkip
    ) { onProgress(wanted + $0, 2 * wanted) }
    let both = real + synthetic.prefix(real.count)
    let shown = draw.order(both.count).map { both[$0] }
    pictures = zip(draw.names(both.count), shown).map {
      Picture(id: $0, image: $1.image.grey())
    }
    key = ReviewKey(
      review: Self.name(of: pictures), seed: request.seed, size: size,
      samples: request.samples,
      drawn: try SampleRecipe.beside(table: SampleNames.tablePath(in: request.samples)),
      data: request.data, split: listing.split.rawValue, classes: request.selection.classes,
      images: zip(pictures, shown).map { picture, candidate in
        var entry = candidate.entry
        entry.id = picture.id
        return entry
      })
  }

  /// Reads a sample.
  private static func read(
    _ sample: ReviewSample, of samples: ReviewSamples, like first: PixelImage?
  ) throws -> Candidate {
    let (image, crc32) = try samples.read(sample, like: first)
    return (
      image,
      ReviewKey.Entry(
        id: "", kind: .synthetic, file: sample.file, candidate: sample.candidate,
        scores: sample.scores, crc32: crc32, className: sample.className)
    )
  }

  /// Reads real images as training does, until there are as many as wanted; of a file whose frames are all
  /// trained on, one of them.
  private static func readReal(
    _ listing: ImageFolder, _ classes: FolderClasses, _ draw: BlindDraw, count: Int,
    _ reading: ImageReading, onSkip: (ImageError) -> Void, onProgress: (Int) -> Void
  ) throws -> [Candidate] {
    var real: [Candidate] = []
    for place in draw.realImages(listing.files.count) where real.count < count {
      let file = listing.files[place]
      let path = listing.path(of: file)
      do throws(ImageError) {
        if let problem = file.problem {
          throw ImageError(.unreadable, file: path, problem: problem)
        }
        // Two frames of one file would be more alike than any two other images.
        let image = try networkImage(at: path, reading: reading) {
          draw.frame(of: $0, ofFile: place)
        }
        real.append(
          (
            image,
            ReviewKey.Entry(
              id: "", kind: .real, file: file.path,
              className: classes.label(of: file.path).map { classes.names[$0] })
          ))
        onProgress(real.count)
      } catch {
        onSkip(error)
      }
    }
    guard !real.isEmpty else {
      throw DataSetError(
        .noReadableImages,
        "\(listing.root): none of the \(listing.files.count) images can be read; give intact JPEG or "
          + "PNG files")
    }
    return real
  }

  /// Names a review after all that its page shows.
  private static func name(of pictures: [Picture]) -> String {
    var sum = Checksum()
    for picture in pictures {
      Array(picture.id.utf8).withUnsafeBytes { sum.add($0) }
      picture.image.pixels.withUnsafeBytes { sum.add($0) }
    }
    return BlindDraw.reviewName(checksum: sum.value)
  }
}
