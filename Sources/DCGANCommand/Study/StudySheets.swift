import Foundation
import Imaging
import Study

/// The examples of a study's page: for each share a sheet of real images and one of synthetic ones, as
/// JPEG files.
///
/// All sheets together have at most `mostPixels`, so that the page stays below 2 MB: the images are made
/// smaller, and where they would come below `leastSide`, classes are left out.
struct StudySheets {
  /// A picture of images by class.
  struct Sheet {
    let width: Int
    let height: Int
    let jpeg: Data
  }

  /// The sheets by share.
  let shares: [(share: Double, real: Sheet, synthetic: Sheet?)]
  /// The classes that are shown.
  let classes: Int
  /// The rows and columns of an image.
  let side: Int

  private static let quality = 80
  private static let mostPixels = 1 << 21
  private static let largestSide = 128
  private static let leastSide = 32

  /// Draws the sheets; throws `ImageError` where one cannot be encoded.
  init(_ examples: [StudyExamples]) throws {
    let rows = examples.map(\.classes)
    let images = rows.joined().map { max($0.real.count, $0.synthetic.count) }.max() ?? 0
    let tiles = max(1, 2 * images * examples.count)
    let most = rows.map(\.count).max() ?? 0
    classes = min(most, max(2, Self.mostPixels / (tiles * Self.leastSide * Self.leastSide)))
    let original = rows.first?.first?.real.first?.width ?? Self.leastSide
    let area = Double(Self.mostPixels) / Double(tiles * max(1, classes))
    side = min(original, Self.largestSide, max(1, Int(area.squareRoot())))
    let (count, side) = (classes, side)
    shares = try examples.map { example in
      let shown = example.classes.prefix(count)
      let isSynthetic = shown.contains { !$0.synthetic.isEmpty }
      return (
        example.share, try Self.sheet(shown.map { ($0.name, $0.real) }, side),
        try isSynthetic ? Self.sheet(shown.map { ($0.name, $0.synthetic) }, side) : nil
      )
    }
  }

  private static func sheet(
    _ groups: [(label: String, tiles: [PixelImage])], _ side: Int
  ) throws -> Sheet {
    let image = ContactSheet.image(
      of: groups.map { label, tiles in
        (
          label,
          tiles.map { $0.width == side ? $0 : DecodedImage($0).squared(to: side) }
        )
      })
    return Sheet(
      width: image.width, height: image.height,
      jpeg: try image.jpegData(quality: quality, file: "study.html"))
  }
}
