import Statistics
import Testing

@Suite struct NumbersTests {
  @Test func normalQuantilesAreThoseOfSciPy() throws {
    let normal = try StatisticsFixtures.read().normal
    #expect(isClose(normal.levels.map(StandardNormal.quantile), normal.quantiles, within: 1e-14))
    #expect(isClose(StandardNormal.quantile(0.975), 1.959_963_984_540_054, within: 1e-15))
    #expect(StandardNormal.quantile(0.5) == 0)
  }

  @Test func normalChancesAreThoseOfSciPy() throws {
    let normal = try StatisticsFixtures.read().normal
    for (index, point) in normal.points.enumerated() {
      let chance = StandardNormal.cumulative(point)
      #expect(abs(chance / normal.cumulative[index] - 1) < 1e-12)
      #expect(abs(StandardNormal.twoSidedPValue(point) / normal.twoSided[index] - 1) < 1e-12)
    }
    #expect(StandardNormal.twoSidedPValue(0) == 1)
    #expect(StandardNormal.twoSidedPValue(50) > 0)
  }

  @Test func quantilesAndChancesUndoEachOther() {
    for level in stride(from: 0.01, to: 1, by: 0.01) {
      #expect(isClose(StandardNormal.cumulative(StandardNormal.quantile(level)), level))
    }
  }

  @Test func holmAdjustmentsAreThoseOfStatsmodels() throws {
    let cases = try StatisticsFixtures.read().holm
    #expect(cases.count == 5)
    for given in cases {
      #expect(isClose(holmAdjusted(given.p), given.adjusted))
    }
    #expect(holmAdjusted([]) == [])
  }

  @Test func spreadsAreThoseOfNumPy() throws {
    let expected = try StatisticsFixtures.read().spread
    let spread = Spread(expected.figures)
    #expect(isClose(spread.mean, expected.mean))
    #expect(isClose(try #require(spread.standardDeviation), expected.deviation))
    #expect(spread.minimum == expected.figures.min())
    #expect(spread.maximum == expected.figures.max())
    #expect(Spread([0.5]).standardDeviation == nil)
    #expect(mean([1, 2, 6]) == 3)
  }
}
