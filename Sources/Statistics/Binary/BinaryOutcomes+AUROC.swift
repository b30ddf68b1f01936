import Support

extension BinaryOutcomes {
  /// The area under the ROC curve: the share of pairs of a positive and a negative case in which the
  /// positive has the higher score, equal scores counting half (Mann and Whitney 1947).
  public var auroc: Double {
    weightedAUROC([Int32](repeating: 1, count: scores.count))
  }

  /// Returns the area under the ROC curve of a list that holds case i `weights[i]` times.
  ///
  /// - Precondition: There is a weight for every case, none is negative, and both kinds occur.
  /// - Complexity: O(n).
  package func weightedAUROC(_ weights: [Int32]) -> Double {
    require(weights.count == scores.count, "\(weights.count) weights of \(scores.count) cases")
    return weights.withUnsafeBufferPointer { ranking.weightedAUROC($0) }
  }

  /// The variance of `auroc` as an estimate, nil where one of the kinds has a single case.
  ///
  /// E. DeLong, D. DeLong, D. Clarke-Pearson, "Comparing the Areas under Two or More Correlated
  /// Receiver Operating Characteristic Curves: A Nonparametric Approach", Biometrics 44 (1988):
  /// S₁₀ / m + S₀₁ / n, where S₁₀ is the sample variance over the m positive cases of the share of
  /// negatives that each beats, and S₀₁ that over the n negative cases of the share of positives that
  /// beat each. It is 0 where the scores separate the kinds.
  ///
  /// - Complexity: O(n), the cases being sorted: X. Sun, W. Xu, "Fast Implementation of DeLong's
  ///   Algorithm", IEEE Signal Processing Letters 21 (2014).
  public var aurocVariance: Double? {
    aurocCovariance(with: self)
  }

  /// Returns the covariance of `auroc` with that of other scores of the same cases (DeLong 1988), nil
  /// where one of the kinds has a single case.
  ///
  /// - Precondition: The cases of `other` are of the same kinds in the same order.
  public func aurocCovariance(with other: BinaryOutcomes) -> Double? {
    requireSameCases(other)
    return placements.covariance(with: other.placements)
  }

  /// Returns `auroc` with its interval: ± z standard deviations (DeLong 1988), the area itself taken
  /// for normal, clipped to 0...1.
  ///
  /// Near 1 and with few cases such an interval is too narrow, and at 1 it has no width. Where one of
  /// the kinds has a single case nothing is known of the spread, and it is all of 0...1.
  ///
  /// - Precondition: 0 < `confidence` < 1.
  public func aurocInterval(confidence: Double = 0.95) -> Interval {
    let auroc = auroc
    guard let variance = aurocVariance else {
      require(confidence > 0 && confidence < 1, "a confidence of \(confidence)")
      return Interval(estimate: auroc, lower: 0, upper: 1)
    }
    return Interval(
      estimate: auroc, standardError: variance.squareRoot(), confidence: confidence,
      clippedTo: 0...1)
  }

  /// Compares `auroc` with that of other scores of the same cases, by the test of DeLong 1988.
  ///
  /// - Precondition: The cases of `other` are of the same kinds in the same order, and
  ///   0 < `confidence` < 1.
  public func compareAUROC(with other: BinaryOutcomes, confidence: Double = 0.95)
    -> AUROCComparison
  {
    requireSameCases(other)
    // The variance of the differences is what var + var − 2 cov comes to, and cannot be negative.
    let differences = placements.subtracting(other.placements)
    return AUROCComparison(
      difference: auroc - other.auroc, variance: differences.covariance(with: differences),
      confidence: confidence)
  }

  private func requireSameCases(_ other: BinaryOutcomes) {
    require(isPositive == other.isPositive, "areas of different cases are compared")
  }

  /// The structural components of the area, V₁₀ and V₀₁.
  private var placements: Placements {
    var shares = [Double](repeating: 0, count: scores.count)
    var (positivesBelow, negativesBelow) = (0, 0)
    for run in ranking.runs {
      let (tiedPositives, tiedNegatives) = ranking.counts(in: run)
      // The midrank among all cases less that among the cases of its kind.
      let beaten = Double(2 * negativesBelow + tiedNegatives) / Double(2 * negatives)
      let won = 2 * (positives - positivesBelow) - tiedPositives
      let beating = Double(won) / Double(2 * positives)
      for index in run {
        shares[ranking.order[index]] = ranking.kinds[index] == 1 ? beaten : beating
      }
      positivesBelow += tiedPositives
      negativesBelow += tiedNegatives
    }
    return Placements(shares: shares, isPositive: isPositive)
  }
}

/// How each case stands to those of the other kind: DeLong's structural components.
private struct Placements {
  /// Of each positive case the share of negatives it beats, V₁₀.
  var positive: [Double]
  /// Of each negative case the share of positives that beat it, V₀₁.
  var negative: [Double]

  init(shares: [Double], isPositive: [Bool]) {
    positive = zip(shares, isPositive).filter(\.1).map(\.0)
    negative = zip(shares, isPositive).filter { !$0.1 }.map(\.0)
  }

  /// Returns the differences of the components from those of other scores.
  func subtracting(_ other: Placements) -> Placements {
    var difference = self
    for index in positive.indices { difference.positive[index] -= other.positive[index] }
    for index in negative.indices { difference.negative[index] -= other.negative[index] }
    return difference
  }

  /// Returns s₁₀ / m + s₀₁ / n.
  func covariance(with other: Placements) -> Double? {
    guard let ofPositives = sampleCovariance(positive, other.positive),
      let ofNegatives = sampleCovariance(negative, other.negative)
    else { return nil }
    return ofPositives / Double(positive.count) + ofNegatives / Double(negative.count)
  }
}
