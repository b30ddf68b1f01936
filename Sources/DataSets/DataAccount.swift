import Imaging

/// What became of everything in a data folder: `account` in `config.json`.
///
/// It holds numbers and the names of folders, but no file's name.
public struct DataAccount: Codable, Equatable, Sendable {
  /// The images of a folder.
  public struct FolderCount: Codable, Equatable, Sendable {
    /// The folder, relative to the data folder; `.` for that one itself.
    public let folder: String
    /// The images in it that are used.
    public let images: Int

    /// Joins the two.
    package init(folder: String, images: Int) { (self.folder, self.images) = (folder, images) }
  }

  /// The images of a format, by their suffixes.
  public struct FormatCount: Codable, Equatable, Sendable {
    /// The format's name, such as `TIFF`.
    public let format: String
    /// The images that are used.
    public let images: Int
  }

  /// Things of a kind that are no images, or none that are read.
  public struct PassedOverCount: Codable, Equatable, Sendable {
    /// What one of them is called.
    public let kind: String
    /// How many there are.
    public let files: Int
    /// Whether such things lie beside images anyway.
    public let isByProduct: Bool

    /// Counts some things.
    package init(kind: String, files: Int, isByProduct: Bool) {
      (self.kind, self.files, self.isByProduct) = (kind, files, isByProduct)
    }

    private enum CodingKeys: String, CodingKey {
      case kind, files
      case isByProduct = "by_product"
    }
  }

  /// The patients of a part of the data set that patients were divided into.
  public struct PatientCount: Codable, Equatable, Sendable {
    /// The part: `train`, `val` or `test`.
    public let part: String
    /// The patients in it; an image, or a study, that tells none counts as a patient's of its own.
    public private(set) var patients = 0
    /// The image files that show them, of all classes and beyond the limit too.
    public private(set) var images = 0
    /// Those of them that tell no patient.
    public private(set) var unknown = 0
    /// Those of them that may show a patient whom DICOM files name, without anything that says which; nil
    /// for none.
    public private(set) var apart: Int?

    /// Begins with no patient.
    init(part: String) { self.part = part }

    /// Adds a patient, or an image that tells none.
    mutating func add(images count: Int, isKnown: Bool, apart: Int) {
      patients += 1
      images += count
      if !isKnown { unknown += count }
      if apart > 0 { self.apart = (self.apart ?? 0) + apart }
    }
  }

  /// The images by folder, sorted.
  public let folders: [FolderCount]
  /// The images by format, the most frequent first; nil where all have one.
  public let formats: [FormatCount]?
  /// Why this part of the data set is used: `asked` (an option says so), `named` (folders are named as
  /// training sets), `rest` (others are named as validation or test sets), `undivided` (none is named) or
  /// `patients` (they were divided into parts).
  public let splitReason: String
  /// The folders that are named as that part.
  public let splitFolders: [String]
  /// The images of other parts and classes, and beyond the limit.
  public let unused: Int
  /// The images that training leaves out and scores are calibrated on.
  public private(set) var heldOut = 0
  /// The folders that are named as theirs.
  public private(set) var heldOutFolders: [String] = []
  /// The images in those folders that training uses too, under whatever name; they are left out of
  /// everything.
  public private(set) var heldOutDuplicates = 0
  /// The patients by the part of the data set that they were divided into; nil where they were not.
  public let patients: [PatientCount]?
  /// What else lies in the folder, the most frequent first.
  public let passedOver: [PassedOverCount]
  /// What surprises people about the images.
  public let pictures: ImageTally

  private enum CodingKeys: String, CodingKey {
    case folders, formats
    case splitReason = "split_reason"
    case splitFolders = "split_folders"
    case unused
    case heldOut = "held_out"
    case heldOutFolders = "held_out_folders"
    case heldOutDuplicates = "held_out_duplicates"
    case patients
    case passedOver = "passed_over"
    case pictures
  }

  /// Sums up a data folder and the images that were read of it.
  package init(_ contents: FolderContents, _ listing: ImageFolder, _ images: ImageDataSet) {
    folders = Self.count(images.paths)
    formats = Self.formats(of: images.paths)
    splitReason = listing.origin.reason.rawValue
    splitFolders = listing.origin.folders
    patients = contents.patients
    unused = listing.origin.all - listing.files.count
    passedOver = contents.passedOver.map {
      PassedOverCount(kind: $0.key.noun, files: $0.value.count, isByProduct: $0.key.isByProduct)
    }.sorted { ($1.files, $0.kind) < ($0.files, $1.kind) }
    pictures = images.tally
  }

  /// Adds the images that are held out, of which `duplicates` more are used by training.
  package mutating func add(heldOut listing: ImageFolder, images: Int, duplicates: Int) {
    (heldOut, heldOutFolders) = (images, listing.origin.folders)
    heldOutDuplicates = duplicates
  }

  /// Counts paths by the format that their suffixes name; nil where all name the same. Of other suffixes
  /// only DICOM files are used.
  package static func formats(of paths: some Sequence<String>) -> [FormatCount]? {
    var counts: [String: Int] = [:]
    for path in paths {
      let suffix = path.split(separator: ".").last?.lowercased() ?? ""
      let kind = ImageKind.all.first { $0.suffixes.contains(suffix) }
      counts[kind?.name ?? "DICOM", default: 0] += 1
    }
    guard counts.count > 1 else { return nil }
    return counts.map { FormatCount(format: $0.key, images: $0.value) }
      .sorted { ($1.images, $0.format) < ($0.images, $1.format) }
  }

  /// Counts paths by their folder.
  package static func count(_ paths: some Sequence<String>) -> [FolderCount] {
    var counts: [String: Int] = [:]
    for path in paths {
      let folders = path.split(separator: "/").dropLast()
      counts[folders.isEmpty ? "." : folders.joined(separator: "/"), default: 0] += 1
    }
    return counts.sorted { $0.key < $1.key }.map { FolderCount(folder: $0.key, images: $0.value) }
  }
}
