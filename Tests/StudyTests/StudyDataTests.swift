import DataSets
import Foundation
import Study
import TestSupport
import Testing
import Training

@Suite struct StudyDataTests {
  private let settings = StudySettings(size: 32, channels: 1)

  private func read(_ data: PracticeData) throws -> StudyData {
    try StudyData(path: data.path, settings: settings, threads: 2)
  }

  @Test func everyImageIsForTrainingValidationOrTest() throws {
    let data = try read(.pairs(train: 40, test: 6))
    #expect(data.classes == ["HEALTHY", "SICK"])
    #expect(data.training.count == 80)
    #expect(data.training.patientCount == 40)
    #expect(data.test.counts(2) == [6, 6])
    // 15 % of 40 images are 6, of three patients.
    #expect(data.validation.counts(2) == [6, 6])
    #expect(data.validation.patientCount == 6)
    // Both parts number their patients from the beginning.
    #expect(
      data.warnings.map(\.description).map { $0.prefix(50) }
        == ["6 patient names occur in train and in test: parts "])
    let summary = data.summary
    #expect(summary.trainingImages == 80)
    #expect(summary.validationPatients == 6)
    #expect(summary.testImagesByClass == [6, 6])
    #expect(summary.positive == "SICK")
  }

  @Test func patientsOfAFolderWithoutPartsAreDivided() throws {
    let practice = try PracticeData([("HEALTHY", 60), ("SICK", 60)]) { folder, place in
      "person\(place / 2 + (folder == "SICK" ? 1000 : 0))_\(place).png"
    }
    var settings = settings
    settings.splitByPatient = PatientShares("0.6,0.1,0.3")
    let data = try StudyData(path: practice.path, settings: settings, threads: 2)
    #expect(data.training.count + data.test.count == 108)
    #expect(data.test.counts(2) == [18, 18] && data.test.patientCount == 18)
    #expect(data.training.counts(2) == [36, 36] && data.training.patientCount == 36)
    // Names in both parts would be a patient in two of them.
    #expect(data.warnings.isEmpty)
    settings.seed = 9
    #expect(
      try StudyData(path: practice.path, settings: settings, threads: 2).summary.digest
        != data.summary.digest)
    settings.splitByPatient = nil
    #expect(
      message { _ = try StudyData(path: practice.path, settings: settings, threads: 2) }?
        .contains("give 'splitByPatient' 0.8,0,0.2") == true)
  }

  @Test func aSmallerShareIsAPartOfALargerAndNoPatientIsParted() throws {
    let data = try read(.pairs(train: 40, test: 4))
    let held = Set(data.validation.patients)
    var before: Set<Int> = []
    for (share, count) in [(0.1, 4), (0.13, 6), (0.5, 20), (1, 34)] {
      let places = try data.places(ofShare: share)
      let labels = places.map { data.training.labels[$0] }
      #expect(labels.count { $0 == 0 } == count && labels.count { $0 == 1 } == count)
      #expect(Set(places).count == places.count)
      #expect(before.isSubset(of: places))
      before = Set(places)
      let patients = Set(places.map { data.training.patients[$0] })
      #expect(patients.isDisjoint(with: held))
      for patient in patients {
        let own = data.training.patients.indices.filter {
          data.training.patients[$0] == patient
        }
        #expect(before.isSuperset(of: own))
      }
    }
  }

  @Test func theSeedDecidesWhichPatientsAShareHas() throws {
    let practice = try PracticeData.pairs(train: 40, test: 4)
    func places(_ seed: UInt64) throws -> [Int] {
      var settings = settings
      settings.seed = seed
      return try StudyData(path: practice.path, settings: settings, threads: 1)
        .places(ofShare: 0.2)
    }
    #expect(try places(1) == places(1))
    #expect(try Set(places(1)) != Set(places(2)))
  }

  @Test func aPatientOfTwoClassesIsOnePatient() throws {
    let practice = try PracticeData.pairs(train: 20, test: 4)
    #expect(try read(practice).training.patientCount == 20)
    for number in 0..<3 {
      try practice.add("train/SICK/person\(number)_late.png", seed: 900 + UInt64(number), level: 70)
    }
    let data = try read(practice)
    #expect(data.training.count == 43)
    #expect(data.training.patientCount == 20)
  }

  @Test func imagesWhoseNamesTellNoPatientAreCounted() throws {
    let practice = try PracticeData([
      ("train/HEALTHY", 12), ("train/SICK", 12), ("test/HEALTHY", 4), ("test/SICK", 4),
    ])
    let data = try read(practice)
    #expect(data.training.patientCount == 24)
    #expect(data.warnings.count == 1)
    #expect(
      data.warnings.first?.description
        == "the names of 32 of 32 images tell no patient; each, or each study of them, counts as a "
        + "patient of its own, so images of one patient may be parted")
  }

  /// In a folder for each patient the PNG file would be the patient's of the DICOM file beside it, were
  /// there not a folder with files of two. Those are so many that only the part for validation has room.
  @Test func filesOfOtherPartsTellPatientsApartToo() throws {
    let practice = try PracticeData([])
    for place in 0..<40 {
      let folder = "\(place < 20 ? "HEALTHY" : "SICK")/ward\(place)"
      let seed = UInt64(place)
      try practice.addDICOM("\(folder)/one.dcm", patient: "\(place)", seed: seed)
      try practice.add("\(folder)/two.png", seed: 100 + seed, level: 40)
    }
    for place in 0..<24 {
      try practice.addDICOM(
        "HEALTHY/both/\(place).dcm", patient: "of two \(place % 2)", seed: 200 + UInt64(place))
    }
    var settings = settings
    let shares = try #require(PatientShares("0.15,0.7,0.15"))
    settings.splitByPatient = shares
    let data = try StudyData(path: practice.path, settings: settings, threads: 2)
    let split = PatientSplit(shares: shares, runSeed: settings.seed)
    let used = try [DataSplit.train, .test].flatMap { part -> [String] in
      try ImageFolder(root: practice.path, DataSelection(split: part, patients: split))
        .files.map(\.path)
    }
    #expect(!used.contains { $0.contains("both") })
    let unknown = used.count { $0.hasSuffix(".png") }
    #expect(unknown > 0 && unknown < used.count - 2)
    #expect(data.training.count + data.test.count == used.count)
    #expect(data.training.patientCount == data.training.count)
    #expect(
      data.warnings.map { "\($0)".prefix(28) } == [
        "the names of \(unknown) of \(used.count) images ".prefix(28),
        "\(unknown) images have no Patient ID and".prefix(28),
      ])
  }

  @Test func aDataSetOfOneClassIsRefused() throws {
    let practice = try PracticeData([("train/SICK", 12), ("test/SICK", 4)])
    let text = message { _ = try read(practice) }
    #expect(text?.contains("found them in 'train/SICK';") == true, "\(text ?? "")")
    #expect(text?.contains("conditional") == false, "\(text ?? "")")
  }

  @Test func aClassWithoutTestImagesIsNamed() throws {
    let practice = try PracticeData([
      ("train/HEALTHY", 12), ("train/SICK", 12), ("test/HEALTHY", 4),
    ])
    let text = message { _ = try read(practice) }
    #expect(text?.contains("found none of SICK in the test folder") == true, "\(text ?? "")")
  }

  @Test func aDataSetWithoutATestFolderIsRefused() throws {
    let practice = try PracticeData([("train/HEALTHY", 12), ("train/SICK", 12)])
    let text = message { _ = try read(practice) }
    #expect(text?.contains("expected a folder of test images") == true, "\(text ?? "")")
  }

  @Test func testImagesThatAreTrainingImagesAreNamedAndCounted() throws {
    let practice = try PracticeData.pairs(train: 12, test: 4)
    try practice.add("test/SICK/copied.png", seed: 0, level: 40)
    try practice.add("test/HEALTHY/again.png", seed: 1, level: 40)
    let text = message { _ = try read(practice) }
    #expect(text?.contains("found 2 (") == true, "\(text ?? "")")
    #expect(
      text?.contains("'test/SICK/copied.png' is 'train/HEALTHY/person0_0.png'") == true,
      "\(text ?? "")")
  }

  @Test func aShareThatIsTooSmallIsRefused() throws {
    let data = try read(.pairs(train: 20, test: 4))
    let patients = message { try data.checkShares([1, 0.1]) }
    #expect(patients?.contains("a share of 0.1 has 1 patients") == true, "\(patients ?? "")")
    let few = try read(
      PracticeData([
        ("train/HEALTHY", 30), ("train/SICK", 30), ("test/HEALTHY", 2), ("test/SICK", 2),
      ]))
    let images = message { try few.checkShares([0.1]) }
    #expect(images?.contains("has 6 images, and a study needs 8") == true, "\(images ?? "")")
    try few.checkShares([0.15, 1])
  }
}
