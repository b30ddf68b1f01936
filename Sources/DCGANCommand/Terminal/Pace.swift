/// Estimates how fast work gets done from its latest events.
package struct Pace: Sendable {
  private var events: [(time: Double, done: Int)]
  private let window: Int

  /// Starts to measure.
  ///
  /// - Parameters:
  ///   - time: the present time in seconds.
  ///   - done: how much is done already.
  ///   - window: how many of the latest events count.
  package init(startedAt time: Double, done: Int = 0, window: Int = 32) {
    self.window = max(2, window)
    events = [(time, done)]
  }

  /// Notes that `done` units are finished at `time`.
  package mutating func record(done: Int, at time: Double) {
    events.append((time, done))
    if events.count > window { events.removeFirst() }
  }

  /// The number of units a second over the window, or nil before there is one.
  package var unitsPerSecond: Double? {
    guard let first = events.first, let last = events.last, last.time > first.time,
      last.done > first.done
    else { return nil }
    return Double(last.done - first.done) / (last.time - first.time)
  }

  /// Returns the seconds until `total` units are done, or nil before the pace is known.
  package func secondsLeft(until total: Int) -> Double? {
    guard let last = events.last, let speed = unitsPerSecond else { return nil }
    return Double(max(0, total - last.done)) / speed
  }
}
