import Statistics
import Testing

@Suite struct MulticlassOutcomesTests {
  @Test func figuresOfThreeClassesAreThoseOfScikitLearn() throws {
    let expected = try StatisticsFixtures.read().multiclass
    let outcomes = expected.outcomes
    #expect(isClose(outcomes.auroc, expected.auroc))
    #expect(isClose(outcomes.averagePrecision, expected.averagePrecision))
    #expect(isClose(outcomes.brierScore, expected.brier))
    #expect(outcomes.confusions.map(\.counts) == expected.confusions)
    #expect(isClose(outcomes.sensitivity, expected.sensitivity))
    #expect(isClose(outcomes.specificity, expected.specificity))
    #expect(isClose(outcomes.balancedAccuracy, expected.balancedAccuracy))
  }

  @Test func twoClassesHaveTheFiguresOfTheSecond() throws {
    let given = try #require(try StatisticsFixtures.read().binary["ties"])
    let outcomes = MulticlassOutcomes(
      probabilities: given.scores.map { [1 - $0, $0] }, labels: given.positive.map { $0 ? 1 : 0 },
      classes: 2)
    #expect(isClose(outcomes.auroc, given.auroc))
    #expect(isClose(outcomes.brierScore, 2 * given.brier))
  }

  @Test func ofEqualProbabilitiesTheFirstClassIsCalled() {
    let outcomes = MulticlassOutcomes(
      probabilities: [[0.4, 0.4, 0.2], [0.2, 0.4, 0.4], [0.25, 0.25, 0.5]], labels: [0, 2, 1],
      classes: 3)
    #expect(outcomes.calls == [0, 1, 2])
    #expect(outcomes.confusions[1].counts == [0, 1, 1, 1])
  }
}
