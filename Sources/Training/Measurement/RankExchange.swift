/// What a rank exchanges with the others, in all or for each step.
public struct RankExchange: Equatable, Sendable {
  /// The seconds in which it did nothing but wait for them.
  public var waitingSeconds = 0.0
  /// The bytes that came from them.
  public var bytes = 0.0

  /// Makes an exchange of nothing.
  public init() {}

  /// Makes an exchange of these numbers.
  public init(waitingSeconds: Double, bytes: Double) {
    self.waitingSeconds = waitingSeconds
    self.bytes = bytes
  }

  /// Makes the mean of what was exchanged between two moments in a number of steps.
  init(from earlier: RankExchange, to later: RankExchange, over steps: Int) {
    waitingSeconds = (later.waitingSeconds - earlier.waitingSeconds) / Double(steps)
    bytes = (later.bytes - earlier.bytes) / Double(steps)
  }
}
