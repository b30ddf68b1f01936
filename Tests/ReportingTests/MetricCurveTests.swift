import Reporting
import Testing
import Training

@Suite struct MetricCurveTests {
  /// Makes steps whose loss of D is the step's number, five steps an epoch.
  private func metrics(_ count: Int) -> [StepMetrics] {
    (1...count).map { step in
      StepMetrics(
        step: step, epoch: (step + 4) / 5, lossD: Float(step), lossG: Float(step) / 2,
        realScore: 0.75,
        fakeScore: 0.25, updatedFakeScore: 0.125, imagesPerSecond: 100)
    }
  }

  @Test func fewStepsKeepTheirOwnPoints() {
    let curve = MetricCurve(metrics(3), \.lossD, epochs: { Double($0) / Double(5) })
    #expect(curve.points.map(\.epochs) == [0.2, 0.4, 0.6])
    #expect(curve.points.map(\.mean) == [1, 2, 3])
  }

  @Test func manyStepsAreAveragedInEqualPieces() {
    let curve = MetricCurve(metrics(10), \.lossD, count: 4, epochs: { Double($0) / Double(5) })
    // The pieces are 1-2, 3-5, 6-7 and 8-10.
    #expect(curve.points.map(\.epochs) == [0.4, 1, 1.4, 2])
    #expect(curve.points.map(\.mean) == [1.5, 4, 6.5, 9])
    #expect(
      MetricCurve(metrics(8200), \.lossD, epochs: { Double($0) / Double(82) }).points.count == 240)
  }

  @Test func diversityIsAPointAnEpoch() {
    let epochs = [0.25, nil, 0.75].enumerated().map { index, diversity in
      EpochMetrics(epoch: index + 1, step: 5 * (index + 1), diversity: diversity)
    }
    let curve = MetricCurve(diversityOf: epochs, epochs: { Double($0) / Double(5) })
    #expect(curve.points.map(\.epochs) == [1, 2, 3])
    #expect(curve.points.map(\.mean) == [0.25, nil, 0.75])
  }

  @Test func whatIsNotFiniteIsLeftOut() {
    var lines = metrics(6)
    lines[1].lossD = .nan
    lines[2].lossD = .infinity
    lines[3].lossD = .nan
    let curve = MetricCurve(lines, \.lossD, count: 3, epochs: { Double($0) / Double(3) })
    #expect(curve.points.map(\.mean) == [1, nil, 5.5])
    #expect(MetricCurve([], \.lossD, epochs: { Double($0) / Double(3) }).points.isEmpty)
  }

  @Test func epochsAreAveraged() {
    var lines = metrics(7)
    lines[5].realScore = .nan
    lines[6].realScore = .nan
    let means = StepMetrics.epochMeans(lines)
    #expect(means.map(\.epoch) == [1, 2])
    #expect(means.map(\.step) == [5, 7])
    #expect(means.map(\.lossD) == [3, 6.5])
    #expect(means.map(\.lossG) == [1.5, 3.25])
    #expect(means[0].realScore == 0.75 && means[1].realScore.isNaN)
    #expect(StepMetrics.epochMeans([]).isEmpty)
  }
}
