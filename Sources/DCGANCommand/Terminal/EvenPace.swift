/// Estimates the time left of work that goes on evenly from its beginning to its end.
package struct EvenPace: Sendable {
  private let start: Double

  /// Starts to measure, at the present time in seconds.
  package init(startedAt start: Double) { self.start = start }

  /// Returns the seconds until `total` units are done, where `done` are at `time`; nil before
  /// anything is done.
  package func secondsLeft(done: Int, of total: Int, at time: Double) -> Double? {
    guard done > 0, time >= start else { return nil }
    return (time - start) / Double(done) * Double(max(0, total - done))
  }

  /// Returns the seconds until sampling ends, which it does when all wanted images are kept or when
  /// no more candidates may be tried; nil before the first is tried.
  package func secondsLeft(
    kept: Int, of count: Int, tried: Int, atMost maximumTries: Int, at time: Double
  ) -> Double? {
    let untilKept = secondsLeft(done: kept, of: count, at: time)
    let untilTried = secondsLeft(done: tried, of: maximumTries, at: time)
    guard let untilKept, let untilTried else { return untilKept ?? untilTried }
    return min(untilKept, untilTried)
  }
}
