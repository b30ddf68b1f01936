import Support

/// The classes that the folders of a data set part its images into.
public struct FolderClasses: Equatable, Sendable {
  /// The names, sorted by their bytes; the place of a name is the label of its images.
  public let names: [String]

  /// Classes that a data set may have.
  public static let range = 2...64

  /// Finds the classes of a listing: the folders of the first level, below the one that names the part of
  /// the data set, at which its images part.
  ///
  /// - Parameter chosen: the classes, where they are known; two at least, else the folders tell them.
  /// - Throws: `DataSetError` where an image lies in no such folder, or there are too few or too many.
  public init(of listing: ImageFolder, chosen: [String] = []) throws(DataSetError) {
    let paths = listing.files.map { Self.folders(on: $0.path) }
    if chosen.count >= 2 {
      names = Self.sorted(Set(chosen))
    } else {
      let level = Self.level(at: paths)
      if let place = paths.firstIndex(where: { $0.count <= level }) {
        throw DataSetError(
          .unsuitableClasses,
          "\(listing.root): expected every image in the folder of a class, such as NORMAL or PNEUMONIA, "
            + "found \(quoted(listing.files[place].path)) in none; move it into one, or train without "
            + "\(.conditional)")
      }
      names = Self.sorted(Set(paths.map { $0[level] }))
    }
    guard Self.range.contains(names.count) else {
      let list = names.prefix(3).map(quoted).joined(separator: ", ")
      throw DataSetError(
        .unsuitableClasses,
        "\(listing.root): expected from \(Self.range.lowerBound) to \(Self.range.upperBound) folders of "
          + "classes, found \(names.count) (\(list)\(names.count > 3 ? " …" : "")); name the classes "
          + "with \(.classes), or train without \(.conditional)")
    }
  }

  /// Takes the names of classes that are known, in the order of their labels.
  public init(names: [String]) { self.names = names }

  /// Returns the label of the image at a path relative to the data folder; nil where it lies in no
  /// folder of a class.
  public func label(of path: String) -> Int? {
    for folder in Self.folders(on: path) {
      if let label = names.firstIndex(of: folder) { return label }
    }
    return nil
  }

  /// Returns the first level at which paths part; 0 where they never do.
  private static func level(at paths: [[String]]) -> Int {
    let shortest = paths.map(\.count).min() ?? 0
    for level in 0..<shortest where paths.contains(where: { $0[level] != paths[0][level] }) {
      return level
    }
    return 0
  }

  /// Returns the folders that may name a class: those below the one that names a part of the data set,
  /// or where there are none, those above it with what it says besides.
  private static func folders(on path: String) -> [String] {
    let folders = path.split(separator: "/").dropLast().map(String.init)
    guard let part = folders.lastIndex(where: { DataSplit.named(by: $0) != nil }) else {
      return folders
    }
    let below = folders[(part + 1)...]
    if !below.isEmpty { return Array(below) }
    return folders[..<part] + Array(DataSplit.classes(named: folders[part]).dropFirst())
  }

  private static func sorted(_ names: Set<String>) -> [String] {
    names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
