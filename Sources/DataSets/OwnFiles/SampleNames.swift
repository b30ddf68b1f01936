import Files
import Imaging

/// The names in a folder of samples, by which it is told from other folders of images.
package enum SampleNames {
  /// The table of the samples.
  package static let table = "samples.csv"
  /// What the first line of the table begins with, in those of older versions too.
  package static let columns = "file,candidate,score"
  /// The contact sheet in the folders of older versions.
  package static let oldSheet = "samples.png"
  /// The animation in the folders of older versions.
  package static let oldAnimation = "samples.gif"

  /// Returns the path of the table in a folder of samples.
  package static func tablePath(in folder: String) -> String { "\(folder)/\(table)" }

  /// Returns the name of the file of sample `index`, counted from 0, of a format with the given suffix.
  package static func sample(_ index: Int, suffix: String = "png") -> String {
    let digits = String(index + 1)
    return "sample-\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits).\(suffix)"
  }

  /// Returns whether a name is that of a sample, of any format.
  package static func isSample(_ name: String) -> Bool {
    guard let number = Int(name.dropFirst(7).dropLast(4)), number > 0 else { return false }
    return ["png", "dcm"].contains { name == sample(number - 1, suffix: $0) }
  }

  /// Returns whether a name is that of a sample or of an older version's sheet.
  package static func isPicture(_ name: String) -> Bool { name == oldSheet || isSample(name) }

  /// Returns whether a table of samples lies in a folder; one that cannot be read does not count.
  package static func hasTable(in folder: String) -> Bool {
    guard let file = try? FileReader(path: tablePath(in: folder)) else { return false }
    var start = Array(repeating: 0 as UInt8, count: columns.utf8.count)
    guard (try? start.withUnsafeMutableBytes { try file.read(at: 0, into: $0) }) != nil else {
      return false
    }
    return start == Array(columns.utf8)
  }

  /// Returns whether a picture shows others, and is no sample: it is marked so, or is the contact sheet
  /// that an older version put into the folder of a drawing.
  package static func isSheet(_ path: String) -> Bool {
    if let mark = ImageMark.read(at: path) { return sheetKinds.contains(mark.kind) }
    let folder = Folder.parent(of: path)
    return path == "\(folder)/\(oldSheet)" && hasTable(in: folder)
  }

  private static let sheetKinds: [ImageMark.Kind] = [
    .sampleSheet, .walk, .progress, .grid, .realImages, .nearest,
  ]
}
