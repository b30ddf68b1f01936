import Files
import Imaging

extension PatientKey {
  /// Finds the patient of the image at a path relative to the data folder `root`: the one that a DICOM
  /// file names, else the one that the names of file and folders tell; nil where neither does.
  package init?(ofImage path: String, in root: String) {
    if let patient = ImageOrigin.patient(at: Folder.join(root, path)) {
      self = patient
    } else if let name = PatientName.of(path) {
      self.init("named \(name)")
    } else {
      return nil
    }
  }
}
