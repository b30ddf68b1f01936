import DCGAN
import Testing

@Suite struct OneCycleTests {
  @Test func theRatesAreThoseOfPyTorch() throws {
    for expected in try ClassifierFixture().oneCycle {
      let cycle = OneCycle(highest: expected.highest, steps: expected.steps)
      for (step, rate) in expected.rates.enumerated() {
        #expect(abs(cycle.rate(at: step) - rate) <= 1e-12 * expected.highest)
      }
    }
  }

  @Test func theRateRisesToTheHighestAndFallsToNearlyNothing() {
    let cycle = OneCycle(highest: 1e-3, steps: 1000)
    #expect(abs(cycle.rate(at: 0) - 4e-5) < 1e-18)
    #expect(cycle.rate(at: 299) == 1e-3)
    #expect((0..<299).allSatisfy { cycle.rate(at: $0) < cycle.rate(at: $0 + 1) })
    #expect((299..<999).allSatisfy { cycle.rate(at: $0) > cycle.rate(at: $0 + 1) })
    #expect(abs(cycle.rate(at: 999) - 4e-9) < 1e-18)
  }
}
