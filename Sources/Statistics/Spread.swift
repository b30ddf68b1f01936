import Support

/// Where a few figures of one kind lie, as those of several seeds.
public struct Spread: Sendable, Equatable, Codable {
  /// Their mean.
  public let mean: Double
  /// The smallest of them.
  public let minimum: Double
  /// The largest of them.
  public let maximum: Double
  /// The sample standard deviation, √(Σ(x − mean)² / (n − 1)); nil for a single figure.
  public let standardDeviation: Double?

  /// Describes figures.
  ///
  /// - Precondition: There is at least one.
  public init(_ figures: [Double]) {
    minimum = requireValue(figures.min(), "the spread of no figures")
    maximum = requireValue(figures.max(), "the spread of no figures")
    mean = Statistics.mean(figures)
    standardDeviation = sampleCovariance(figures, figures)?.squareRoot()
  }
}
