import Imaging

/// A kind of thing that lies in a data folder and is none of its images.
package struct PassedOver: Hashable, Sendable {
  /// What one such thing is called, such as `TIFF picture`.
  package let noun: String
  /// What to do with one such thing that was meant to be used; nil where there is nothing.
  private let advice: String?
  /// Whether programs leave such things beside images, so that nobody misses them.
  package let isByProduct: Bool

  private init(_ noun: String, isByProduct: Bool = false, advice: String? = nil) {
    (self.noun, self.isByProduct, self.advice) = (noun, isByProduct, advice)
  }

  /// Writes a number of such things, such as `3 TIFF pictures`.
  package func counted(_ count: Int) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

  /// Returns what to do with so many such things that were meant to be used; nil where there is nothing.
  package func advice(for count: Int) -> String? {
    count == 1
      ? advice
      : advice?.replacing(#/\bits\b/#, with: "their").replacing(#/\bit\b/#, with: "them")
  }

  static let system = PassedOver("hidden or system file", isByProduct: true)
  static let own = PassedOver("dcgan picture", isByProduct: true)
  /// An image that a generator of this program drew.
  package static let synthetic = PassedOver(
    "synthetic image", advice: "a program drew it, and training leaves it out unless told to use it"
  )
  static let document = PassedOver("text or table file", isByProduct: true)
  static let directory = PassedOver("DICOM directory file", isByProduct: true)
  static let excluded = PassedOver("excluded name", isByProduct: true)
  static let linked = PassedOver("repeated folder", isByProduct: true)
  static let brokenLink = PassedOver("broken link", advice: "remove it, or restore its target")
  static let special = PassedOver("special file", advice: "remove it")
  private static let unknown = PassedOver("unrecognized file")

  /// A file that would be read if its name said what it is.
  private static func misnamed(_ kind: ImageKind) -> PassedOver {
    PassedOver("misnamed \(kind.name) picture", advice: "rename it to .\(kind.suffixes[0])")
  }

  /// Sorts a file by its content; nil stands for content that nobody recognizes, which may have the suffix
  /// of a picture.
  static func file(_ format: FileFormat?, suffix: String) -> PassedOver {
    if let kind = format.flatMap(ImageKind.init), kind.isRead { return misnamed(kind) }
    return switch format {
    case nil where pictureSuffixes.contains(suffix):
      PassedOver("\(suffix.uppercased()) picture", advice: "convert it to PNG")
    case nil: unknown
    case .pdf, .html, .xml: document
    case let format?:
      PassedOver(noun(of: format), advice: format.advice)
    }
  }

  /// Returns a format's name without article and explanation.
  private static func noun(of format: FileFormat) -> String {
    let name = format.name.prefix { $0 != "," }
    return String(name.drop { $0 != " " }.dropFirst())
  }
}

extension PassedOver {
  /// Returns whether a name is that of a system's folder or file, or hidden.
  static func isSystem(_ name: String) -> Bool {
    name.hasPrefix(".") || systemNames.contains(name.lowercased())
  }

  /// The suffixes of pictures and volumes that are not read and that their content does not tell.
  private static let pictureSuffixes: Set = [
    "ai", "arw", "avif", "cr2", "cr3", "dng", "eps", "exr", "fits", "hdr", "heic", "heif", "icns",
    "ico", "img", "j2k", "jls", "jp2", "jpx", "jxl", "jxr", "mha", "mhd", "ndpi", "nef", "nii",
    "nrrd", "orf", "pcx", "pfm", "pic", "psd", "raf", "raw", "rw2", "sgi", "svg", "svs", "tga",
    "xbm", "xcf", "xpm",
  ]

  /// What operating systems, file servers and viewers leave behind.
  private static let systemNames: Set = [
    "@eadir", "#recycle", "#snapshot", "__macosx", "$recycle.bin", "recycler",
    "system volume information", "lost+found", "thumbs.db", "ehthumbs.db", "desktop.ini",
    "thumbnails", "icon\r",
  ]

  /// Returns whether a suffix is that of notes, tables, programs and weights that come with images.
  static func isDocument(suffix: String) -> Bool { documentSuffixes.contains(suffix) }

  private static let documentSuffixes: Set = [
    "txt", "md", "rst", "rtf", "doc", "docx", "odt", "pdf", "tex", "bib", "log", "html", "htm",
    "csv", "tsv", "xls", "xlsx", "ods", "json", "jsonl", "ndjson", "xml", "yaml", "yml", "toml",
    "ini", "cfg", "arff", "py", "ipynb", "r", "m", "sh", "bat", "swift", "js", "css", "license",
    "cff", "md5", "sha1", "sha256", "safetensors", "url", "webloc",
  ]

  /// The names of documents without a suffix.
  static func isDocument(name: String) -> Bool {
    ["license", "licence", "readme", "copying", "authors", "changelog", "citation"]
      .contains(name.lowercased())
  }
}
