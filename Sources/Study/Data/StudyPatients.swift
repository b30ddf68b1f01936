import DataSets

/// The images of both parts of a study with the numbers of their patients.
struct StudyPatients {
  /// The images for training.
  let training: StudyImages
  /// The images for the test; its patients are others than those of training, whatever their names, for parts
  /// are often numbered from the beginning.
  let test: StudyImages
  /// How many images tell no patient.
  let unknown: Int
  /// How many may show a patient whom a DICOM file names, without anything that says which.
  let apart: Int
  /// How many patients occur in both parts, as far as names tell.
  let shared: Int

  /// Tells the patients of two parts of a data set in a folder apart; throws what reading images throws.
  init(_ training: ImageDataSet, _ test: ImageDataSet, in root: String) throws {
    let groups = PatientGroups(of: training.paths + test.paths, in: root)
    let all = groups.numbers.count
    let numbers = (
      training: Array(groups.numbers.prefix(training.count)),
      test: groups.numbers.dropFirst(training.count).map { $0 + all }
    )
    func images(_ set: ImageDataSet, _ patients: [Int]) throws -> StudyImages {
      StudyImages(
        images: try (0..<set.count).map { try set.image(at: $0) },
        labels: set.labels(at: 0..<set.count) ?? [], patients: patients)
    }
    self.training = try images(training, numbers.training)
    self.test = try images(test, numbers.test)
    unknown = groups.areKnown.count { !$0 }
    apart = groups.areApart.count { $0 }
    shared = Set(numbers.training).intersection(numbers.test.map { $0 - all }).count
  }
}
