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

  /// Tells the patients of two parts of a data set apart; throws what reading images throws.
  ///
  /// What tells one patient from another may lie in neither part: where patients were divided into parts,
  /// they were told apart by all files.
  ///
  /// - Parameter all: Every file of the data set, those of other parts included.
  init(_ training: ImageDataSet, _ test: ImageDataSet, among all: ImageFolder) throws {
    let groups = PatientGroups(of: all.files.map(\.path), in: all.root)
    let places = (
      training: all.places(ofImages: training.paths), test: all.places(ofImages: test.paths)
    )
    let numbers = (
      training: places.training.map { groups.numbers[$0] },
      test: places.test.map { groups.numbers[$0] }
    )
    func images(_ set: ImageDataSet, _ patients: [Int]) throws -> StudyImages {
      StudyImages(
        images: try (0..<set.count).map { try set.image(at: $0) },
        labels: set.labels(at: 0..<set.count) ?? [], patients: patients)
    }
    self.training = try images(training, numbers.training)
    self.test = try images(test, numbers.test.map { $0 + groups.numbers.count })
    let used = places.training + places.test
    unknown = used.count { !groups.areKnown[$0] }
    apart = used.count { groups.areApart[$0] }
    shared = Set(numbers.training).intersection(numbers.test).count
  }
}
