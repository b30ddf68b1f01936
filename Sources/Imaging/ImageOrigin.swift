import Foundation

/// What a file says of where its image comes from, beyond its pixels: DICOM files do, others say nothing.
public struct ImageOrigin: Equatable, Sendable {
  /// The frames of the file, each an image of its own.
  public internal(set) var frames = 1
  /// Whether the file says that a person's data are written in the image itself.
  public internal(set) var hasBurnedInAnnotation = false
  /// Whether the file says that a program invented the image.
  public internal(set) var isSynthetic = false
  /// The patient, to tell apart from others alone; nil where the file names none.
  public internal(set) var patient: PatientKey?
  /// The study, all of one patient, likewise; nil where the file names none.
  package internal(set) var study: PatientKey?

  /// Says nothing.
  init() {}

  /// Reads what a DICOM file says.
  init(_ dataSet: DICOMDataSet, frames: Int) {
    self.frames = frames
    hasBurnedInAnnotation = dataSet.text(.burnedInAnnotation) == "YES"
    isSynthetic = dataSet.text(.syntheticData) == "YES"
    patient = dataSet.text(.patientID).map(PatientKey.init)
    study = dataSet.text(.studyIdentifier).map(PatientKey.init)
  }

  /// More than the elements before these take, with those that manufacturers add.
  private static let headLength = 1 << 18

  /// Returns the patient and the study that the DICOM file at `path` names, without reading its pixels; nil
  /// for what it does not name, and where it is something else or cannot be read.
  package static func identity(at path: String) -> (patient: PatientKey?, study: PatientKey?) {
    guard FileFormat.read(at: path) == .dicom, let head = fileHead(path, atMost: headLength) else {
      return (nil, nil)
    }
    let (elements, isWhole) = DICOMContents.identification(
      in: Data(head), upTo: DICOMTag.studyIdentifier.group)
    let named = ImageOrigin(elements, frames: 1)
    if !isWhole, named.patient == nil || named.study == nil, let all = whole(path) {
      return (all.patient, all.study)
    }
    return (named.patient, named.study)
  }

  /// Returns whether the DICOM file at `path`, whose beginning was read, says that a program invented its
  /// image; another file does not.
  package static func isSynthetic(at path: String, head: [UInt8]) -> Bool {
    guard FileFormat.recognize(Array(head.prefix(FileFormat.headLength))) == .dicom else {
      return false
    }
    let (elements, isWhole) = DICOMContents.identification(in: Data(head))
    if let text = elements.text(.syntheticData) { return text == "YES" }
    return !isWhole && whole(path)?.isSynthetic == true
  }

  /// Reads what a file says beyond its beginning: what stands before may be longer than that; nil where it
  /// cannot be read.
  private static func whole(_ path: String) -> ImageOrigin? {
    (try? ImageHeader(contentsOf: path))?.origin
  }
}
