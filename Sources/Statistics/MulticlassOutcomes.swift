import Support

/// Probabilities of classes, and how well they tell the cases' classes.
///
/// A figure of one class against the others is averaged over the classes with equal weights, however
/// many cases each has. Of two classes `BinaryOutcomes`, on the probability of the second, has more
/// to say.
public struct MulticlassOutcomes: Sendable {
  /// The probabilities of all classes, for each case.
  public let probabilities: [[Double]]
  /// The class of each case.
  public let labels: [Int]
  /// The class called for each case: that of the greatest probability, of equal ones the first.
  public let calls: [Int]
  /// For each class its probability, with the cases of that class as the positive ones.
  public let oneVersusRest: [BinaryOutcomes]

  /// Joins probabilities with what the cases are.
  ///
  /// - Precondition: There are at least two classes, each case has a probability in 0...1 for each and
  ///   a label in 0 ..< `classes`, and every class occurs.
  /// - Complexity: O(`classes` · n log n).
  public init(probabilities: [[Double]], labels: [Int], classes: Int) {
    require(classes > 1, "outcomes of \(classes) classes")
    require(
      probabilities.count == labels.count,
      "probabilities of \(probabilities.count) cases, and labels of \(labels.count)")
    for row in probabilities {
      require(row.count == classes, "\(row.count) probabilities of \(classes) classes")
      require(row.allSatisfy { $0 >= 0 && $0 <= 1 }, "\(row) are no probabilities")
    }
    for label in labels {
      require(label >= 0 && label < classes, "the label \(label) among \(classes) classes")
    }
    self.probabilities = probabilities
    self.labels = labels
    calls = probabilities.map { row in
      row.indices.reduce(0) { row[$1] > row[$0] ? $1 : $0 }
    }
    oneVersusRest = (0..<classes).map { number in
      BinaryOutcomes(
        scores: probabilities.map { $0[number] }, isPositive: labels.map { $0 == number })
    }
  }

  /// The mean over the classes of the area under the ROC curve of one class against the others.
  public var auroc: Double { mean(oneVersusRest.map(\.auroc)) }

  /// The mean over the classes of the average precision of one class against the others.
  public var averagePrecision: Double { mean(oneVersusRest.map(\.averagePrecision)) }

  /// The Brier score: the mean over the cases of Σ (p − y)² over all classes, y being 1 for the case's
  /// class and 0 for the others.
  ///
  /// It runs from 0 to 2, as Brier has it (1950); of two classes it is twice
  /// ``BinaryOutcomes/brierScore``.
  public var brierScore: Double {
    var sum = 0.0
    for (row, label) in zip(probabilities, labels) {
      for (number, probability) in row.enumerated() {
        let error = probability - (number == label ? 1 : 0)
        sum += error * error
      }
    }
    return sum / Double(labels.count)
  }

  /// The right and wrong calls of each class, against the others.
  public var confusions: [Confusion] {
    oneVersusRest.enumerated().map { number, outcomes in
      var (truePositives, falsePositives) = (0, 0)
      for (call, label) in zip(calls, labels) where call == number {
        if label == number { truePositives += 1 } else { falsePositives += 1 }
      }
      return Confusion(
        truePositives: truePositives, falsePositives: falsePositives,
        trueNegatives: outcomes.negatives - falsePositives,
        falseNegatives: outcomes.positives - truePositives)
    }
  }

  /// The mean over the classes of the share of its cases that are called so.
  public var sensitivity: Double { mean(confusions.map(\.sensitivity)) }

  /// The mean over the classes of the share of other cases that are not called so.
  public var specificity: Double { mean(confusions.map(\.specificity)) }

  /// The balanced accuracy, which is the mean recall: the same as `sensitivity`.
  public var balancedAccuracy: Double { sensitivity }

  /// Returns `auroc` of a list that holds case i `weights[i]` times.
  func weightedAUROC(_ weights: UnsafeBufferPointer<Int32>) -> Double {
    oneVersusRest.reduce(0) { $0 + $1.ranking.weightedAUROC(weights) }
      / Double(oneVersusRest.count)
  }
}
