import Files
import Imaging
import Support

/// What an earlier export of synthetic images left in a folder, of which nothing else may be lost.
struct EarlierDataSet {
  private let path: String
  /// Its images, by their paths relative to the folder.
  private var images: [String] = []
  /// Its card, and its table among the images, likewise.
  private var texts: [String]
  /// The folders of its classes and the one that holds them, likewise.
  private var folders: [String] = []

  /// How every card begins.
  private static let cardStart = "---\npretty_name: "

  /// Looks into a folder; what is hidden there, as systems leave it, stays.
  ///
  /// Throws `FileError` where the folder holds anything that such an export does not.
  init(in path: String) throws {
    self.path = path
    let names = try Self.names(in: path)
    if let other = names.first(where: { !Self.isOwn($0, in: path) }) {
      throw Self.refusal(path, other)
    }
    // Without the table a folder of images is anybody's.
    if let first = names.first, !names.contains(SyntheticDataSet.table) {
      throw Self.refusal(path, first)
    }
    texts = names.filter { $0 == SyntheticDataSet.cardName }
    guard names.contains(SyntheticDataSet.part) else { return }
    try enterPart()
  }

  /// Looks into the folder of the images.
  private mutating func enterPart() throws {
    for name in try Self.names(in: "\(path)/\(SyntheticDataSet.part)") {
      let inner = "\(SyntheticDataSet.part)/\(name)"
      if name == SyntheticDataSet.table, Self.isOwn(inner, in: path) {
        texts.append(inner)
        continue
      }
      guard Folder.isFolder("\(path)/\(inner)") else { throw Self.refusal(path, inner) }
      folders.append(inner)
      for image in try Self.names(in: "\(path)/\(inner)").map({ "\(inner)/\($0)" }) {
        guard Self.isImage(image, in: path) else { throw Self.refusal(path, image) }
        images.append(image)
      }
    }
    folders.append(SyntheticDataSet.part)
  }

  /// Removes the images, the card, and the folders that are empty then: one without images would be a
  /// class without images to whoever loads the rest. The table stays, to be replaced: without it nobody
  /// could tell whose folder it is. Throws `FileError`.
  func remove() throws {
    for file in images { try Folder.remove("\(path)/\(file)") }
    for folder in folders.map({ "\(path)/\($0)" }) {
      try AtomicFile.removeLeftovers(in: folder)
      try Folder.removeIfEmpty(folder)
    }
    for file in texts { try Folder.remove("\(path)/\(file)") }
  }

  /// Returns what is not hidden in a folder.
  private static func names(in folder: String) throws -> [String] {
    try Folder.names(in: folder).filter { !$0.hasPrefix(".") }
  }

  /// Returns whether what lies at a path in the folder is the table, one among the images, the card or the
  /// folder of the images.
  private static func isOwn(_ name: String, in path: String) -> Bool {
    switch name {
    case SyntheticDataSet.part: Folder.isFolder("\(path)/\(name)")
    case SyntheticDataSet.cardName: begins("\(path)/\(name)", with: cardStart)
    case SyntheticDataSet.table, "\(SyntheticDataSet.part)/\(SyntheticDataSet.table)":
      begins("\(path)/\(name)", with: SyntheticDataSet.header + "\n")
    default: false
    }
  }

  /// Returns whether a file has the name and the mark of an image of an export.
  private static func isImage(_ file: String, in path: String) -> Bool {
    let name = file.split(separator: "/").last.map(String.init) ?? ""
    guard name.hasPrefix("image-"), let number = Int(name.dropFirst(6).dropLast(4)), number > 0,
      name == SyntheticDataSet.name(number - 1)
    else { return false }
    return ImageMark.read(at: "\(path)/\(file)")?.kind == .sample
  }

  /// Returns whether a file begins with a text; one that cannot be read does not.
  private static func begins(_ path: String, with text: String) -> Bool {
    guard let file = try? FileReader(path: path) else { return false }
    var start = Array(repeating: 0 as UInt8, count: text.utf8.count)
    guard (try? start.withUnsafeMutableBytes { try file.read(at: 0, into: $0) }) != nil else {
      return false
    }
    return start.elementsEqual(text.utf8)
  }

  private static func refusal(_ path: String, _ name: String) -> FileError {
    FileError(
      path: path, action: "use",
      reason:
        "it holds \(quoted(name)), which is not of an earlier data set of dcgan; name a new or "
        + "empty folder")
  }
}
