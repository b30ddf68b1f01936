import Statistics
import Testing

@Suite struct BinaryOutcomesTests {
  static let cases = [
    "continuous", "ties", "all_equal", "five", "imbalance", "one_positive", "separated", "reversed",
  ]

  @Test(arguments: cases) func areasAndTheirIntervalsAreThoseOfTheDefinitions(_ name: String) throws
  {
    let expected = try #require(try StatisticsFixtures.read().binary[name])
    let outcomes = expected.outcomes
    #expect(isClose(outcomes.auroc, expected.auroc))
    #expect((outcomes.aurocVariance == nil) == (expected.variance == nil))
    if let found = outcomes.aurocVariance, let variance = expected.variance {
      #expect(isClose(found, variance))
    }
    #expect(isClose(outcomes.aurocInterval().bounds, expected.interval))
    #expect(outcomes.aurocInterval().estimate == outcomes.auroc)
  }

  @Test(arguments: cases) func curvesAndAveragePrecisionAreThoseOfScikitLearn(_ name: String) throws
  {
    let expected = try #require(try StatisticsFixtures.read().binary[name])
    let outcomes = expected.outcomes
    #expect(isClose(outcomes.averagePrecision, expected.averagePrecision))
    let points = outcomes.rocPoints
    #expect(isClose(points.map(\.falsePositiveRate), expected.falsePositiveRates))
    #expect(isClose(points.map(\.truePositiveRate), expected.truePositiveRates))
    #expect(points.map(\.threshold) == [nil] + expected.thresholds)
    #expect(points.last?.falsePositiveRate == 1)
    #expect(points.last?.truePositiveRate == 1)
  }

  @Test(arguments: cases) func callsAtTheBestThresholdAreThoseOfScikitLearn(_ name: String) throws {
    let expected = try #require(try StatisticsFixtures.read().binary[name])
    let outcomes = expected.outcomes
    #expect(isClose(outcomes.bestThreshold, expected.bestThreshold))
    let confusion = outcomes.confusion(threshold: outcomes.bestThreshold)
    #expect(confusion.counts == expected.confusion)
    #expect(isClose(confusion.sensitivity, expected.sensitivity))
    #expect(isClose(confusion.specificity, expected.specificity))
    #expect(isClose(confusion.balancedAccuracy, expected.balancedAccuracy))
    #expect(isClose(confusion.accuracy, expected.accuracy))
    #expect(isClose(outcomes.brierScore, expected.brier))
  }

  @Test func separatedScoresHaveAnAreaOfOneWithoutVariance() throws {
    let outcomes = try #require(try StatisticsFixtures.read().binary["separated"]).outcomes
    #expect(outcomes.auroc == 1)
    #expect(outcomes.aurocVariance == 0)
    #expect(outcomes.aurocInterval() == Interval(estimate: 1, lower: 1, upper: 1))
    #expect(outcomes.bestThreshold == 0.5)
  }

  @Test func theOrderOfTheCasesHasNoInfluence() throws {
    let given = try #require(try StatisticsFixtures.read().binary["ties"])
    let reversed = BinaryOutcomes(
      scores: given.scores.reversed(), isPositive: given.positive.reversed())
    #expect(reversed.auroc == given.outcomes.auroc)
    #expect(reversed.averagePrecision == given.outcomes.averagePrecision)
    #expect(reversed.rocPoints == given.outcomes.rocPoints)
    #expect(reversed.bestThreshold == given.outcomes.bestThreshold)
  }

  @Test func aScoreAtTheThresholdIsPositive() {
    let outcomes = BinaryOutcomes(
      scores: [0.2, 0.5, 0.5.nextDown, 0.7], isPositive: [false, true, true, false])
    #expect(outcomes.confusion(threshold: 0.5).counts == [1, 1, 1, 1])
    #expect(outcomes.confusion(threshold: .infinity).counts == [0, 0, 2, 2])
    #expect(outcomes.confusion(threshold: -.infinity).counts == [2, 2, 0, 0])
  }

  @Test func ofEqualThresholdsTheNearestToAHalfIsTakenAndThenTheLower() {
    // 0.15, 0.45 and 0.7 are equally good.
    let several = BinaryOutcomes(
      scores: [0.1, 0.2, 0.4, 0.5, 0.6, 0.8],
      isPositive: [false, true, false, true, false, true])
    #expect(isClose(several.bestThreshold, 0.45))
    // 0.25 and 0.75 are.
    let two = BinaryOutcomes(
      scores: [0.125, 0.375, 0.625, 0.875], isPositive: [false, true, false, true])
    #expect(two.bestThreshold == 0.25)
  }

  @Test func aThresholdBetweenNeighbouringNumbersSeparatesThem() {
    let outcomes = BinaryOutcomes(scores: [0.3, 0.3.nextUp], isPositive: [false, true])
    #expect(outcomes.bestThreshold == 0.3.nextUp)
    let boundless = BinaryOutcomes(scores: [-.infinity, .infinity], isPositive: [false, true])
    #expect(boundless.bestThreshold == .infinity)
    #expect(boundless.auroc == 1)
  }

  @Test func areasOfWeightedCasesAreThoseOfTheListWrittenOut() throws {
    for name in ["continuous", "ties", "five"] {
      let given = try #require(try StatisticsFixtures.read().binary[name])
      let weights = given.scores.indices.map { Int32(($0 * 7 + 1) % 4) }
      let list = weights.indices.flatMap { Array(repeating: $0, count: Int(weights[$0])) }
      let repeated = BinaryOutcomes(
        scores: list.map { given.scores[$0] }, isPositive: list.map { given.positive[$0] })
      #expect(list.count > given.scores.count)
      #expect(given.outcomes.weightedAUROC(weights) == repeated.auroc)
      #expect(repeated.auroc != given.outcomes.auroc)
    }
  }
}
