/// What a rank has exchanged with the others so far.
public struct Traffic: Equatable, Sendable {
  /// How often blocks of all ranks were collected.
  public package(set) var gathers = 0
  /// The bytes that came from other ranks.
  public package(set) var receivedBytes = 0
  /// The seconds in which the rank had nothing to do but wait for them.
  public package(set) var waitedSeconds = 0.0

  /// Makes the traffic of a rank that has exchanged nothing.
  public init() {}
}
