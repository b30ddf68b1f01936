/// The patient that an image belongs to, as far as the names of files and folders tell.
package enum PatientName {
  /// Returns the patient of the image at a path relative to the data folder; nil where nothing tells.
  ///
  /// Known are folders and names such as `patient00001/study1/view1.jpg` (CheXpert),
  /// `person12_bacteria_47.jpeg` and `NORMAL2-IM-0927-0001.jpeg` (Kermany et al. 2018) and
  /// `00000013_005.png` (NIH ChestX-ray14).
  package static func of(_ path: String) -> String? {
    let parts = path.split(separator: "/").map(String.init)
    for folder in parts.dropLast().reversed() {
      if let match = folder.wholeMatch(of: /(?i)(?:patient|person|subject|sub|pat)[-_ ]?\d+/) {
        return String(match.0)
      }
    }
    guard let file = parts.last else { return nil }
    let stem = file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
    if let match = stem.prefixMatch(of: /(?i)(?:patient|person|subject|sub|pat)[-_ ]?\d+/) {
      return String(match.0)
    }
    if let match = stem.firstMatch(of: /(?i)[^a-z]((?:patient|person|subject)[-_ ]?\d+)/) {
      return String(match.1)
    }
    if let match = stem.prefixMatch(of: /.*?IM-\d{4}/) { return String(match.0) }
    if let match = stem.wholeMatch(of: /(\d{4,})[-_]\d{1,4}/) { return String(match.1) }
    return nil
  }
}
