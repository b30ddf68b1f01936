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
    let words = folder.lowercased().split { "-._ 0123456789".contains($0) }
    let parts = Set(
      words.compactMap { word in names.first { $0.value.contains(String(word)) }?.key })
    return parts.count == 1 ? parts.first : nil
  }
}
