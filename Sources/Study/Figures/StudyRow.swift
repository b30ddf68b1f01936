import Statistics

/// The figures of one training on the test images.
public struct StudyRow: Codable, Equatable, Sendable {
  /// What the classifier was trained on.
  public let arm: StudyArm
  /// The share of the real training images.
  public let share: Double
  /// Synthetic images for each real one, of the control of equal size repeated ones; 0 for none.
  public let ratio: Double
  /// The number of the training, counted from 0.
  public let seed: Int
  /// The area under the ROC curve; of more than two classes the mean of each against the others.
  public let auroc: Double
  /// Its 95 % interval by DeLong; nil for more than two classes.
  public let aurocLow: Double?
  /// The upper bound.
  public let aurocHigh: Double?
  /// The area under the curve of precision over recall.
  public let auprc: Double
  /// The mean of sensitivity and specificity; of more than two classes the mean recall.
  public let balancedAccuracy: Double
  /// The share of positive images that are called so, at the threshold.
  public let sensitivity: Double
  /// The share of negative images that are called so, at the threshold.
  public let specificity: Double
  /// The mean squared error of the probability of the positive class; of more than two classes the mean
  /// of the sum over all of them, from 0 to 2.
  public let brier: Double
  /// The threshold that the validation images chose; nil for more than two classes, where the most
  /// probable class is called.
  public let threshold: Double?
  /// The images that it was trained on.
  public let images: Int
  /// Those of them that are synthetic.
  public let syntheticImages: Int
  /// Whether the generator of these may have seen images outside the share, or test images.
  public let mayHaveSeenMore: Bool

  /// The arm and the ratio.
  public var mixture: StudyMixture { StudyMixture(arm: arm, ratio: ratio) }

  private enum CodingKeys: String, CodingKey {
    case arm, share, ratio, seed, auroc, aurocLow, aurocHigh, auprc, balancedAccuracy, sensitivity
    case specificity, brier, threshold, images, syntheticImages, mayHaveSeenMore
  }

  /// Writes all keys, null where there is no value, so that every row has the same.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(arm, forKey: .arm)
    try container.encode(share, forKey: .share)
    try container.encode(ratio, forKey: .ratio)
    try container.encode(seed, forKey: .seed)
    try container.encode(auroc, forKey: .auroc)
    try container.encode(aurocLow, forKey: .aurocLow)
    try container.encode(aurocHigh, forKey: .aurocHigh)
    try container.encode(auprc, forKey: .auprc)
    try container.encode(balancedAccuracy, forKey: .balancedAccuracy)
    try container.encode(sensitivity, forKey: .sensitivity)
    try container.encode(specificity, forKey: .specificity)
    try container.encode(brier, forKey: .brier)
    try container.encode(threshold, forKey: .threshold)
    try container.encode(images, forKey: .images)
    try container.encode(syntheticImages, forKey: .syntheticImages)
    try container.encode(mayHaveSeenMore, forKey: .mayHaveSeenMore)
  }

  /// Measures what a training predicted.
  ///
  /// - Parameter isDoubtful: whether there is a caveat about where the share's synthetic images come from.
  init(_ cell: StudyCell, _ record: CellRecord, _ data: StudyData, isDoubtful: Bool) {
    mayHaveSeenMore = isDoubtful && record.syntheticImages > 0
    (arm, share, ratio, seed) = (cell.mixture.arm, cell.share, cell.mixture.ratio, cell.seed)
    (images, syntheticImages) = (record.images, record.syntheticImages)
    if data.classes.count == 2 {
      let test = record.binary(record.test, data.test.labels)
      let limit = record.binary(record.validation, data.validation.labels).bestThreshold
      let interval = test.aurocInterval()
      (auroc, aurocLow, aurocHigh) = (interval.estimate, interval.lower, interval.upper)
      auprc = test.averagePrecision
      brier = test.brierScore
      let calls = test.confusion(threshold: limit)
      (sensitivity, specificity) = (calls.sensitivity, calls.specificity)
      balancedAccuracy = calls.balancedAccuracy
      threshold = limit
    } else {
      let test = record.multiclass(record.test, data.test.labels, data.classes.count)
      (auroc, aurocLow, aurocHigh, threshold) = (test.auroc, nil, nil, nil)
      auprc = test.averagePrecision
      brier = test.brierScore
      (sensitivity, specificity) = (test.sensitivity, test.specificity)
      balancedAccuracy = test.balancedAccuracy
    }
  }
}

/// What a training predicted, as its file holds it.
struct CellRecord: Codable, Equatable {
  /// The images that it was trained on.
  let images: Int
  /// Those of them that are synthetic.
  let syntheticImages: Int
  /// The probabilities of all classes of each validation image.
  let validation: [[Double]]
  /// Those of each test image.
  let test: [[Double]]

  /// Returns whether these are probabilities of every image of the data.
  func fits(_ data: StudyData) -> Bool {
    func fit(_ rows: [[Double]], _ count: Int) -> Bool {
      rows.count == count
        && rows.allSatisfy { row in
          // The last digits of a sum of exponentials may exceed 1.
          row.count == data.classes.count && row.allSatisfy { $0 >= 0 && $0 <= 1 + 1e-9 }
        }
    }
    return fit(validation, data.validation.count) && fit(test, data.test.count)
  }

  /// Joins predictions of the second of two classes with what the images are.
  func binary(_ probabilities: [[Double]], _ labels: [Int]) -> BinaryOutcomes {
    BinaryOutcomes(scores: probabilities.map { min(1, $0[1]) }, isPositive: labels.map { $0 == 1 })
  }

  /// Joins predictions of several classes with what the images are.
  func multiclass(
    _ probabilities: [[Double]], _ labels: [Int], _ classes: Int
  ) -> MulticlassOutcomes {
    MulticlassOutcomes(
      // The last digits of a sum of exponentials may exceed 1.
      probabilities: probabilities.map { $0.map { min(1, $0) } }, labels: labels, classes: classes)
  }
}
