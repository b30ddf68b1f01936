extension ImageMark {
  /// What an image of this program shows.
  public enum Kind: String, CaseIterable, Sendable {
    /// One image that the generator drew.
    case sample
    /// Many of them on a sheet.
    case sampleSheet = "sample-sheet"
    /// The way from one of them to another.
    case walk
    /// A sheet of images that one epoch's generator drew from the latents of all epochs.
    case progress
    /// Such images of several epochs.
    case grid
    /// A sheet of real images.
    case realImages = "real-images"
    /// Images that the generator drew beside the real ones nearest to them.
    case nearest
    /// One real image as the networks see it.
    case realImage = "real-image"
    /// Something else, or what only a later version of the program knows.
    case other
  }

  /// A sentence for people who open the file elsewhere.
  var sentence: String {
    switch kind {
    case .sample: "Synthetic image drawn by a generative network. Not for diagnosis."
    case .sampleSheet: "Synthetic images drawn by a generative network. Not for diagnosis."
    case .walk:
      "Synthetic images drawn by a generative network on the way between two latent vectors. "
        + "Not for diagnosis."
    case .progress:
      "Synthetic images drawn by a generative network during its training. Not for diagnosis."
    case .grid:
      "Synthetic images drawn by a generative network after several epochs of its training. "
        + "Not for diagnosis."
    case .realImages: "Shows real images of patients: treat it like the data they come from."
    case .nearest:
      "Shows real images of patients beside synthetic ones: treat it like the data they come from."
    case .realImage: "Shows a real image of a patient: treat it like the data it comes from."
    case .other: "Made by a program that trains generative networks."
    }
  }

  /// The texts of a file, in the order in which they are written.
  var texts: [(keyword: String, text: String)] {
    [
      (Keyword.software, program), (Keyword.kind, kind.rawValue), (Keyword.description, sentence),
    ] + details.map { (Keyword.prefix + $0.key, $0.value) }
  }

  /// Makes a mark of a file's texts, the first of each keyword; nil where this program wrote none.
  init?(texts: [(keyword: String, text: String)]) {
    func text(_ keyword: String) -> String? { texts.first { $0.keyword == keyword }?.text }
    guard let program = text(Keyword.software), program.hasPrefix(Self.programPrefix),
      let kind = text(Keyword.kind)
    else { return nil }
    var details: [Detail] = []
    for (keyword, value) in texts where keyword.hasPrefix(Keyword.prefix) {
      let key = String(keyword.dropFirst(Keyword.prefix.count))
      guard Detail.isKey(key), keyword != Keyword.kind, !details.contains(where: { $0.key == key })
      else { continue }
      details.append(Detail(key, value))
    }
    self.init(program: program, kind: Kind(rawValue: kind) ?? .other, details: details)
  }

  /// The names of the texts.
  private enum Keyword {
    static let software = "Software"
    static let description = "Description"
    static let prefix = "dcgan:"
    static let kind = "dcgan:kind"
  }
}
