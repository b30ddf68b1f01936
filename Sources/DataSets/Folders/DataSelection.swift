/// Which of a folder's images are used.
public struct DataSelection: Equatable, Sendable {
  /// The part of the data set; nil for the training images where the folders tell them apart, else
  /// everything.
  public var split: DataSplit?
  /// The folders of which an image must lie in one, at any depth; empty for all images.
  public var classes: [String]
  /// The patterns of a shell (`*`, `?`, `[a-z]`) of names that are left out, folders and files.
  public var excluded: [String]
  /// The most images, spread evenly over the sorted list; nil for all.
  public var limit: Int?
  /// Whether images that this program drew are used like real ones.
  public var includesSynthetic: Bool
  /// How the patients are divided into parts; nil where the folders tell those, if any.
  public var patients: PatientSplit?

  /// Collects the choices; without arguments there are none.
  public init(
    split: DataSplit? = nil, classes: [String] = [], excluded: [String] = [], limit: Int? = nil,
    includesSynthetic: Bool = false, patients: PatientSplit? = nil
  ) {
    self.split = split
    self.classes = classes
    self.excluded = excluded
    self.limit = limit
    self.includesSynthetic = includesSynthetic
    self.patients = patients
  }
}
