import Support

/// The part that each file of a data set belongs to, so that no patient is in two.
struct PatientDivision: Sendable {
  /// The part of each file, in their order.
  let parts: [DataSplit]
  /// How many patients and files each part has, the training part first.
  let counts: [DataAccount.PatientCount]

  /// A patient by the places of the files that show them.
  private struct Patient {
    let isKnown: Bool
    var places: [Int]
    /// How many of them may show a patient of another number, too.
    var apart = 0
  }

  /// Divides files; a file that tells no patient, or a study of such files, is a patient's of its own.
  ///
  /// Patients are told apart by keys that differ from process to process, so they are put in the order of
  /// their first files, shuffled, and dealt out class by class: each goes to the part that lacks most
  /// images of those dealt out so far. So every class is divided in the same shares, as far as whole
  /// patients can be.
  ///
  /// Throws `DataSetError` where nothing tells patients apart, or a part would remain empty.
  init(of listing: ImageFolder, _ split: PatientSplit) throws(DataSetError) {
    let patients = Self.patients(of: listing)
    guard patients.contains(where: \.isKnown) else { throw Self.nothingKnown(listing) }
    let order = Self.classwise(
      split.stream.permutation(of: patients.count).map { patients[$0] }, listing)
    let wanted = split.shares.parts
    var parts = [DataSplit](repeating: .train, count: listing.files.count)
    var counts = wanted.map { DataAccount.PatientCount(part: $0.split.rawValue) }
    var done = 0
    for patient in order {
      done += patient.places.count
      let lacking = wanted.indices.map {
        Double(done) * wanted[$0].share - Double(counts[$0].images)
      }
      // The first of equals, whatever the number of parts.
      let part = lacking.indices.reduce(0) { lacking[$1] > lacking[$0] ? $1 : $0 }
      counts[part].add(
        images: patient.places.count, isKnown: patient.isKnown, apart: patient.apart)
      for place in patient.places { parts[place] = wanted[part].split }
    }
    if let empty = counts.first(where: { $0.patients == 0 }) {
      throw Self.tooFew(patients.count, for: empty.part, split.shares, listing)
    }
    (self.parts, self.counts) = (parts, counts)
  }

  /// Collects the patients in the order of their first files.
  private static func patients(of listing: ImageFolder) -> [Patient] {
    let groups = PatientGroups(of: listing.files.map(\.path), in: listing.root)
    var patients: [Patient] = []
    for (place, number) in groups.numbers.enumerated() {
      // Numbers go up by one.
      if number == patients.count {
        patients.append(Patient(isKnown: groups.areKnown[place], places: []))
      }
      patients[number].places.append(place)
      if groups.areApart[place] { patients[number].apart += 1 }
    }
    return patients
  }

  /// Brings patients whose first images are of one class together, in the order that they have; leaves
  /// all as they are where the folders tell no classes, or are rather those of patients.
  private static func classwise(_ patients: [Patient], _ listing: ImageFolder) -> [Patient] {
    guard let classes = try? FolderClasses(of: listing), 3 * classes.names.count <= patients.count
    else { return patients }
    let labels = patients.map { classes.label(of: listing.files[$0.places[0]].path) }
    return classes.names.indices.flatMap { label in
      patients.indices.filter { labels[$0] == label }.map { patients[$0] }
    }
  }

  private static func nothingKnown(_ listing: ImageFolder) -> DataSetError {
    DataSetError(
      .unknownPatients,
      "\(listing.root): expected DICOM files with a Patient ID, or names such as patient0012/scan.png, "
        + "person12_scan.jpeg or 00000013_005.png, found none of \(listing.files.count) images that "
        + "tells its patient; leave out \(.splitByPatient), or sort the images into folders train, val "
        + "and test")
  }

  private static func tooFew(
    _ patients: Int, for part: String, _ shares: PatientShares, _ listing: ImageFolder
  ) -> DataSetError {
    DataSetError(
      .unknownPatients,
      "\(listing.root): expected enough patients for each part, found \(patients), of whom none is left "
        + "for \(part) at the shares \(shares.description); give \(.splitByPatient) with larger shares for the "
        + "small parts")
  }
}
