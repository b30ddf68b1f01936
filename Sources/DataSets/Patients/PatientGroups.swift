import Files
import Imaging

/// Which images of a data folder show the same patient, as far as files and names tell.
///
/// A DICOM file names its patient. What does not is put with one that does, where something says that both
/// belong together: the name of a patient, the study, the name of the file, or a folder for each patient.
/// Only then does a name stand for a patient of its own. What the files of two patients have in common, as
/// `IM-0001` in exports of many, says nothing. To put too many together costs balance; to part a patient
/// makes every figure too good.
package struct PatientGroups: Sendable {
  /// The number of each image's patient, from 0 in the order of their first images; an image of an unknown
  /// patient has a number of its own, or shares that of its study.
  package let numbers: [Int]
  /// Whether something tells the patient of each image.
  package let areKnown: [Bool]
  /// Whether each image is joined to none of the patients that DICOM files name, while others are: it may
  /// show one of them, under another number.
  package let areApart: [Bool]

  /// The fewest folders that are taken for those of patients.
  private static let leastFolders = 3

  /// Sorts the images at paths relative to the data folder `root`.
  package init(of paths: [String], in root: String) {
    let identities = paths.map { ImageOrigin.identity(at: Folder.join(root, $0)) }
    let studies = identities.map(\.study)
    var keys = identities.map(\.patient)
    let isNamed = keys.contains { $0 != nil }
    let names = paths.map(PatientName.of)
    if isNamed {
      Self.adopt(&keys, by: names)
      Self.adopt(&keys, by: studies)
      Self.adopt(&keys, by: names)
      // A name that no DICOM file bears is a patient's, and keeps its images together.
      let known = Set(zip(names, keys).compactMap { $1 == nil ? nil : $0 })
      let isFree = names.map { $0.map(known.contains) ?? true }
      Self.adoptNeighbours(&keys, of: paths, where: isFree)
      Self.adoptTwins(&keys, of: paths, where: isFree)
    }
    areApart = keys.map { isNamed && $0 == nil }
    let found = zip(keys, names).map { key, name in key ?? name.map { PatientKey("named \($0)") } }
    areKnown = found.map { $0 != nil }
    numbers = Self.numbers(zip(found, studies).map { $0 ?? $1 })
  }

  /// Numbers keys in the order in which they are met; each place without one has another number.
  private static func numbers(_ keys: [PatientKey?]) -> [Int] {
    var known: [PatientKey: Int] = [:]
    var next = 0
    return keys.map { key in
      if let number = key.flatMap({ known[$0] }) { return number }
      if let key { known[key] = next }
      next += 1
      return next - 1
    }
  }

  /// Gives images without a patient that of the others with the same label, where all of those have one
  /// patient; `isAllowed` may refuse so many known ones for so many unknown ones.
  private static func adopt<Label: Hashable>(
    _ keys: inout [PatientKey?], by labels: [Label?],
    where isAllowed: (_ known: Int, _ unknown: Int) -> Bool = { _, _ in true }
  ) {
    var places: [Label: [Int]] = [:]
    for (place, label) in labels.enumerated() {
      if let label { places[label, default: []].append(place) }
    }
    for group in places.values {
      let known = group.compactMap { keys[$0] }
      guard let key = known.first, known.allSatisfy({ $0 == key }),
        isAllowed(known.count, group.count - known.count)
      else { continue }
      for place in group { keys[place] = key }
    }
  }

  /// Puts files together that are named alike but for the suffix, such as `0001.dcm` and its export
  /// `0001.png`, in one folder or in two. Where more of them are unknown than known, the name is rather a
  /// common one.
  private static func adoptTwins(
    _ keys: inout [PatientKey?], of paths: [String], where isFree: [Bool]
  ) {
    let stems = zip(paths, isFree).map { path, isFree -> [Substring]? in
      guard isFree, let name = path.split(separator: "/").last else { return nil }
      let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name
      return path.split(separator: "/").dropLast() + [stem]
    }
    adopt(&keys, by: stems) { $0 >= $1 }
    adopt(&keys, by: stems.map { $0?.last }) { $0 >= $1 }
  }

  /// Puts together what lies in a folder, at any depth, if there is one for each patient: several with
  /// images of a known one, and none with those of two.
  private static func adoptNeighbours(
    _ keys: inout [PatientKey?], of paths: [String], where isFree: [Bool]
  ) {
    let folders = paths.map { $0.split(separator: "/").dropLast() }
    for depth in 1...max(1, folders.map(\.count).max() ?? 1) {
      let labels = zip(folders, isFree).map { folders, isFree in
        isFree && folders.count >= depth ? Array(folders.prefix(depth)) : nil
      }
      var patients: [[Substring]: Set<PatientKey>] = [:]
      for (label, key) in zip(labels, keys) {
        if let label, let key { patients[label, default: []].insert(key) }
      }
      if patients.count >= leastFolders, patients.values.allSatisfy({ $0.count == 1 }) {
        adopt(&keys, by: labels)
      }
    }
  }
}
