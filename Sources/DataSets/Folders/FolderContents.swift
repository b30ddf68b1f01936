import Files
import Foundation
import Imaging
import Support

/// What a data folder holds, looked at once: the image files with the part of the data set that each
/// belongs to, and what else lies there.
package struct FolderContents: Sendable {
  /// The folder, as it was given.
  package let root: String
  /// The paths of what is no image, by what it is.
  package let passedOver: [PassedOver: [String]]
  /// The patterns of names to leave out that no name matches.
  package let unusedExclusions: [String]
  /// All image files, sorted by the bytes of their paths.
  private let files: [ImageFolder.File]
  /// The part that each file belongs to and the folder that says so; nil where none does.
  private let places: [SplitPlace?]
  /// The patients and images of the parts that the patients were divided into; nil where they were not.
  package let patients: [DataAccount.PatientCount]?

  /// Looks at a folder.
  ///
  /// - Parameters:
  ///   - excluded: The shell patterns of names that are left out.
  ///   - includesOwnPictures: Whether pictures that this program made count as images.
  ///   - includesSynthetic: Whether single images that it drew do, although its other pictures do not.
  ///   - patients: Divides the patients into parts; nil where the folders tell those, if any.
  /// - Throws: `DataSetError` where there is no such folder, it cannot be listed, or its patients cannot
  ///   be divided.
  package init(
    root: String, excluding excluded: [String] = [], includesOwnPictures: Bool = false,
    includesSynthetic: Bool = false, dividing patients: PatientSplit? = nil
  ) throws(DataSetError) {
    if ArchivePath.isArchive(root) { try Self.checkArchive(root) }
    guard let status = fileStatus(root), status.isFolder else {
      let found = fileStatus(root) == nil ? "there is nothing at that path" : "it is not a folder"
      throw DataSetError(
        .notAFolder,
        "\(root): expected a folder of images; \(found)\(Self.advice(at: root)); "
          + "name the folder with the images")
    }
    let walk = try FolderWalk(
      root: root, excluding: excluded, includesOwnPictures: includesOwnPictures,
      includesSynthetic: includesSynthetic)
    self.root = root
    passedOver = walk.passedOver
    unusedExclusions = excluded.indices.filter { !walk.usedExclusions.contains($0) }
      .map { excluded[$0] }
    files = walk.files
    let named = files.map(SplitPlace.init)
    guard let patients else {
      (places, self.patients) = (named, nil)
      return
    }
    if let place = named.compactMap({ $0 }).first { throw Self.alreadyDivided(root, place) }
    let all = ImageFolder(
      root: root, split: .all, files: files,
      origin: SplitOrigin(reason: .undivided, folders: [], all: files.count))
    let division = try PatientDivision(of: all, patients)
    places = division.parts.map { SplitPlace(split: $0, folder: nil) }
    self.patients = division.counts
  }

  /// Looks at a folder for the images of a selection; otherwise as the initializer above.
  package init(
    root: String, _ selection: DataSelection, includesOwnPictures: Bool = false
  ) throws(DataSetError) {
    try self.init(
      root: root, excluding: selection.excluded, includesOwnPictures: includesOwnPictures,
      includesSynthetic: selection.includesSynthetic, dividing: selection.patients)
  }

  /// Returns the images that a selection leaves, in order.
  ///
  /// Throws `DataSetError` where there is no such split or class, where the limit is below 1, and where
  /// nothing is left.
  package func listing(_ selection: DataSelection) throws(DataSetError) -> ImageFolder {
    if let limit = selection.limit, limit < 1 {
      throw DataSetError(.invalidLimit, "a limit of \(limit) images leaves none; the minimum is 1")
    }
    let (split, reason) = try resolve(selection.split)
    let part = files.indices.filter { isIn(split, $0) }
    guard !part.isEmpty else { throw nothingFound() }
    let chosen = try choose(selection.classes, of: part)
    let used = Self.spread(chosen, limit: selection.limit)
    return ImageFolder(
      root: root, split: split, files: used.map { files[$0] },
      origin: SplitOrigin(
        reason: reason, folders: Self.folders(used.compactMap { places[$0]?.folder }),
        all: files.count))
  }

  /// Returns images that training on the split `train` leaves out: those for validation, and of the
  /// test images, evenly spread, as many as are missing to `count`; nil where there are none.
  package func heldOut(classes: [String], count: Int) -> ImageFolder? {
    var used: [Int] = []
    for split in [DataSplit.val, .test] where used.count < count {
      let part = files.indices.filter { isIn(split, $0) }
      let chosen = (try? choose(classes, of: part)) ?? []
      used += Self.spread(chosen, limit: count - used.count)
    }
    guard !used.isEmpty else { return nil }
    return ImageFolder(
      root: root, split: .all, files: used.map { files[$0] },
      origin: SplitOrigin(
        reason: .asked, folders: Self.folders(used.compactMap { places[$0]?.folder }),
        all: files.count))
  }

  /// Whether the folders tell training images from others.
  private var hasTraining: Bool { places.contains { $0?.split == .train } }

  /// Returns whether file `index` belongs to a part; where no folder is named as that for training, what lies
  /// in no other part's folder is.
  private func isIn(_ split: DataSplit, _ index: Int) -> Bool {
    if split == .all { return true }
    guard let place = places[index] else { return split == .train && !hasTraining }
    return place.split == split
  }

  private func resolve(
    _ split: DataSplit?
  ) throws(DataSetError) -> (DataSplit, SplitOrigin.Reason) {
    let named = Set(places.compactMap { $0?.split })
    if patients != nil, split.map(named.contains) ?? true { return (split ?? .train, .patients) }
    let hasRest = !named.isEmpty && places.contains { $0 == nil }
    guard let split else {
      if named.contains(.train) { return (.train, .named) }
      if hasRest { return (.train, .rest) }
      return (.all, named.isEmpty ? .undivided : .onlyHeldOut)
    }
    guard split == .all || named.contains(split) || split == .train && hasRest else {
      throw noSuchSplit(split)
    }
    return (split, .asked)
  }

  /// Keeps the files that lie in a folder of one of the classes.
  private func choose(_ classes: [String], of part: [Int]) throws(DataSetError) -> [Int] {
    guard !classes.isEmpty else { return part }
    let folders = part.map { Set(files[$0].folders.flatMap(DataSplit.classes)) }
    let known = folders.reduce(into: Set<String>()) { $0.formUnion($1) }
    for name in classes where !known.contains(name) { throw noSuchClass(name, known) }
    return zip(part, folders).filter { !$0.1.isDisjoint(with: classes) }.map(\.0)
  }

  /// Keeps `limit` files: of n the ones at `floor(i * n / limit)`.
  private static func spread(_ part: [Int], limit: Int?) -> [Int] {
    guard let limit, limit < part.count else { return part }
    return (0..<limit).map { part[$0 * part.count / limit] }
  }

  private static func folders(_ folders: [String]) -> [String] { Set(folders).sorted() }
}

