import Support

/// Another rank of the same training failed, and says why.
public struct OtherRankFailed: MessageError, Equatable {
  /// The rank that failed.
  public let rank: Int

  /// Makes the error that follows another rank's.
  public init(rank: Int) { self.rank = rank }

  /// One line.
  public var message: Message { "rank \(rank) of this training failed" }
}
