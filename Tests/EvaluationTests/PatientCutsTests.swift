import DataSets
import Evaluation
import Foundation
import Imaging
import Tensor
import TestSupport
import Testing

/// Pictures of a patient, and frames of a file, lie on one side of a comparison.
@Suite struct PatientCutsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `pictures of a patient follow one another, and no cut is among them`() {
    let order = PatientCuts.grouping([4, 0, 3, 1, 2, 5], by: [7, 8, 9, 7, 8, 8])
    #expect(order == [0, 3, 4, 1, 5, 2])
    let cuts = PatientCuts([8, 8, 8, 7, 7, 9])
    #expect((0...6).map(cuts.first) == [0, 3, 3, 3, 5, 5, 6])
    #expect(cuts.middle == 3 && cuts.mostTwice == 3)
    #expect(cuts.dropping(3).middle == 2 && cuts.dropping(3).count == 3)
  }

  @Test(arguments: [1, 2, 5, 6]) func `strangers are cut in the middle`(count: Int) {
    let cuts = PatientCuts(Array(0..<count))
    #expect(cuts.middle == count / 2 && cuts.mostTwice == count / 2)
    #expect(PatientCuts.grouping([2, 0, 1], by: [0, 1, 2]) == [2, 0, 1])
  }

  /// With three pictures of every tenth patient, a quarter of both halves of a random order is of those.
  @Test func `patients with many pictures come no sooner than others`() {
    let numbers = (0..<1000).flatMap { patient in
      Array(repeating: patient, count: patient.isMultiple(of: 10) ? 3 : 1)
    }
    var shares: [Double] = []
    for seed in 0..<20 as Range<UInt64> {
      let random = RandomStream(seed: seed, stream: 1)
      let order = PatientCuts.grouping(random.permutation(of: numbers.count), by: numbers)
      #expect(order.sorted() == Array(numbers.indices))
      let first = order.prefix(numbers.count / 2)
      shares.append(
        Double(first.count { numbers[$0].isMultiple(of: 10) }) / Double(first.count))
    }
    let mean = shares.reduce(0, +) / Double(shares.count)
    // 300 of 1,200 pictures; the standard error of the mean is below 0.01.
    #expect(abs(mean - 0.25) < 0.04, "\(shares)")
  }

  /// Writes a DICOM file of some frames, each of a shade of its own.
  private func add(frames: Int, first: Int, as name: String, patient: String) throws {
    var file = DICOMWriter(side: 32) { _, _ in 0 }
    file.set(0x0028_0008, "IS", "\(frames)")
    file.set(0x0010_0020, "LO", patient)
    file.set(
      0x7FE0_0010, "OW",
      (0..<frames).flatMap { [UInt8](repeating: UInt8(first + $0), count: 32 * 32) })
    try folder.add(file.data, as: name)
  }

  private func data() throws -> EvaluationData {
    try EvaluationData(
      EvaluationData.Request(
        path: folder.path, reading: ImageReading(size: 32, channels: 1, frames: .all)),
      seed: 3, threads: 2)
  }

  @Test func `frames of a file and files of a patient are in one half`() throws {
    for file in 0..<6 {
      try add(
        frames: 5, first: 10 + 5 * file, as: "\(file).dcm", patient: "P\(min(file, 4))")
    }
    let data = try data()
    #expect(data.isHeldOutFromTraining)
    // Four patients of 5 frames and one of 10.
    #expect(data.mostCompared == 15 || data.mostCompared == 10)
    let files = data.trainingPaths.map { $0.prefix(1) == "5" ? "4" : $0.prefix(1) }
    let half = data.trainingCuts.middle
    #expect(Set(files[..<half]).isDisjoint(with: files[half...]))
    let second = data.trainingCuts.first(from: 8)
    #expect(Set(files[..<8]).isDisjoint(with: files[second...]))
  }

  @Test func `one file has no halves`() throws {
    try add(frames: 40, first: 10, as: "a.dcm", patient: "P")
    #expect(
      message { _ = try data() }
        == "\(folder.path): expected training images of several patients, since one half is compared "
        + "with the other, found 40 of which nearly all belong to one patient or one file; give images "
        + "of others")
  }
}