/// The part of a data set that a file belongs to.
private struct SplitPlace {
  let split: DataSplit
  /// The path of the folder that says so, relative to the data folder; nil where its patient does.
  let folder: String?

  /// Joins the two.
  init(split: DataSplit, folder: String?) { (self.split, self.folder) = (split, folder) }

  /// Finds the first folder on a file's path whose name tells a part; nil where none does.
  init?(_ file: ImageFolder.File) {
    let folders = file.folders
    for (depth, name) in folders.enumerated() {
      guard let split = DataSplit.named(by: name) else { continue }
      (self.split, folder) = (split, folders[...depth].joined(separator: "/"))
      return
    }
    return nil
  }
}

extension FolderContents {
  /// Throws where a zip archive cannot be read.
  private static func checkArchive(_ path: String) throws(DataSetError) {
    do {
      _ = try ArchivePath(path)
    } catch {
      let reason = (error as? FileError)?.reason ?? "\(error)"
      throw DataSetError(.unreadableFolder, "\(path): \(reason)")
    }
  }

  /// What to do with a file that was given for a folder.
  private static func advice(at path: String) -> String {
    guard fileStatus(path)?.isFile == true, let format = FileFormat.read(at: path),
      format.isArchive
    else { return "" }
    return ", it is \(format.words)"
  }

  private static func alreadyDivided(_ root: String, _ place: SplitPlace) -> DataSetError {
    DataSetError(
      .alreadyDivided,
      "\(root): expected a folder that is not divided yet, found \(quoted(place.folder ?? "")), named "
        + "like the \(place.split.rawValue) images; leave out \(.splitByPatient), or name a folder that "
        + "holds all images")
  }

  private func nothingFound() -> DataSetError {
    if let synthetic = passedOver[.synthetic] { return onlySynthetic(synthetic) }
    let suffixes = FolderWalk.suffixes.map { "." + $0 }.joined(separator: " ")
    let others = passedOver.filter { $0.key != .system && $0.key != .document }
      .sorted { ($1.value.count, $0.key.noun) < ($0.value.count, $1.key.noun) }
      .map { kind, paths in
        kind.counted(paths.count) + (kind.advice(for: paths.count).map { " (\($0))" } ?? "")
      }
    let found = others.isEmpty ? "" : "; found " + others.joined(separator: ", ")
    return DataSetError(
      .noImages,
      "\(root): no images found, searching for \(suffixes) at any depth\(found); "
        + "name a folder with images")
  }

  private func onlySynthetic(_ paths: [String]) -> DataSetError {
    DataSetError(
      .noImages,
      "\(root): expected real images, found only \(PassedOver.synthetic.counted(paths.count)), "
        + "the first \(quoted(paths[0])); a generator that learns from generated images "
        + "repeats their faults; name a folder of real images, or give \(.allowsSynthetic) to train on "
        + "these")
  }

  private func noSuchSplit(_ split: DataSplit) -> DataSetError {
    let folders = Set(files.compactMap(\.folders.first)).sorted()
    let found =
      folders.isEmpty
      ? "the images are in no folders" : "the folders with images are \(shortList(folders))"
    let others = split.usualNames.filter { $0 != split.rawValue }.joined(separator: ", ")
    return DataSetError(
      .noSuchSplit,
      "\(root): expected a folder '\(split.rawValue)' for that split (or \(others)); \(found); "
        + "choose another \(.split), or all")
  }

  private func noSuchClass(_ name: String, _ known: Set<String>) -> DataSetError {
    let found =
      known.isEmpty
      ? "the images are in no folders"
      : "the folders with images are \(shortList(nearestFirst(known, to: name)))"
    let meant = known.first { $0.lowercased() == name.lowercased() }
    let parts = name.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    let advice: Message =
      known.isEmpty
      ? "leave out \(.classes)"
      : meant.map { "names are case-sensitive: \(.classes, $0)" }
        ?? (parts.count > 1 && known.isSuperset(of: parts)
          ? parts.reduce("give") { $0 + " \(.classes, $1)" }
          : "choose one of those with \(.classes)")
    return DataSetError(
      .noSuchClass, "\(root): no images in a folder '\(name)'; \(found); \(advice)")
  }
}
