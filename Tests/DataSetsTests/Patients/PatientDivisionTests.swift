import DataSets
import Foundation
import Tensor
import TestSupport
import Testing

/// Dividing a data set's patients into parts.
@Suite struct PatientDivisionTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func split(_ shares: String = "0.8,0.1,0.1", seed: UInt64 = 1) throws -> PatientSplit {
    PatientSplit(
      shares: try #require(PatientShares(shares)), stream: RandomStream(seed: seed, stream: 5))
  }

  private func names(
    _ part: DataSplit?, _ patients: PatientSplit, classes: [String] = []
  ) throws -> [String] {
    try ImageFolder(
      root: folder.path, DataSelection(split: part, classes: classes, patients: patients)
    ).names
  }

  private func patients(_ names: [String]) -> Set<String> { Set(names.compactMap(PatientName.of)) }

  @Test(arguments: [
    ("0.8,0.1,0.1", [0.8, 0.1, 0.1]), ("0.7,0.3,0", [0.7, 0.3, 0]), (".5,0,.5", [0.5, 0, 0.5]),
  ])
  func `shares are read and written`(text: String, shares: [Double]) throws {
    let read = try #require(PatientShares(text))
    #expect([read.train, read.validation, read.test] == shares)
    #expect(PatientShares(read.description) == read)
    #expect(
      try JSONDecoder().decode([PatientShares].self, from: JSONEncoder().encode([read])) == [read])
  }

  @Test(arguments: [
    "", "0.8", "0.8,0.2", "0.8,0.1,0.2", "1,0,0", "0,0.5,0.5", "1.2,-0.1,-0.1", "a,b,c",
  ])
  func `other texts are no shares`(text: String) { #expect(PatientShares(text) == nil) }

  @Test func `no patient is in two parts, and all images are in one`() throws {
    // 20 patients of one class with two images each, and 10 of another with four.
    for number in 10..<30 {
      try folder.addFiles((1...2).map { "NORMAL/person\(number)_\($0).jpeg" })
    }
    for number in 30..<40 {
      try folder.addFiles((1...4).map { "PNEUMONIA/person\(number)_\($0).jpeg" })
    }
    let split = try split()
    let parts = try [DataSplit.train, .val, .test].map { try names($0, split) }
    #expect(parts.map(\.count).reduce(0, +) == 80)
    #expect(Set(parts.joined()).count == 80)
    #expect(parts.map { patients($0).count }.reduce(0, +) == 30)
    // Each class in the same shares, up to the images of one patient.
    for (folder, images) in [("NORMAL", 2), ("PNEUMONIA", 4)] {
      for (part, wanted) in zip(parts, [32, 4, 4]) {
        #expect(abs(part.count { $0.hasPrefix(folder) } - wanted) <= images)
      }
    }
    #expect(try names(nil, split) == parts[0])
    #expect(try names(.all, split).count == 80)
    #expect(try names(.val, split, classes: ["NORMAL"]) == parts[1].filter { $0.hasPrefix("N") })
    let contents = try FolderContents(root: folder.path, DataSelection(patients: split))
    #expect(contents.patients?.map(\.part) == ["train", "val", "test"])
    #expect(contents.patients?.map(\.images) == parts.map(\.count))
    #expect(contents.patients?.map(\.patients) == parts.map { patients($0).count })
    #expect(try contents.listing(DataSelection()).origin.reason == .patients)
    #expect(
      contents.heldOut(classes: [], count: 99)?.names.count == parts[1].count + parts[2].count)
  }

  @Test func `the seed decides, and nothing else`() throws {
    for number in 10..<40 { try folder.addFiles(["patient\(number)/a.png"]) }
    #expect(try names(.train, split(seed: 1)) == names(.train, split(seed: 1)))
    #expect(try names(.train, split(seed: 1)) != names(.train, split(seed: 2)))
    #expect(try names(.train, split(seed: 1)).count == 24)
  }

  /// Files named like one patient's, of two, and the other way round.
  @Test func `a DICOM file's Patient ID goes before its name`() throws {
    for number in 0..<20 {
      var file = DICOMWriter(side: 16) { column, _ in UInt8(column) }
      file.set(0x0010_0020, "LO", "secret\(number / 2)")
      try folder.add(file.data, as: "patient\(number % 3)/\(10 + number).jpg")
    }
    let split = try split("0.5,0.5,0")
    let train = try names(.train, split)
    let numbers = train.compactMap { Int($0.suffix(6).prefix(2)) }.sorted()
    #expect(numbers.count == 10)
    for number in numbers { #expect(numbers.contains(number ^ 1)) }
    let contents = try FolderContents(root: folder.path, DataSelection(patients: split))
    #expect(contents.patients?.map(\.patients) == [5, 5])
  }

  @Test func `images of unknown patients count as one each`() throws {
    try folder.addFiles((10..<20).map { "person\($0)_1.png" } + ["a.png", "b.png"])
    let counts = try FolderContents(root: folder.path, DataSelection(patients: split("0.5,0.5,0")))
      .patients
    #expect(counts?.map(\.patients) == [6, 6])
    #expect(counts?.reduce(0) { $0 + $1.unknown } == 2)
  }

  @Test func `what cannot be divided is refused`() throws {
    try folder.addFiles(["x/a.png", "x/b.png"])
    let split = try split()
    #expect(
      message { _ = try names(nil, split) }
        == "\(folder.path): expected DICOM files with a Patient ID, or names such as "
        + "patient0012/scan.png, person12_scan.jpeg or 00000013_005.png, found none of 2 images that "
        + "tells its patient; leave out 'splitByPatient', or sort the images into folders train, val "
        + "and test")
    try folder.addFiles(["x/person1_1.png"])
    #expect(
      message { _ = try names(nil, split) }
        == "\(folder.path): expected enough patients for each part, found 3, of whom none is left for "
        + "val at the shares 0.8,0.1,0.1; give 'splitByPatient' with larger shares for the small parts"
    )
    try folder.addFiles(["val/person1_1.png"])
    #expect(
      message { _ = try names(nil, split) }
        == "\(folder.path): expected a folder that is not divided yet, found 'val', named like the val "
        + "images; leave out 'splitByPatient', or name a folder that holds all images")
  }
}
