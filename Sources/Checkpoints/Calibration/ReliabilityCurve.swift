/// Compares predicted probabilities that images are real with how many of them are: ten bins of equal
/// width over 0 … 1, each with its images' mean prediction and its share of real ones.
///
/// The points (mean prediction, share of real images) of predictions that can be believed lie on the
/// diagonal, but for chance: the reliability diagram of Niculescu-Mizil & Caruana 2005, "Predicting Good
/// Probabilities with Supervised Learning".
public struct ReliabilityCurve: Equatable, Sendable {
  /// The images whose predictions fall into one bin.
  public struct Bin: Equatable, Sendable {
    /// How many real images there are.
    public let real: Int
    /// How many fakes there are.
    public let fakes: Int
    /// The mean prediction, 0 to 1; nil where there is no image.
    public let meanPrediction: Double?

    /// Makes a bin of its parts.
    public init(real: Int, fakes: Int, meanPrediction: Double?) {
      (self.real, self.fakes, self.meanPrediction) = (real, fakes, meanPrediction)
    }

    /// The images of both kinds.
    public var count: Int { real + fakes }
    /// The real images among them.
    public var observed: Proportion { Proportion(real, of: count) }
  }

  /// How many bins there are.
  public static let binCount = 10
  /// The bins, of the least predictions first.
  public let bins: [Bin]

  /// Makes a curve of its bins; nil unless there are `binCount` of them.
  public init?(bins: [Bin]) {
    guard bins.count == Self.binCount else { return nil }
    self.bins = bins
  }

  /// Sorts predictions into the bins: p into number ⌊10 p⌋, 1 into the last.
  ///
  /// - Parameters:
  ///   - real: the predictions of real images, 0 to 1.
  ///   - fakes: those of fakes, 0 to 1.
  public init(real: [Double], fakes: [Double]) {
    func parts(_ predictions: [Double]) -> [[Double]] {
      var parts = Array(repeating: [Double](), count: Self.binCount)
      for prediction in predictions {
        parts[max(0, min(Self.binCount - 1, Int(prediction * Double(Self.binCount))))]
          .append(prediction)
      }
      return parts
    }
    bins = zip(parts(real), parts(fakes)).map { real, fakes in
      let all = real + fakes
      return Bin(
        real: real.count, fakes: fakes.count,
        meanPrediction: all.isEmpty ? nil : all.reduce(0, +) / Double(all.count))
    }
  }
}
