import Statistics
import Testing

@Suite struct AUROCComparisonTests {
  @Test(arguments: ["continuous", "ties"]) func testsAreThoseOfTheDefinitions(_ name: String) throws
  {
    let fixtures = try StatisticsFixtures.read()
    let given = try #require(fixtures.binary[name])
    let expected = try #require(fixtures.comparisons[name])
    let other = BinaryOutcomes(scores: expected.others, isPositive: given.positive)
    let covariance = try #require(given.outcomes.aurocCovariance(with: other))
    #expect(isClose(covariance, expected.covariance))
    let comparison = given.outcomes.compareAUROC(with: other)
    #expect(isClose(try #require(comparison.z), expected.z, within: 1e-11))
    #expect(isClose(try #require(comparison.pValue), expected.p, within: 1e-11))
    #expect(isClose(comparison.difference.bounds, expected.interval))
    #expect(comparison.difference.estimate == given.outcomes.auroc - other.auroc)
  }

  @Test func anExchangeChangesTheSignAlone() throws {
    let fixtures = try StatisticsFixtures.read()
    let given = try #require(fixtures.binary["continuous"])
    let expected = try #require(fixtures.comparisons["continuous"])
    let other = BinaryOutcomes(scores: expected.others, isPositive: given.positive)
    let there = given.outcomes.compareAUROC(with: other)
    let back = other.compareAUROC(with: given.outcomes)
    #expect(try #require(there.z) == -(try #require(back.z)))
    #expect(there.pValue == back.pValue)
    #expect(there.difference.lower == -back.difference.upper)
  }

  @Test func equalScoresDoNotDiffer() throws {
    let outcomes = try #require(try StatisticsFixtures.read().binary["continuous"]).outcomes
    let comparison = outcomes.compareAUROC(with: outcomes)
    #expect(comparison.z == 0)
    #expect(comparison.pValue == 1)
    #expect(comparison.difference == Interval(estimate: 0, lower: 0, upper: 0))
  }

  @Test func aDifferenceWithoutVarianceHasNoPValue() throws {
    let kinds = [false, false, true, true]
    let right = BinaryOutcomes(scores: [0.1, 0.2, 0.3, 0.4], isPositive: kinds)
    let wrong = BinaryOutcomes(scores: [0.4, 0.3, 0.2, 0.1], isPositive: kinds)
    let comparison = right.compareAUROC(with: wrong)
    #expect(comparison.difference == Interval(estimate: 1, lower: 1, upper: 1))
    #expect(comparison.z == nil)
    #expect(comparison.pValue == nil)
  }

  @Test func aSingleCaseOfAKindTellsNothingOfTheSpread() throws {
    let given = try #require(try StatisticsFixtures.read().binary["one_positive"])
    let other = BinaryOutcomes(scores: given.scores.reversed(), isPositive: given.positive)
    let comparison = given.outcomes.compareAUROC(with: other)
    #expect(comparison.difference.bounds == [-1, 1])
    #expect(comparison.pValue == nil)
    #expect(given.outcomes.aurocCovariance(with: other) == nil)
    #expect(given.outcomes.aurocInterval().bounds == [0, 1])
  }
}
