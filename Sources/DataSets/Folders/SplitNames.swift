extension DataSplit {
  /// What people call the folders of each part; any case will do.
  private static let names: [DataSplit: Set<String>] = [
    .train: ["train", "training"],
    .val: ["validation", "valid", "val", "dev"],
    .test: ["test", "testing", "eval", "evaluation"],
  ]

  /// The usual names of the part's folder, for messages.
  var usualNames: [String] { Self.names[self, default: []].sorted() }

  /// Returns the part that a folder's name tells; nil where it tells none, or several.
  ///
  /// The name is cut into words at `-`, `.`, `_`, blanks and digits, so that `Training`,
  /// `train_images` and `test2` tell a part and `latest` does not: the keywords and separators that
  /// Hugging Face's `datasets` looks for ("File names and splits").
  static func named(by folder: String) -> DataSplit? {
    let parts = Set(words(of: folder).compactMap(part))
    return parts.count == 1 ? parts.first : nil
  }

  /// Returns the classes that a folder's name may mean: itself, and where it tells a part too, what is
  /// left without that: `NORMAL` of `NORMAL_train`, nothing of `train`.
  static func classes(named folder: String) -> [String] {
    guard named(by: folder) != nil else { return [folder] }
    let others = words(of: folder).filter { part($0) == nil }
    return others.isEmpty ? [] : [folder, others.joined(separator: " ")]
  }

  private static func words(of folder: String) -> [Substring] {
    folder.split { "-._ 0123456789".contains($0) }
  }

  private static func part(_ word: Substring) -> DataSplit? {
    names.first { $0.value.contains(word.lowercased()) }?.key
  }
}
