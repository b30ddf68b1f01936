import DataSets
import Foundation
import TestSupport
import Testing

/// Which images are one patient's, where only some of the files name theirs.
@Suite struct PatientGroupsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Writes a DICOM file of a patient, of a study, or of neither.
  private func add(_ path: String, patient: String? = nil, study: String? = nil) throws {
    var file = DICOMWriter(side: 16) { column, _ in UInt8(column) }
    if let patient { file.set(0x0010_0020, "LO", patient) }
    if let study { file.set(0x0020_000D, "UI", study) }
    try folder.add(file.data, as: path)
  }

  /// Sorts files, of which those that are missing are written as ones that name nothing.
  private func groups(_ paths: [String]) throws -> PatientGroups {
    for path in paths where !FileManager.default.fileExists(atPath: folder.file(path)) {
      try folder.addFiles([path])
    }
    return PatientGroups(of: paths, in: folder.path)
  }

  @Test func `a name that one patient's files bear is that patient's`() throws {
    try add("person1/a.dcm", patient: "X")
    try add("b.dcm", patient: "X")
    let groups = try groups(["person1/a.dcm", "b.dcm", "person1/c.png", "person2/d.png", "e.png"])
    #expect(groups.numbers == [0, 0, 0, 1, 2])
    #expect(groups.areKnown == [true, true, true, true, false])
    #expect(groups.areApart == [false, false, false, true, true])
  }

  @Test func `a name that two patients' files bear tells nothing`() throws {
    try add("a/IM-0001-0001.dcm", patient: "X")
    try add("b/IM-0001-0001.dcm", patient: "Y")
    let groups = try groups(
      ["a/IM-0001-0001.dcm", "b/IM-0001-0001.dcm", "c/IM-0001-0002.png", "d/IM-0001-0003.png"])
    #expect(groups.numbers == [0, 1, 2, 2])
    #expect(groups.areApart == [false, false, true, true])
  }

  @Test func `a study is of one patient`() throws {
    try add("a.dcm", patient: "X", study: "1.2.3")
    try add("b.dcm", study: "1.2.3")
    try add("c.dcm", study: "1.2.4")
    try add("d.dcm", study: "1.2.4")
    let groups = try groups(["a.dcm", "b.dcm", "c.dcm", "d.dcm"])
    #expect(groups.numbers == [0, 0, 1, 1])
    #expect(groups.areKnown == [true, true, false, false])
    #expect(groups.areApart == [false, false, true, true])
  }

  @Test func `an export lies beside its file, or is named like it`() throws {
    try add("a/scan.dcm", patient: "X")
    try add("b/scan.dcm", patient: "Y")
    try add("c/0017.dcm", patient: "Z")
    let groups = try groups([
      "a/scan.dcm", "b/scan.dcm", "c/0017.dcm", "b/scan.png", "png/0017.png", "png/0018.png",
    ])
    #expect(groups.numbers == [0, 1, 2, 1, 2, 3])
  }

  @Test func `a common name is no export's`() throws {
    try add("a/view.dcm", patient: "X")
    let groups = try groups(["a/view.dcm", "b/view.png", "c/view.png"])
    #expect(groups.numbers == [0, 1, 2])
  }

  @Test func `a folder for each patient holds that patient's images`() throws {
    for (name, patient) in [("k", "X"), ("l", "Y"), ("m", "Z")] {
      try add("set/\(name)/1.dcm", patient: patient)
    }
    let paths = ["set/k/1.dcm", "set/l/1.dcm", "set/m/1.dcm", "set/l/old/7.png", "set/8.png"]
    #expect(try groups(paths).numbers == [0, 1, 2, 1, 3])
    // A folder with two patients is none of a patient, and so nor are the others.
    try add("set/m/2.dcm", patient: "W")
    #expect(try groups(["set/m/2.dcm"] + paths).numbers == [0, 1, 2, 3, 4, 5])
  }

  @Test func `without DICOM files names alone count`() throws {
    let groups = try groups(["person1_a.png", "x/1.png", "x/1.jpg", "person1_b.png"])
    #expect(groups.numbers == [0, 1, 2, 0])
    #expect(groups.areApart == [false, false, false, false])
  }
}
