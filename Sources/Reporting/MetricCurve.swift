import Support
import Tensor
import Training

/// A number's course through a run in as many points as a chart can show.
public struct MetricCurve: Equatable, Sendable {
  /// A piece of the run.
  public struct Point: Equatable, Sendable {
    /// Epochs done at the end of the piece.
    public let epochs: Double
    /// The mean of the piece's finite numbers, or nil where it has none.
    public let mean: Double?
  }

  /// The pieces, in order.
  public let points: [Point]

  /// Cuts the steps into at most `count` pieces of equal length, give or take one, and averages each.
  ///
  /// Of n steps in p pieces, piece i holds the steps from i·n/p to (i + 1)·n/p, rounded down. Traps
  /// where `count` is below 1.
  ///
  /// - Parameter epochs: Returns how many epochs are done after so many steps.
  public init(
    _ metrics: [StepMetrics], _ field: KeyPath<StepMetrics, Float>, count: Int = 240,
    epochs: (_ step: Int) -> Double
  ) {
    self.init(metrics.map { ($0.step, $0[keyPath: field]) }, count: count, epochs)
  }

  /// Cuts the epochs into pieces likewise, and averages their diversity.
  public init(
    diversityOf lines: [EpochMetrics], count: Int = 240, epochs: (_ step: Int) -> Double
  ) {
    self.init(
      lines.map { ($0.step, $0.diversity.map { Float($0) } ?? .nan) }, count: count, epochs)
  }

  private init(
    _ values: [(step: Int, number: Float)], count: Int, _ epochs: (_ step: Int) -> Double
  ) {
    require(count >= 1, "\(count) points make no curve")
    let pieces = min(count, values.count)
    points = (0..<pieces).map { piece in
      let part = values[piece * values.count / pieces..<(piece + 1) * values.count / pieces]
      return Point(
        epochs: epochs(part.last?.step ?? 0),
        mean: Self.mean(part.map(\.number)))
    }
  }

  /// Returns the mean of those that are finite; nil where none is.
  static func mean(_ values: [Float]) -> Double? {
    let finite = values.filter(\.isFinite)
    guard !finite.isEmpty else { return nil }
    return finite.reduce(0) { $0 + Double($1) } / Double(finite.count)
  }
}

extension StepMetrics {
  /// Averages the steps of every epoch, in order: `step` is the epoch's last, and each number the
  /// mean of its finite values, or NaN where there are none.
  public static func epochMeans(_ metrics: [StepMetrics]) -> [StepMetrics] {
    var epochs: [[StepMetrics]] = []
    for line in metrics {
      if epochs.last?.last?.epoch == line.epoch {
        epochs[epochs.count - 1].append(line)
      } else {
        epochs.append([line])
      }
    }
    return epochs.map { steps in
      func mean(_ field: KeyPath<StepMetrics, Float>) -> Float {
        MetricCurve.mean(steps.map { $0[keyPath: field] }).map { Float($0) } ?? .nan
      }
      return StepMetrics(
        step: steps[steps.count - 1].step, epoch: steps[0].epoch, lossD: mean(\.lossD),
        lossG: mean(\.lossG), realScore: mean(\.realScore), fakeScore: mean(\.fakeScore),
        updatedFakeScore: mean(\.updatedFakeScore),
        imagesPerSecond: mean(\.imagesPerSecond))
    }
  }
}
