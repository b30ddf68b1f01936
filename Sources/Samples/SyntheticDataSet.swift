import DataSets
import Files
import Imaging
import Support

/// A data set of synthetic images that other programs load: `train/CLASS/image-00001.png` and so on,
/// `metadata.csv`, and `README.md`, its card.
///
/// The layout is that of torchvision's `ImageFolder`, for the folder `train`, and of Hugging Face's
/// `imagefolder`, for the whole. No name and no path of a file of the data is in it.
public final class SyntheticDataSet {
  /// The folder.
  public let path: String
  /// How many samples were added.
  public private(set) var count = 0
  private let card: DataSetCard
  private var recipe: SampleRecipe?
  private let defaultLabel: String
  private var rows: [Row] = []
  /// The classes in the order in which they come.
  private var labels: [String] = []
  private var counts: [String: Int] = [:]
  private let earlier: EarlierDataSet

  /// The name of the table.
  static let table = "metadata.csv"
  /// The first line of the table.
  static let header = "file_name,label,score,calibrated,candidate,seed"
  /// The name of the card.
  static let cardName = "README.md"
  /// The folder of the images.
  static let part = "train"

  /// Makes the folder where there is none; the files of an earlier export stay until the first sample of
  /// this one comes.
  ///
  /// Throws `FileError` where the folder cannot be written, or holds anything but an earlier export and
  /// what systems leave in folders.
  ///
  /// - Parameters:
  ///   - recipe: how the samples are drawn; nil where nothing is known of it.
  ///   - defaultLabel: the class of images whose networks know none.
  public init(
    path: String, card: DataSetCard, recipe: SampleRecipe?, defaultLabel: String
  ) throws {
    self.path = path
    self.card = card
    self.recipe = recipe
    self.defaultLabel = defaultLabel
    try Folder.create(path)
    try AtomicFile.removeLeftovers(in: path)
    earlier = try EarlierDataSet(in: path)
    try Folder.checkWritable(file: "\(path)/\(Self.table)")
  }

  /// Returns the name of image `index`, counted from 0.
  static func name(_ index: Int) -> String {
    let digits = String(index + 1)
    return "image-\(String(repeating: "0", count: max(0, 5 - digits.count)))\(digits).png"
  }

  /// Removes an earlier export, and begins a table, by which the images of a killed process are known.
  private func clear() throws {
    try earlier.remove()
    try write([Self.header], to: Self.table)
  }

  private func write(_ lines: [String], to name: String) throws {
    try AtomicFile.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: "\(path)/\(name)")
  }

  /// Throws `FileError` where a class cannot name a folder in that of the images: names come from files of
  /// networks, too, which anybody may have written.
  private func check(_ label: String) throws {
    guard label.isEmpty || label.hasPrefix(".") || label.contains("/") || label.contains("\0")
    else {
      return
    }
    throw FileError(
      path: path, action: "use",
      reason: "the class \(quoted(label)) cannot name a folder in it; draw other classes")
  }

  /// How the samples are selected; nil where they are not.
  public var selection: SelectionRecipe? { recipe?.select }

  /// Notes how the samples were selected, for the card.
  public func note(_ selection: SelectionRecipe) { recipe?.select = selection }

  /// Writes an image into the folder of its class and notes its line; the first replaces an earlier
  /// export.
  ///
  /// Throws `ImageError` and `FileError`.
  public func add(_ sample: Sampler.Sample) throws {
    let label = sample.className ?? defaultLabel
    try check(label)
    if count == 0 { try clear() }
    let file = "\(Self.part)/\(label)/\(Self.name(count))"
    if !labels.contains(label) {
      try Folder.create("\(path)/\(Self.part)/\(label)")
      labels.append(label)
    }
    try sample.image.writePNG(
      to: "\(path)/\(file)",
      mark: .ofDataSet(recipe, candidate: sample.candidate, label: label))
    let scores = [sample.score, sample.calibrated].map { $0.map { "\($0)" } ?? "" }
    rows.append(
      Row(
        file: file,
        rest: ([TableField.text(label)] + scores
          + ["\(sample.candidate)", recipe?.latents.seed.map { "\($0)" } ?? ""])
          .joined(separator: ",")))
    counts[label, default: 0] += 1
    count += 1
  }

  /// Writes the table and the card; nothing where no sample was added. Throws `FileError`.
  ///
  /// Where all images are of one class, the table lies in `train` as well, with names relative to that:
  /// Hugging Face's `imagefolder` takes a single folder for no label, and reads no table above a split.
  public func finish(tries: Int? = nil) throws {
    guard count > 0 else { return }
    try write([Self.header] + rows.map { $0.line() }, to: Self.table)
    if labels.count == 1 {
      try write(
        [Self.header] + rows.map { $0.line(below: Self.part) }, to: "\(Self.part)/\(Self.table)")
    }
    let classes = labels.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .map { (name: $0, images: counts[$0] ?? 0) }
    let text = card.text(classes: classes, recipe: recipe, tries: tries)
    try AtomicFile.write(Array(text.utf8), to: "\(path)/\(Self.cardName)")
  }
}

/// A line of the table.
private struct Row {
  /// The path of the image, relative to the folder of the data set.
  let file: String
  /// The fields after it.
  let rest: String

  /// Writes the line, with the path relative to the folder of the data set or to one in it.
  func line(below folder: String? = nil) -> String {
    let name = folder.map { String(file.dropFirst($0.count + 1)) } ?? file
    return TableField.text(name) + "," + rest
  }
}

extension LatentRecipe {
  /// The seed of the latents; nil for those of a file.
  var seed: UInt64? {
    switch self {
    case .seeded(let seed, _): seed
    case .arc(let from, _, _, _): from
    case .file: nil
    }
  }
}
