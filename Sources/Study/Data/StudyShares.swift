import DCGAN
import DataSets
import Support
import Tensor

extension StudyData {
  /// Parts the training images into those that thresholds are chosen on and those that shares are drawn
  /// from, class by class, without parting a patient.
  ///
  /// A patient with images of several classes counts to that of the first.
  static func divide(
    _ images: StudyImages, classes: Int, seed: UInt64
  ) -> (validation: StudyImages, pool: [[Int]]) {
    var validation: [Int] = []
    var pool: [[Int]] = []
    for (label, patients) in patients(of: images, classes: classes).enumerated() {
      let chosen = RandomUse.studyValidation.stream(seed: seed, part: UInt32(label))
        .permutation(of: patients.count)
      let total = patients.reduce(0) { $0 + $1.count }
      let wanted = max(1, Int((Double(total) * validationShare).rounded()))
      var (taken, held) = (0, Set<Int>())
      for patient in chosen where taken < wanted && held.count + 1 < patients.count {
        taken += patients[patient].count
        held.insert(patient)
      }
      validation += held.sorted().flatMap { patients[$0] }
      let rest = patients.indices.filter { !held.contains($0) }
      let order = RandomUse.studyShares.stream(seed: seed, part: UInt32(label))
        .permutation(of: rest.count)
      pool.append(order.flatMap { patients[rest[$0]] })
    }
    return (images.keeping(validation), pool)
  }

  /// Lists the places of each patient's images, by class.
  private static func patients(of images: StudyImages, classes: Int) -> [[[Int]]] {
    var places: [Int: [Int]] = [:]
    var order: [Int] = []
    for (place, patient) in images.patients.enumerated() {
      if places[patient] == nil { order.append(patient) }
      places[patient, default: []].append(place)
    }
    var result = [[[Int]]](repeating: [], count: classes)
    for patient in order {
      guard let own = places[patient], let first = own.first else { continue }
      result[images.labels[first]].append(own)
    }
    return result
  }

  /// Returns the places in the training images of a share: of each class so much of all its images, as
  /// whole patients, and no more than are not kept for thresholds. A smaller share is a part of a larger.
  ///
  /// Throws `StudyError` where it is too small.
  package func places(ofShare share: Double) throws -> [Int] {
    let totals = training.counts(classes.count)
    var result: [Int] = []
    for (label, places) in pool.enumerated() {
      let wanted = Int((share * Double(totals[label])).rounded())
      var end = 0
      while end < places.count, end < wanted || !isEndOfPatient(places, end) { end += 1 }
      let chosen = places[..<end]
      let patients = Set(chosen.map { training.patients[$0] }).count
      guard patients >= Self.leastPatients else {
        throw StudyError(
          "\(path): a share of \(share) has \(patients) patients of the class \(classes[label]), and a "
            + "study needs \(Self.leastPatients) of every class; choose larger shares, or add images"
        )
      }
      result += chosen
    }
    guard result.count >= Self.leastImages else {
      throw StudyError(
        "\(path): a share of \(share) has \(result.count) images, and a study needs "
          + "\(Self.leastImages); choose larger shares, or add images")
    }
    return result
  }

  /// Throws `StudyError` where one of the shares is too small.
  public func checkShares(_ shares: [Double]) throws {
    for share in shares { _ = try places(ofShare: share) }
  }

  /// Returns whether a patient's images end before a place.
  private func isEndOfPatient(_ places: [Int], _ end: Int) -> Bool {
    end == 0 || training.patients[places[end - 1]] != training.patients[places[end]]
  }

  /// The patients in the test of the class that has fewest.
  var leastTestPatients: Int {
    classes.indices.map { label in
      Set(test.patients.indices.filter { test.labels[$0] == label }.map { test.patients[$0] }).count
    }.min() ?? 0
  }

  /// The number of images and patients of the parts, for the record.
  public var summary: StudyDataSummary {
    StudyDataSummary(
      classes: classes, positive: classes.count == 2 ? classes[1] : nil, digest: digest,
      trainingImages: training.count, trainingPatients: training.patientCount,
      validationImages: validation.count, validationPatients: validation.patientCount,
      testImages: test.count, testPatients: test.patientCount,
      testImagesByClass: test.counts(classes.count))
  }
}

/// What a study's data holds.
public struct StudyDataSummary: Codable, Equatable, Sendable {
  /// The classes, sorted.
  public let classes: [String]
  /// The class whose probability is measured; nil where there are more than two.
  public let positive: String?
  /// What tells the lists of files apart.
  public let digest: String
  /// The images of the training folder.
  public let trainingImages: Int
  /// Their patients.
  public let trainingPatients: Int
  /// Those of them that thresholds are chosen on.
  public let validationImages: Int
  /// Their patients.
  public let validationPatients: Int
  /// The images of the test folder.
  public let testImages: Int
  /// Their patients.
  public let testPatients: Int
  /// The same images by class.
  public let testImagesByClass: [Int]
}
