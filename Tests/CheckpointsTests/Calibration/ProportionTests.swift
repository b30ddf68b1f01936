import Checkpoints
import Support
import Testing

@Suite struct ProportionTests {
  /// The score method's rows of Table I in R. G. Newcombe, "Two-sided confidence intervals for the
  /// single proportion" (1998).
  @Test(arguments: [
    (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611),
    (1, 29, 0.0061, 0.1718),
  ])
  func theIntervalIsWilsons(successes: Int, count: Int, low: Double, high: Double) throws {
    let interval = try #require(Proportion(successes, of: count).interval)
    #expect(abs(interval.lowerBound - low) < 5e-5)
    #expect(abs(interval.upperBound - high) < 5e-5)
    // Failures mirror successes.
    let mirrored = try #require(Proportion(count - successes, of: count).interval)
    #expect(abs(mirrored.lowerBound - (1 - interval.upperBound)) < 1e-12)
    #expect(abs(mirrored.upperBound - (1 - interval.lowerBound)) < 1e-12)
  }

  @Test func theEndsStayWithinZeroAndOne() throws {
    let none = try #require(Proportion(0, of: 7).interval)
    #expect(none.lowerBound >= 0 && none.lowerBound < 1e-15)
    let all = try #require(Proportion(7, of: 7).interval)
    #expect(all.upperBound <= 1 && all.upperBound > 1 - 1e-15)
    #expect(Proportion(3, of: 4).share == 0.75)
  }

  @Test func nothingTriedHasNoShare() {
    #expect(Proportion(0, of: 0).share == nil)
    #expect(Proportion(0, of: 0).interval == nil)
  }
}
