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
  private let recipe: SampleRecipe?
  private let defaultLabel: String
  private var rows: [String] = []
  /// The classes in the order in which they come.
  private var labels: [String] = []
  private var counts: [String: Int] = [:]
  private let earlier: [String]

  /// The name of the table.
  static let table = "metadata.csv"
  /// The first line of the table.
  static let header = "file_name,label,score,calibrated,candidate,seed"
  /// The name of the card.
  static let cardName = "README.md"
  /// More than the table of a million images takes.
  private static let maximumBytes = 200_000_000

  /// Makes the folder where there is none; the files of an earlier export stay until the first sample of
  /// this one comes.
  ///
  /// Throws `FileError` where the folder cannot be written, or holds anything but an earlier export.
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
    earlier = try Self.earlierFiles(in: path)
    try Folder.checkWritable(file: "\(path)/\(Self.table)")
  }

  /// Lists the images of an earlier export; empty for an empty folder.
  ///
  /// Throws `FileError` where the folder holds anything else.
  private static func earlierFiles(in path: String) throws -> [String] {
    let names = try Folder.names(in: path)
    guard !names.isEmpty else { return [] }
    func refusal(_ name: String) -> FileError {
      FileError(
        path: path, action: "use",
        reason:
          "it holds \(quoted(name)), which is not of an earlier data set of dcgan; name a new or "
          + "empty folder")
    }
    let allowed = [table, cardName, "train"]
    if let other = names.first(where: { !allowed.contains($0) }) { throw refusal(other) }
    guard names.contains(table) else { throw refusal(names[0]) }
    let text = try FileReader(path: "\(path)/\(table)").readAll(atMost: maximumBytes)
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
    guard lines.first.map(String.init) == header else { throw refusal(table) }
    return lines.dropFirst().compactMap { line in
      let name = line.hasPrefix("\"") ? nil : line.split(separator: ",").first.map(String.init)
      return name.flatMap { isOwn($0) ? $0 : nil }
    }
  }

  /// Returns whether a name in the table is one that this type gives to images.
  private static func isOwn(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 3 && parts[0] == "train" && parts[1] != ".." && parts[1] != "."
      && parts[2].wholeMatch(of: /image-\d{5,}\.png/) != nil
  }

  /// Removes the images of an earlier export, and its table and card.
  private func clear() throws {
    for file in earlier where Folder.exists("\(path)/\(file)") {
      guard ImageMark.read(at: "\(path)/\(file)")?.kind == .sample else { continue }
      try Folder.remove("\(path)/\(file)")
      // A folder without images would be a class without images to whoever loads the rest.
      try Folder.removeIfEmpty(Folder.parent(of: "\(path)/\(file)"))
    }
    for name in [Self.table, Self.cardName] where Folder.exists("\(path)/\(name)") {
      try Folder.remove("\(path)/\(name)")
    }
  }

  /// Returns the name of image `index`, counted from 0.
  private static func name(_ index: Int) -> String {
    let digits = String(index + 1)
    return "image-\(String(repeating: "0", count: max(0, 5 - digits.count)))\(digits).png"
  }

  /// Writes an image into the folder of its class and notes its line; the first replaces an earlier
  /// export.
  ///
  /// Throws `ImageError` and `FileError`.
  public func add(_ sample: Sampler.Sample) throws {
    if count == 0 { try clear() }
    let label = sample.className ?? defaultLabel
    let file = "train/\(label)/\(Self.name(count))"
    if !labels.contains(label) {
      try Folder.create("\(path)/train/\(label)")
      labels.append(label)
    }
    try sample.image.writePNG(
      to: "\(path)/\(file)",
      mark: .ofDataSet(recipe, candidate: sample.candidate, label: label))
    let scores = [sample.score, sample.calibrated].map { $0.map { "\($0)" } ?? "" }
    rows.append(
      ([TableField.text(file), TableField.text(label)] + scores
        + ["\(sample.candidate)", recipe?.latents.seed.map { "\($0)" } ?? ""])
        .joined(separator: ","))
    counts[label, default: 0] += 1
    count += 1
  }

  /// Writes the table and the card; nothing where no sample was added. Throws `FileError`.
  public func finish(tries: Int? = nil) throws {
    guard count > 0 else { return }
    let table = ([Self.header] + rows).joined(separator: "\n") + "\n"
    try AtomicFile.write(Array(table.utf8), to: "\(path)/\(Self.table)")
    let classes = labels.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .map { (name: $0, images: counts[$0] ?? 0) }
    let text = card.text(classes: classes, recipe: recipe, tries: tries)
    try AtomicFile.write(Array(text.utf8), to: "\(path)/\(Self.cardName)")
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
