/// What samples are written as.
public enum SampleFormat: String, Codable, CaseIterable, Sendable {
  /// PNG pictures.
  case png
  /// DICOM objects of the class Secondary Capture.
  case dicom

  /// What the names of the files end in.
  var suffix: String {
    switch self {
    case .png: "png"
    case .dicom: "dcm"
    }
  }
}
