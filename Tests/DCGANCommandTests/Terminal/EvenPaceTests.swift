import DCGANCommand
import Testing

@Suite struct EvenPaceTests {
  private let pace = EvenPace(startedAt: 100)

  @Test func theRestTakesAsLongAsWhatIsDone() {
    #expect(pace.secondsLeft(done: 25, of: 100, at: 110) == 30)
    #expect(pace.secondsLeft(done: 100, of: 100, at: 140) == 0)
    #expect(pace.secondsLeft(done: 120, of: 100, at: 140) == 0)
  }

  @Test func nothingDoneTellsNothing() {
    #expect(pace.secondsLeft(done: 0, of: 100, at: 110) == nil)
    #expect(pace.secondsLeft(done: 1, of: 100, at: 99) == nil)
    #expect(pace.secondsLeft(kept: 0, of: 64, tried: 0, atMost: 640, at: 110) == nil)
  }

  @Test func `sampling ends at the requested images or the last candidate`() {
    // 16 of 64 kept in 10 s: 30 s to go, and 640 candidates would take 63 s.
    #expect(pace.secondsLeft(kept: 16, of: 64, tried: 88, atMost: 640, at: 110) == 30)
    // None kept of 64 in 10 s: all 640 will be tried.
    #expect(pace.secondsLeft(kept: 0, of: 64, tried: 64, atMost: 640, at: 110) == 90)
    // One kept of 64: it would take 630 s, but after 90 s no more candidates may be tried.
    #expect(pace.secondsLeft(kept: 1, of: 64, tried: 64, atMost: 640, at: 110) == 90)
  }
}
