import Imaging

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
  public let files: [String]
  /// The size of the images; nil where no size is that of half of them.
  public let size: Size?
  /// The pixels of the images' shorter side; of different sizes the median.
  public let shorterSide: Int
  /// Whether the images have colour.
  public let isColour: Bool
  /// The other images, sorted.
  public let leftOut: [LeftOut]

  /// The full paths of the images.
  public var paths: [String] { files.map { join(folder, $0) } }

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
    let file: String
    let size: Size
    let channels: Int
    let hasColour: Bool

    /// Looks at a file; a JPEG's colours are seen in a smaller picture of it.
    init(_ file: String, at path: String) throws(ImageError) {
      let decoded = try DecodedImage(
        contentsOf: path, forShorterSide: SettingBounds.sizes.first)
      self.file = file
      size = Size(width: decoded.fullWidth, height: decoded.fullHeight)
      channels = decoded.image.channels
      hasColour = decoded.image.withoutRepeatedChannels().channels == 3
    }
  }

  /// Looks at all images of a folder, at any depth, but for contact sheets of this program.
  ///
  /// - Parameter progress: is told how many of how many were looked at.
  /// - Throws: `DataSetError` where there is no such folder or no image in it that can be read.
  public init(
    in folder: String, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws(DataSetError) {
    let listing = try ImageFolder(root: folder, split: .all, includesOwnPictures: true)
    let listed = listing.files.filter { !SampleFolder.isSheet(listing.path(of: $0)) }
    guard !listed.isEmpty else {
      throw DataSetError(
        .noImages, "\(folder): expected generated images, found but a sheet of them")
    }
    var looks: [Look] = []
    var leftOut: [LeftOut] = []
    for (index, file) in listed.enumerated() {
      do throws(ImageError) {
        if let problem = file.problem {
          throw ImageError(.unreadable, file: file.path, problem: problem)
        }
        looks.append(try Look(file.path, at: listing.path(of: file)))
      } catch {
        leftOut.append(LeftOut(file: file.path, reason: error.problem))
      }
      progress(index + 1, listed.count)
    }
    guard !looks.isEmpty else {
      throw DataSetError(
        .noReadableImages,
        "\(folder): none of the \(leftOut.count) images can be read; the first, "
          + "\(quoted(leftOut[0].file)): \(leftOut[0].reason); give whole JPEG or PNG files")
    }
    self.folder = folder
    let size = Self.commonSize(of: looks)
    let equal = looks.filter { size == nil || $0.size == size }
    let isColour = 2 * equal.count(where: \.hasColour) >= equal.count
    let isAlike = { (look: Look) in
      (size == nil || look.size == size) && (isColour ? look.channels == 3 : !look.hasColour)
    }
    files = looks.filter(isAlike).map(\.file)
    leftOut += looks.filter { !isAlike($0) }.map {
      LeftOut(file: $0.file, reason: Self.words($0.size, isColour: $0.hasColour))
    }
    let sides = equal.map { min($0.size.width, $0.size.height) }.sorted()
    (self.size, shorterSide, self.isColour) = (size, sides[(sides.count - 1) / 2], isColour)
    self.leftOut = leftOut.sorted { $0.file.utf8.lexicographicallyPrecedes($1.file.utf8) }
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

  /// Says which images are measured or shown and which are left out; nil where none is.
  public var warning: String? {
    guard !leftOut.isEmpty else { return nil }
    let shown = leftOut.prefix(Self.mostNamed).map { "\(quoted($0.file)) (\($0.reason))" }
    let others = leftOut.count - shown.count
    return "\(folder): the \(files.count) images of \(description), are used; left out: "
      + shown.joined(separator: ", ") + (others > 0 ? " and \(others) more" : "")
  }

  /// Files that a warning names.
  private static let mostNamed = 5
}
