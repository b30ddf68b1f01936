import Files
import Foundation
import Imaging
import Support

/// The images of a folder that are alike in size and colour, as most of them are.
///
/// Where half of the images or more have one size, those of other sizes are left out. Where most of the
/// rest have no colour, so are those that have some; where most have, those whose files are grey.
public struct EqualImages: Equatable, Sendable {
  /// An image that is unlike most.
  public struct LeftOut: Encodable, Equatable, Sendable {
    /// The path relative to the folder.
    public let file: String
    /// What it is instead, or why it cannot be read.
    public let reason: String
  }

  /// The folder.
  public let folder: String
  /// The images' paths relative to the folder, sorted.
  public var files: [String] { alike.map(\.path) }
  /// The size of the images; nil where no size is that of half of them.
  public let size: Size?
  /// The pixels of the images' shorter side; of different sizes the median.
  public let shorterSide: Int
  /// Whether the images have colour.
  public let isColour: Bool
  /// The other images, sorted.
  public let leftOut: [LeftOut]

  /// The images' files, sorted.
  private let alike: [ImageFolder.File]

  /// The full paths of the images.
  public var paths: [String] { files.map { Folder.join(folder, $0) } }

  /// The size and the colour of the images in words.
  public var description: String { Self.words(size, isColour: isColour) }

  /// The size of an image.
  public struct Size: Hashable, Sendable {
    /// The pixels of a row.
    public let width: Int
    /// The rows.
    public let height: Int
  }

  /// What a file holds.
  private struct Look {
    let file: ImageFolder.File
    let size: Size
    let channels: Int
    let hasColour: Bool

    /// The pixels that are enough to see colours.
    private static let side = 32

    /// Looks at a file; a JPEG's colours are seen in a reduced image.
    init(_ file: ImageFolder.File, _ header: ImageHeader) throws(ImageError) {
      self.file = file
      size = Size(width: header.fullWidth, height: header.fullHeight)
      channels = header.channels
      let image = try header.decode(forSquareOf: Self.side).image
      hasColour = image.withoutRepeatedChannels().channels == 3
    }

    /// Returns whether it is as most are: of their size, where they have one, and of their colour.
    func isAlike(_ common: Size?, isColour: Bool) -> Bool {
      (common == nil || size == common) && (isColour ? channels == 3 : !hasColour)
    }

    /// The same as one that is left out.
    var leftOut: LeftOut {
      LeftOut(file: file.path, reason: EqualImages.words(size, isColour: hasColour))
    }
  }

  /// Looks at all images of a folder, at any depth, but for contact sheets of this program.
  ///
  /// - Parameters:
  ///   - threads: How many are looked at at a time, at most; what is found does not depend on it.
  ///   - progress: Is told how many of how many were looked at, from whatever thread looked.
  /// - Throws: `DataSetError` where there is no such folder or no image in it that can be read.
  public init(
    in folder: String, threads: Int = ProcessInfo.processInfo.activeProcessorCount,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws(DataSetError) {
    let (looks, unreadable) = try Self.looks(at: folder, threads: threads, progress: progress)
    let size = Self.commonSize(of: looks)
    let equal = looks.filter { size == nil || $0.size == size }
    let isColour = 2 * equal.count(where: \.hasColour) >= equal.count
    alike = looks.filter { $0.isAlike(size, isColour: isColour) }.map(\.file)
    let others = looks.filter { !$0.isAlike(size, isColour: isColour) }.map(\.leftOut)
    let sides = equal.map { min($0.size.width, $0.size.height) }.sorted()
    (self.folder, self.size, self.isColour) = (folder, size, isColour)
    shorterSide = sides[(sides.count - 1) / 2]
    leftOut = (unreadable + others).sorted { $0.file.utf8.lexicographicallyPrecedes($1.file.utf8) }
  }

  /// Looks at every image but for contact sheets, at `threads` at a time; one at least can be read. In
  /// a folder that samples were drawn into nothing else counts.
  private static func looks(
    at folder: String, threads: Int, progress: @escaping @Sendable (Int, Int) -> Void
  ) throws(DataSetError) -> ([Look], unreadable: [LeftOut]) {
    let listing = try ImageFolder(root: folder, split: .all, includesOwnPictures: true)
    let images = listing.files.filter { !SampleNames.isSheet(listing.path(of: $0)) }
    let isDrawing =
      SampleNames.hasTable(in: folder) && images.contains { SampleNames.isSample($0.path) }
    let files = isDrawing ? images.filter { SampleNames.isSample($0.path) } : images
    let others = isDrawing ? images.filter { !SampleNames.isSample($0.path) } : []
    guard !files.isEmpty else {
      throw DataSetError(
        .noImages, "\(folder): expected generated images, found only a contact sheet")
    }
    let queue = DecodingQueue(files, of: folder, progress: progress) {
      (file, header) throws(ImageError) in try Look(file, header)
    }
    var looks: [Look] = []
    var unreadable = others.map { LeftOut(file: $0.path, reason: "not one of the samples") }
    for (file, outcome) in zip(files, queue.run(threads: threads)) {
      switch outcome {
      case .success(let look): looks.append(look)
      case .failure(let error): unreadable.append(LeftOut(file: file.path, reason: error.problem))
      case nil: break
      }
    }
    if looks.isEmpty, let first = unreadable.dropFirst(others.count).first {
      throw DataSetError(
        .noReadableImages,
        "\(folder): none of the \(files.count) images can be read; the first, "
          + "\(quoted(first.file)): \(first.reason); give intact image files")
    }
    return (looks, unreadable)
  }

  /// Reads the first images as the networks see them, `threads` at a time; throws `ImageError` for the
  /// first that cannot be read.
  package func networkImages(
    atMost count: Int, reading: ImageReading, threads: Int
  ) throws(ImageError) -> [PixelImage] {
    let queue = DecodingQueue(Array(alike.prefix(count)), of: folder, stopsAtFailure: true) {
      (_, header) throws(ImageError) in try header.decode(for: reading).image
    }
    var images: [PixelImage] = []
    for case let outcome? in queue.run(threads: threads) { images.append(try outcome.get()) }
    return images
  }

  /// Returns the commonest size, of equals the first, where at least half of the images have it.
  private static func commonSize(of looks: [Look]) -> Size? {
    let counts = Dictionary(looks.map { ($0.size, 1) }, uniquingKeysWith: +)
    let most = counts.values.max() ?? 0
    guard 2 * most >= looks.count else { return nil }
    return looks.first { counts[$0.size] == most }?.size
  }

  private static func words(_ size: Size?, isColour: Bool) -> String {
    let size = size.map { "\($0.width)x\($0.height) pixels" } ?? "different sizes"
    return "\(size), \(isColour ? "colour" : "grey")"
  }

  /// The images that are used and those that are left out, in words; nil where none is left out.
  public var warning: String? {
    guard !leftOut.isEmpty else { return nil }
    let shown = leftOut.prefix(Self.mostNamed).map { "\(quoted($0.file)) (\($0.reason))" }
    let others = leftOut.count - shown.count
    return "\(folder): using the \(files.count) images of \(description); left out: "
      + shown.joined(separator: ", ") + (others > 0 ? " and \(others) more" : "")
  }

  /// Files that a warning names.
  private static let mostNamed = 5
}
