/// A point of an ROC curve.
public struct ROCPoint: Sendable, Equatable {
  /// The share of negative cases called positive.
  public let falsePositiveRate: Double
  /// The share of positive cases called positive.
  public let truePositiveRate: Double
  /// The least score called positive; nil at (0, 0), where none is.
  public let threshold: Double?
}
