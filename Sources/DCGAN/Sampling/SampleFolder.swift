import Files
import Foundation
import Imaging

/// A folder of samples: `sample-0001.png` and so on, the sheet `samples.png`, `samples.csv`,
/// `samples.json` with how they were drawn, and for a walk between latents `samples.gif`.
public final class SampleFolder {
  /// The folder.
  public let path: String
  /// How many samples were added.
  public private(set) var count = 0
  private var table = header
  private var sheet: [PixelImage] = []
  private let holdsEarlier: Bool

  /// Images on the contact sheet at most.
  public static let sheetImages = 512

  /// The name of the table, and its first line.
  static let tableName = "samples.csv"
  private static let header = "file,candidate,score,calibrated\n"
  /// What the first line begins with, in older tables too.
  private static let columns = "file,candidate,score"
  private static let sheetName = "samples.png"
  private static let animationName = "samples.gif"

  /// Makes the folder where there is none. The files of an earlier drawing stay until the first
  /// sample of this one comes, so that a drawing that finds nothing destroys nothing.
  ///
  /// Throws `FileError` where the folder cannot be written, or holds pictures under the names of
  /// samples that are no drawing's.
  public init(path: String) throws {
    self.path = path
    holdsEarlier = Folder.exists("\(path)/\(Self.tableName)")
    try Folder.create(path)
    try AtomicFile.removeLeftovers(in: path)
    if !holdsEarlier { try refuseOthersPictures() }
    try Folder.checkWritable(file: tablePath)
    if !holdsEarlier { try AtomicFile.write(Array(table.utf8), to: tablePath) }
  }

  private func refuseOthersPictures() throws {
    let others = try Folder.names(in: path).filter {
      Self.isPicture($0) && !Folder.isFolder("\(path)/\($0)")
    }
    guard let first = others.min() else { return }
    throw FileError(
      path: path, action: "use",
      reason: "\(quoted(first)) is in it without a \(Self.tableName) and would be replaced; "
        + "move it away, or name another folder")
  }

  /// Removes the files of an earlier drawing: only those named as this type names them, and only
  /// where a `samples.csv` stood beside them.
  private func clear() throws {
    let others = [Self.animationName, SampleRecipe.fileName]
    for name in try Folder.names(in: path) where Self.isPicture(name) || others.contains(name) {
      try Folder.remove("\(path)/\(name)")
    }
    try AtomicFile.write(Array(Self.header.utf8), to: tablePath)
  }

  /// The path of the contact sheet.
  public var sheetPath: String { Self.sheetPath(in: path) }
  /// The path of the animation.
  public var animationPath: String { "\(path)/\(Self.animationName)" }
  /// The path of the table.
  public var tablePath: String { "\(path)/\(Self.tableName)" }

  /// Returns the name of the file of sample `index`, counted from 0.
  public static func name(_ index: Int) -> String {
    let digits = String(index + 1)
    return "sample-\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits).png"
  }

  /// Tells whether a table as this type writes it lies in a folder; one that cannot be read does
  /// not count.
  package static func hasTable(in folder: String) -> Bool {
    guard let file = try? FileReader(path: "\(folder)/\(tableName)") else { return false }
    var start = Array(repeating: 0 as UInt8, count: columns.utf8.count)
    guard (try? start.withUnsafeMutableBytes { try file.read(at: 0, into: $0) }) != nil else {
      return false
    }
    return start == Array(columns.utf8)
  }

  /// Tells whether a picture is the contact sheet of the drawing beside it, and no sample.
  package static func isSheet(_ path: String) -> Bool {
    let folder = Folder.parent(of: path)
    return path == sheetPath(in: folder) && hasTable(in: folder)
  }

  /// Returns the path of the contact sheet in a folder.
  package static func sheetPath(in folder: String) -> String { "\(folder)/\(sheetName)" }

  /// Tells whether a name is that of a sample or of the sheet.
  static func isPicture(_ name: String) -> Bool { name == sheetName || isSample(name) }

  /// Tells whether a name is that of a sample.
  static func isSample(_ name: String) -> Bool {
    guard name.hasPrefix("sample-"), name.hasSuffix(".png") else { return false }
    guard let number = Int(name.dropFirst(7).dropLast(4)), number > 0 else { return false }
    return name == Self.name(number - 1)
  }

  /// Writes an image and notes its line; the first replaces the samples of an earlier drawing.
  ///
  /// Throws `ImageError` and `FileError`.
  public func add(_ sample: Sampler.Sample) throws {
    if count == 0 && holdsEarlier { try clear() }
    let name = Self.name(count)
    try sample.image.writePNG(to: "\(path)/\(name)")
    let calibrated = sample.calibrated.map { "\($0)" } ?? ""
    table += "\(name),\(sample.candidate),\(sample.score),\(calibrated)\n"
    if sheet.count < Self.sheetImages { sheet.append(sample.image) }
    count += 1
  }

  /// Writes the table with the columns `file,candidate,score,calibrated`, the last one empty where the
  /// checkpoint has no calibration, and the sheet, eight images in a row;
  /// nothing where no sample was added.
  ///
  /// Throws `FileError` and `ImageError`.
  ///
  /// - Parameters:
  ///   - recipe: How the samples were drawn, to be written as well.
  ///   - isAnimated: Whether the images of the sheet are also shown one after the other, ten a second,
  ///     the last for a second.
  public func finish(_ recipe: SampleRecipe? = nil, isAnimated: Bool = false) throws {
    guard count > 0 else { return }
    try AtomicFile.write(Array(table.utf8), to: tablePath)
    try recipe?.write(to: path)
    guard !sheet.isEmpty else { return }
    try ContactSheet(columns: min(8, sheet.count)).image(of: sheet).writePNG(to: sheetPath)
    if isAnimated {
      let frames = sheet.map { $0.withoutRepeatedChannels() }
      try GIFAnimation(frames: frames, delayCentiseconds: 10, lastDelayCentiseconds: 100)
        .write(to: animationPath)
    }
  }
}
