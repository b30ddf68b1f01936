import DataSets
import Files
import Foundation
import Imaging
import Support

/// A folder of samples: `sample-0001.png` and so on, or `sample-0001.dcm`, `samples.csv`, and `samples.json` with how they were
/// drawn.
///
/// Nothing else lies in it, so that whatever reads folders of images can read it. The contact sheet lies
/// beside it, under the folder's name with `.png` after it, and so does the animation of a walk between
/// latents, with `.gif`. Older versions put them into the folder, as `samples.png` and `samples.gif`.
public final class SampleFolder {
  /// The folder.
  public let path: String
  /// How many samples were added.
  public private(set) var count = 0
  /// The path of the contact sheet.
  public let sheetPath: String
  /// The path of the animation.
  public let animationPath: String
  private var table: String
  private var sheet: [(image: PixelImage, className: String?)] = []
  private var recipe: SampleRecipe?
  private let isAnimated: Bool
  private let format: SampleFormat
  private let classes: [String]
  private let holdsEarlier: Bool
  private let holdsEarlierSamples: Bool

  /// Images on the contact sheet at most.
  public static let sheetImages = 512

  /// The first line of the table.
  private let header: String

  /// Makes the folder where there is none. The files of an earlier drawing stay until the first
  /// sample of this one comes, so that a drawing that finds nothing destroys nothing.
  ///
  /// Throws `FileError` where the folder cannot be written, holds a table or pictures under the names of
  /// a drawing's that are none, or where something else lies in the place of the sheet or the animation.
  ///
  /// - Parameters:
  ///   - recipe: How the samples are drawn, to be written as well and noted in every picture.
  ///   - classes: The names of the classes that samples may have, which the table then names, too; empty
  ///     where the networks know none.
  ///   - isAnimated: Whether the images of the sheet are also shown one after the other, ten a second,
  ///     the last for a second.
  ///   - format: What the samples are written as; sheet and animation are pictures in any case.
  public init(
    path: String, recipe: SampleRecipe? = nil, classes: [String] = [], isAnimated: Bool = false,
    format: SampleFormat = .png
  ) throws {
    self.path = path
    self.format = format
    self.classes = classes
    header =
      SampleNames.columns + ",calibrated" + (classes.isEmpty ? "" : ",class")
      + (recipe?.select == nil ? "" : ",realism") + "\n"
    table = header
    self.recipe = recipe
    self.isAnimated = isAnimated
    let stem = try Self.stem(of: path)
    (sheetPath, animationPath) = ("\(stem).png", "\(stem).gif")
    holdsEarlier = SampleNames.hasTable(in: path)
    holdsEarlierSamples =
      try holdsEarlier && Folder.names(in: path).contains(where: SampleNames.isSample)
    try Self.refuse(sheetPath, unless: .sampleSheet)
    if isAnimated { try Self.refuse(animationPath, unless: .walk) }
    try Folder.create(path)
    try AtomicFile.removeLeftovers(in: path)
    if !holdsEarlier {
      try refuseOthersTable()
      try refuseOthersPictures()
    }
    try Folder.checkWritable(file: tablePath)
    try Folder.checkWritable(file: sheetPath)
    if !holdsEarlier { try AtomicFile.write(Array(table.utf8), to: tablePath) }
  }

  /// Returns what the names of sheet and animation begin with: the folder's path, by its own name where
  /// the path ends in none.
  ///
  /// Throws `FileError` for the root of all folders, beside which nothing lies.
  private static func stem(of path: String) throws -> String {
    func name(_ path: String) -> Substring { path.split(separator: "/").last ?? "" }
    let isNamed = !["", ".", ".."].contains(name(path))
    var stem = isNamed ? path : Folder.absolute(path)
    while stem.hasSuffix("/") { stem.removeLast() }
    guard !["", ".", ".."].contains(name(stem)) else {
      throw FileError(
        path: path, action: "use",
        reason: "the contact sheet goes beside this folder, where no name can be made for it; name "
          + "another folder, or one inside it")
    }
    return stem
  }

  /// Throws `FileError` where something else than a picture of this kind would be replaced.
  private static func refuse(_ path: String, unless kind: ImageMark.Kind) throws {
    guard Folder.exists(path), ImageMark.read(at: path)?.kind != kind else { return }
    let what = kind == .walk ? "an animation" : "a contact sheet"
    throw FileError(
      path: path, action: "replace",
      reason: "it is not \(what) of samples drawn by dcgan; move it away, or name another folder")
  }

  private func refuseOthersTable() throws {
    guard Folder.exists(tablePath) else { return }
    throw FileError(
      path: tablePath, action: "replace",
      reason:
        "it was not written by dcgan sample, whose tables begin with '\(SampleNames.columns)'; move it away, "
        + "or name another folder")
  }

