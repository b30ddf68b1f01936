/// How the elements of a data set are written.
struct DICOMEncoding: Equatable, Sendable {
  /// Whether every element says what its value is.
  var isExplicit = true
  /// Whether numbers begin with their highest byte.
  var isBigEndian = false

  /// What the first elements of every file are written in.
  static let header = DICOMEncoding()
  /// What is of an unknown kind and of unknown length is written in.
  static let unknown = DICOMEncoding(isExplicit: false)
}

/// An element of a data set: what it is called, and where its value lies.
struct DICOMElement: Equatable, Sendable {
  let tag: DICOMTag
  /// The two letters of what the value is, such as `US`; nil where the file leaves that out.
  let kind: String?
  /// The places of the value; where its length is not known, of all up to what ends it.
  let value: Range<Int>
  /// Whether the element is ended by a mark, for its length was not known when it was written.
  let isMarked: Bool
  /// How what lies in the value is written.
  let encoding: DICOMEncoding
}

/// What is wrong with a DICOM file, without its name.
struct DICOMProblem: Error {
  let kind: ImageError.Kind
  let text: String

  init(_ kind: ImageError.Kind, _ text: String) { (self.kind, self.text) = (kind, text) }

  /// The file ends within `what`.
  static func truncated(_ what: String) -> DICOMProblem {
    DICOMProblem(.damaged, "expected an intact DICOM file: it ends within \(what)")
  }

  /// The file is no file as the standard has it.
  static func damaged(_ what: String) -> DICOMProblem {
    DICOMProblem(.damaged, "expected an intact DICOM file: \(what)")
  }

  /// The file is fine, but its picture is of a kind that is not read.
  static func unsupported(_ what: String) -> DICOMProblem {
    DICOMProblem(.damaged, "\(what), which is not supported; export its picture as PNG")
  }
}
