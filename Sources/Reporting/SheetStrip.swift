import Foundation
import Imaging
import Training

/// A run's progress sheets, compressed and thinned out until they fit a size.
public struct SheetStrip: Equatable, Sendable {
  /// The sheets that are kept, by epoch, ascending.
  public let sheets: [(epoch: Int, picture: ReportPicture)]
  /// The number of sheets that the run has and that can be read.
  public let available: Int
  /// The JPEG quality of the sheets, on libjpeg's scale.
  public let quality: Int
  /// Whether the sheets are shown smaller than they are.
  public let isReduced: Bool

  /// The most bytes that the JPEG files of all sheets may take together: with the other pictures,
  /// and a third more for Base64, a page stays below 10 MB.
  public static let byteBudget = 6_000_000

  /// The qualities that are tried, best first; what does not fit at the last is thinned out.
  package static let qualities = [85, 70, 55]

  /// A sheet in every quality.
  package struct Encodings: Sendable {
    /// The epoch.
    let epoch: Int
    /// One picture for each of `qualities`.
    let byQuality: [ReportPicture]
    let isReduced: Bool

    /// Encodes a sheet; throws `ImageError`.
    package init(_ image: PixelImage, epoch: Int, file: String) throws(ImageError) {
      let shown = ReportPicture.reduced(image)
      var pictures: [ReportPicture] = []
      for quality in SheetStrip.qualities {
        pictures.append(try ReportPicture(shown, quality: quality, file: file))
      }
      self.epoch = epoch
      byQuality = pictures
      isReduced = shown.width != image.width
    }
  }

  /// Takes the best quality at which all sheets fit, else as many as fit at the last, evenly spread
  /// with the first and the last among them; a single sheet always stays.
  package init(_ sheets: [Encodings], byteBudget: Int = byteBudget) {
    func size(_ sheets: [Encodings], _ quality: Int) -> Int {
      sheets.reduce(0) { $0 + $1.byQuality[quality].jpeg.count }
    }
    let last = Self.qualities.count - 1
    let chosen = Self.qualities.indices.first { size(sheets, $0) <= byteBudget } ?? last
    var kept = sheets
    var count = sheets.count
    while size(kept, chosen) > byteBudget && count > 1 {
      count -= 1
      kept =
        count == 1
        ? Array(sheets.suffix(1))
        : ProgressGrid.spread(Array(sheets.indices), count: count).map { sheets[$0] }
    }
    self.sheets = kept.map { ($0.epoch, $0.byQuality[chosen]) }
    available = sheets.count
    quality = Self.qualities[chosen]
    isReduced = sheets.contains { $0.isReduced }
  }

  /// Compares what is shown.
  public static func == (left: SheetStrip, right: SheetStrip) -> Bool {
    left.available == right.available && left.quality == right.quality
      && left.isReduced == right.isReduced
      && left.sheets.elementsEqual(right.sheets, by: { $0 == $1 })
  }
}

/// Reads and encodes a run's sheets, each once as long as its file stays as it is.
final class SheetReader {
  private struct Stamp: Equatable {
    let bytes: Int
    let modified: Date?
  }

  private let folder: RunFolder
  private var known: [Int: (stamp: Stamp, sheet: SheetStrip.Encodings)] = [:]
  /// The last sheet that was read, as it is in its file.
  private(set) var newest: (epoch: Int, image: PixelImage)?

  init(_ folder: RunFolder) { self.folder = folder }

  /// Reads the sheets up to an epoch.
  ///
  /// - Parameters:
  ///   - progress: is told how many are read.
  ///   - onFailure: takes what is wrong with a sheet, which is left out.
  /// - Throws: `FileError` where the folder cannot be listed.
  func read(
    through lastEpoch: Int?, progress: ProgressGrid.Progress, onFailure: (ImageError) -> Void
  ) throws -> [SheetStrip.Encodings] {
    let epochs = try folder.progressEpochs().filter { $0 <= lastEpoch ?? .max }
    var sheets: [SheetStrip.Encodings] = []
    for (index, epoch) in epochs.enumerated() {
      let path = folder.progressPath(epoch: epoch)
      do throws(ImageError) {
        sheets.append(try sheet(epoch, at: path))
      } catch {
        onFailure(error)
      }
      progress(index + 1, epochs.count)
    }
    return sheets
  }

  private func sheet(_ epoch: Int, at path: String) throws(ImageError) -> SheetStrip.Encodings {
    let stamp = Self.stamp(path)
    if let found = known[epoch], found.stamp == stamp { return found.sheet }
    let image = try PixelImage(contentsOf: path).withoutRepeatedChannels()
    let sheet = try SheetStrip.Encodings(image, epoch: epoch, file: path)
    known[epoch] = (stamp, sheet)
    newest = (epoch, image)
    return sheet
  }

  /// Returns what changes when a file is replaced.
  private static func stamp(_ path: String) -> Stamp {
    // A file that cannot be asked about cannot be read either, which then says why.
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return Stamp(
      bytes: attributes?[.size] as? Int ?? -1,
      modified: attributes?[.modificationDate] as? Date)
  }
}
