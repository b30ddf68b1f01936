import Statistics
import Tensor
import Testing

@Suite struct PairedBootstrapTests {
  let fixtures: StatisticsFixtures
  let first: BinaryOutcomes
  let second: BinaryOutcomes
  let classes: [Int]

  init() throws {
    fixtures = try StatisticsFixtures.read()
    first = try #require(fixtures.binary["continuous"]).outcomes
    second = try #require(fixtures.binary["ties"]).outcomes
    classes = first.isPositive.map { $0 ? 1 : 0 }
  }

  private func bootstrap(seed: UInt64? = nil) -> PairedBootstrap {
    PairedBootstrap(
      groups: fixtures.bootstrap.groups, classes: classes, replicates: fixtures.bootstrap.draws,
      random: RandomStream(
        seed: seed ?? fixtures.bootstrap.seed, stream: fixtures.bootstrap.stream))
  }

  private func list(_ weights: [Int32]) -> [Int] {
    weights.indices.flatMap { Array(repeating: $0, count: Int(weights[$0])) }
  }

  @Test func drawsIntervalsAndPValuesAreThoseOfASecondImplementation() {
    let expected = fixtures.bootstrap
    let bootstrap = bootstrap()
    for (number, cases) in expected.firstDraws.enumerated() {
      #expect(list(bootstrap.weights(ofDraw: number)) == cases)
    }
    let difference = bootstrap.resampleAUROC([first])
      .difference(from: bootstrap.resampleAUROC([second]))
    #expect(isClose(difference.interval.estimate, expected.estimate))
    #expect(isClose(difference.interval.bounds, expected.interval))
    #expect(isClose(difference.pValue, expected.p))
    #expect(difference.pValue < 1)
  }

  @Test func aListOfCasesGivesWhatWeightsGive() {
    let bootstrap = bootstrap()
    let quick = bootstrap.resampleAUROC([first])
    let slow = bootstrap.resample { list in
      BinaryOutcomes(
        scores: list.map { first.scores[$0] }, isPositive: list.map { first.isPositive[$0] }
      ).auroc
    }
    #expect(quick.estimate == first.auroc)
    #expect(quick.estimate == slow.estimate)
    #expect(quick.draws == slow.draws)
    #expect(Set(quick.draws).count > 10)
  }

  @Test func runsOfSeveralSeedsAreAveragedInEveryDraw() {
    let bootstrap = bootstrap()
    let both = bootstrap.resampleAUROC([first, second])
    let parts = [bootstrap.resampleAUROC([first]), bootstrap.resampleAUROC([second])]
    #expect(isClose(both.draws, zip(parts[0].draws, parts[1].draws).map { ($0 + $1) / 2 }))
    #expect(isClose(both.estimate, (first.auroc + second.auroc) / 2))
  }

  @Test func severalClassesAreAveragedInEveryDraw() {
    let expected = fixtures.multiclass
    let bootstrap = PairedBootstrap(
      groups: Array(expected.labels.indices), classes: expected.labels, replicates: 50,
      random: RandomStream(seed: 1, stream: 0))
    let quick = bootstrap.resampleAUROC([expected.outcomes])
    let slow = bootstrap.resample { list in
      MulticlassOutcomes(
        probabilities: list.map { expected.probabilities[$0] },
        labels: list.map { expected.labels[$0] }, classes: 3
      ).auroc
    }
    #expect(isClose(quick.estimate, expected.auroc))
    #expect(isClose(quick.draws, slow.draws))
  }

  @Test func groupsStayWholeAndEveryDrawHoldsAsManyOfEachKind() {
    let groups = fixtures.bootstrap.groups
    let bootstrap = bootstrap()
    let kinds = Dictionary(grouping: groups.indices) { groups[$0] }.mapValues { cases in
      Set(cases.map { classes[$0] })
    }
    var counts: [Set<Int>: Int] = [:]
    for kind in kinds.values { counts[kind, default: 0] += 1 }
    #expect(counts.count == 3)
    for number in 0..<fixtures.bootstrap.draws {
      let weights = bootstrap.weights(ofDraw: number)
      var drawn: [Int: Int32] = [:]
      for (index, weight) in weights.enumerated() {
        if let known = drawn[groups[index]] { #expect(known == weight) }
        drawn[groups[index]] = weight
      }
      var found: [Set<Int>: Int] = [:]
      for (group, weight) in drawn { found[kinds[group] ?? [], default: 0] += Int(weight) }
      #expect(found == counts)
    }
  }

  @Test func equalSeedsGiveEqualDrawsAndOthersDoNot() {
    let draws = bootstrap(seed: 7).resampleAUROC([first]).draws
    #expect(bootstrap(seed: 7).resampleAUROC([first]).draws == draws)
    #expect(bootstrap(seed: 8).resampleAUROC([first]).draws != draws)
  }

  @Test func aClassOfOneGroupIsInEveryDraw() {
    let bootstrap = PairedBootstrap(
      groups: [4, 4, 9, 8, 7], classes: [1, 1, 0, 0, 0], replicates: 20,
      random: RandomStream(seed: 3, stream: 0))
    for number in 0..<20 {
      #expect(bootstrap.weights(ofDraw: number)[0...1] == [1, 1])
      #expect(bootstrap.weights(ofDraw: number).reduce(0, +) == 5)
    }
  }

  @Test func pValuesAreNeitherZeroNorAboveOne() {
    let bootstrap = bootstrap()
    let high = bootstrap.resample { _ in 1 }
    let low = bootstrap.resample { _ in 0.25 }
    #expect(high.difference(from: low).pValue == 2.0 / Double(fixtures.bootstrap.draws + 1))
    #expect(low.difference(from: high).pValue == 2.0 / Double(fixtures.bootstrap.draws + 1))
    #expect(low.difference(from: low).pValue == 1)
    #expect(
      low.difference(from: high).interval == Interval(estimate: -0.75, lower: -0.75, upper: -0.75))
  }
}
