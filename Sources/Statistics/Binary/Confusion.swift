import Support

/// Right and wrong calls of cases of two kinds.
public struct Confusion: Sendable, Equatable, Codable {
  /// The number of positive cases called positive.
  public let truePositives: Int
  /// The number of negative cases called positive.
  public let falsePositives: Int
  /// The number of negative cases called negative.
  public let trueNegatives: Int
  /// The number of positive cases called negative.
  public let falseNegatives: Int

  /// Joins four counts.
  ///
  /// - Precondition: No count is negative, and both kinds occur.
  public init(truePositives: Int, falsePositives: Int, trueNegatives: Int, falseNegatives: Int) {
    require(
      min(truePositives, falsePositives, trueNegatives, falseNegatives) >= 0, "a negative count")
    require(truePositives + falseNegatives > 0, "no case is positive")
    require(trueNegatives + falsePositives > 0, "no case is negative")
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.trueNegatives = trueNegatives
    self.falseNegatives = falseNegatives
  }

  /// The share of positive cases called positive.
  public var sensitivity: Double {
    Double(truePositives) / Double(truePositives + falseNegatives)
  }

  /// The share of negative cases called negative.
  public var specificity: Double {
    Double(trueNegatives) / Double(trueNegatives + falsePositives)
  }

  /// The mean of sensitivity and specificity.
  public var balancedAccuracy: Double { (sensitivity + specificity) / 2 }

  /// The share of all cases called right.
  public var accuracy: Double {
    Double(truePositives + trueNegatives)
      / Double(truePositives + falsePositives + trueNegatives + falseNegatives)
  }
}
