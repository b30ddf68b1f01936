import Support

extension BinaryOutcomes {
  /// The ROC curve: (0, 0), and a point for every score that occurs, from the highest to the lowest,
  /// which is at (1, 1).
  public var rocPoints: [ROCPoint] {
    let start = ROCPoint(falsePositiveRate: 0, truePositiveRate: 0, threshold: nil)
    return [start]
      + steps.map { step in
        ROCPoint(
          falsePositiveRate: Double(step.falsePositives) / Double(negatives),
          truePositiveRate: Double(step.truePositives) / Double(positives), threshold: step.score)
      }
  }

  /// The average precision, which stands for the area under the precision-recall curve: Σ (Rₖ − Rₖ₋₁)
  /// Pₖ over the scores that occur from the highest down, Rₖ being the recall and Pₖ the precision
  /// where that score is the threshold.
  ///
  /// Cases of equal score join together, so their order has no influence. No line is drawn between
  /// the points, as that would promise too much (Davis & Goadrich 2006).
  public var averagePrecision: Double {
    var sum = 0.0
    var found = 0
    for step in steps {
      let precision = Double(step.truePositives) / Double(step.truePositives + step.falsePositives)
      sum += Double(step.truePositives - found) / Double(positives) * precision
      found = step.truePositives
    }
    return sum
  }

  /// Returns what comes of calling every case positive whose score is at least `threshold`.
  public func confusion(threshold: Double) -> Confusion {
    var (truePositives, falsePositives) = (0, 0)
    for (score, isPositive) in zip(scores, isPositive) where score >= threshold {
      if isPositive { truePositives += 1 } else { falsePositives += 1 }
    }
    return Confusion(
      truePositives: truePositives, falsePositives: falsePositives,
      trueNegatives: negatives - falsePositives, falseNegatives: positives - truePositives)
  }

  /// The threshold of the greatest sensitivity + specificity − 1 (W. Youden, "Index for Rating
  /// Diagnostic Tests", Cancer 3, 1950).
  ///
  /// The candidates are the lowest score and the midpoints between scores that follow each other, for
  /// a threshold at a score itself would lie at the very edge of what was seen. Of equally good ones
  /// the nearest to 0.5 is taken, and of two as near the lower.
  public var bestThreshold: Double {
    var best = (index: Int.min, threshold: 0.0)
    for (number, step) in steps.enumerated() {
      // The index times the number of pairs, a whole number: equal ones are equal.
      let index = step.truePositives * negatives - step.falsePositives * positives
      let next = number + 1 < steps.count ? steps[number + 1].score : nil
      let threshold = next.map { Self.threshold(above: $0, reachedBy: step.score) } ?? step.score
      let isNearer = abs(threshold - 0.5) <= abs(best.threshold - 0.5)
      if index > best.index || (index == best.index && isNearer) { best = (index, threshold) }
    }
    return best.threshold
  }

  /// Returns the midpoint of two scores, or the higher one where rounding would reach the lower.
  private static func threshold(above lower: Double, reachedBy higher: Double) -> Double {
    let middle = lower + (higher - lower) / 2
    return middle > lower && middle <= higher ? middle : higher
  }

  /// The number of calls "positive" when the threshold is a score that occurs, the highest first.
  private var steps: [(score: Double, truePositives: Int, falsePositives: Int)] {
    var (truePositives, falsePositives) = (0, 0)
    return ranking.runs.reversed().map { run in
      let counts = ranking.counts(in: run)
      truePositives += counts.positives
      falsePositives += counts.negatives
      return (scores[ranking.order[run.lowerBound]], truePositives, falsePositives)
    }
  }
}