  private func refuseOthersPictures() throws {
    let others = try Folder.names(in: path).filter {
      (SampleNames.isSample($0) || isOld($0)) && !Folder.isFolder("\(path)/\($0)")
    }
    guard let first = others.min() else { return }
    throw FileError(
      path: path, action: "use",
      reason:
        "it holds \(quoted(first)) but no \(SampleNames.table), and that file would be replaced; "
        + "move it away, or name another folder")
  }

  /// Removes the pictures of an earlier drawing: in the folder only those named as this type names them,
  /// and only where a drawing's `samples.csv` stood beside them; beside the folder only those marked so.
  private func clear() throws {
    for (path, kind) in [(sheetPath, ImageMark.Kind.sampleSheet), (animationPath, .walk)]
    where ImageMark.read(at: path)?.kind == kind {
      try Folder.remove(path)
    }
    guard holdsEarlier else { return }
    for name in try Folder.names(in: path)
    where SampleNames.isSample(name) || isOld(name) || name == SampleRecipe.fileName {
      try Folder.remove("\(path)/\(name)")
    }
    try AtomicFile.write(Array(header.utf8), to: tablePath)
  }

  /// Returns whether a name in the folder is that of an older version's sheet or animation, neither of
  /// which was marked: a marked one is the sheet of a folder `samples` in this one.
  private func isOld(_ name: String) -> Bool {
    [SampleNames.oldSheet, SampleNames.oldAnimation].contains(name)
      && ImageMark.read(at: "\(path)/\(name)") == nil
  }

  /// The path of the table.
  public var tablePath: String { SampleNames.tablePath(in: path) }

  /// Returns the name of the PNG file of sample `index`, counted from 0.
  public static func name(_ index: Int) -> String { SampleNames.sample(index) }

  /// How the samples are selected; nil where they are not.
  public var selection: SelectionRecipe? { recipe?.select }

  /// Whether no sample was added, and those of an earlier drawing are still there.
  public var holdsOnlyEarlierSamples: Bool { count == 0 && holdsEarlierSamples }

  /// Notes how the samples were selected, for the recipe.
  public func note(_ selection: SelectionRecipe) { recipe?.select = selection }

  /// Writes an image and notes its line; the first replaces the samples of an earlier drawing.
  ///
  /// Throws `ImageError` and `FileError`.
  public func add(_ sample: Sampler.Sample) throws {
    if count == 0 { try clear() }
    let name = SampleNames.sample(count, suffix: format.suffix)
    let mark = ImageMark.own(
      .sample, recipe, candidate: sample.candidate, className: sample.className)
    switch format {
    case .png: try sample.image.writePNG(to: "\(path)/\(name)", mark: mark)
    case .dicom: try sample.image.writeDICOM(to: "\(path)/\(name)", mark: mark)
    }
    let numbers = [sample.score, sample.calibrated].map { $0.map { "\($0)" } ?? "" }
    let className = sample.className.map { [TableField.text($0)] } ?? []
    let realism = recipe?.select.map { _ in [sample.realism.map { "\($0)" } ?? ""] } ?? []
    let fields = [name, "\(sample.candidate)"] + numbers + className + realism
    table += fields.joined(separator: ",") + "\n"
    if sheet.count < Self.sheetImages { sheet.append((sample.image, sample.className)) }
    count += 1
  }

  /// Writes the table with the columns `file,candidate,score,calibrated`, the last one empty where there
  /// is no calibration and the last two where there is no discriminator, `class` where the networks
  /// know some, and `realism` where the recipe selects; the recipe; and the sheet, eight images in a row, the rows of a class under one another
  /// and labelled with its name; where no sample was added, only the table and the recipe, and nothing over those
  /// of an earlier drawing that has samples.
  ///
  /// Throws `FileError` and `ImageError`.
  ///
  /// - Parameter tries: How many candidates were tried, where that is known, for the recipe.
  public func finish(tries: Int? = nil) throws {
    guard count > 0 || !holdsEarlierSamples else { return }
    try AtomicFile.write(Array(table.utf8), to: tablePath)
    recipe?.tries = tries
    try recipe?.write(to: path)
    guard !sheet.isEmpty else { return }
    try drawSheet().writePNG(to: sheetPath, mark: .own(.sampleSheet, recipe))
    if isAnimated {
      let frames = sheet.map { $0.image.withoutRepeatedChannels() }
      try GIFAnimation(frames: frames, delayCentiseconds: 10, lastDelayCentiseconds: 100)
        .write(to: animationPath, mark: .own(.walk, recipe))
    }
  }

  /// Lays the images out, by class where they have some.
  private func drawSheet() -> PixelImage {
    guard !classes.isEmpty else {
      return ContactSheet(columns: min(8, sheet.count)).image(of: sheet.map(\.image))
    }
    return ContactSheet.image(
      of: classes.map { name in
        (label: name, tiles: sheet.filter { $0.className == name }.map(\.image))
      })
  }
}
