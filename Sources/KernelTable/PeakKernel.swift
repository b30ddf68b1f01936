/// Multiply-adds on registers and nothing else: how fast a core can be.
public struct PeakKernel: Sendable {
  /// Floats that the accumulators hold.
  public let count: Int
  /// Computes `x = x·factor + term` on `count` floats, `rounds` times over.
  public let peakMultiplyAdds: MultiplyAdds

  /// Makes a kernel of accumulators for `count` floats.
  public init(count: Int, peakMultiplyAdds: @escaping MultiplyAdds) {
    self.count = count
    self.peakMultiplyAdds = peakMultiplyAdds
  }
}

/// See `PeakKernel.peakMultiplyAdds`.
public typealias MultiplyAdds =
  @Sendable (_ x: Destination, _ factor: Float, _ term: Float, _ rounds: Int) -> Void
