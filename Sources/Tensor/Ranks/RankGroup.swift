/// The processes that train one model together, each on its part of every batch; ranks, in the words of
/// MPI.
///
/// All ranks of a group call its methods in the same order and with the same sizes. What keeps a rank
/// from answering, a lost connection or a process that died, ends the program: no method throws.
public protocol RankGroup: AnyObject {
  /// The number of this process in the group, counted from 0.
  var rank: Int { get }
  /// How many processes there are.
  var count: Int { get }

  /// Begins to collect a block of each rank in the memory of all.
  ///
  /// - Parameters:
  ///   - memory: `count` blocks, one after the other; this rank's own is in its place already. Nobody
  ///     reads or writes any of it until `finish` returns.
  ///   - bytesPerRank: the size of a block, the same everywhere.
  func beginGather(
    _ memory: UnsafeMutableRawPointer, bytesPerRank: Int
  ) -> any PendingGather

  /// Lets what has begun move on, without waiting.
  func poll()
}

/// Blocks of memory that are on their way.
public protocol PendingGather {
  /// Waits until all blocks have arrived.
  func finish()
}

extension RankGroup {
  /// Collects a block of each rank in the memory of all, and waits for it; see `beginGather`.
  public func gather(_ memory: UnsafeMutableRawPointer, bytesPerRank: Int) {
    beginGather(memory, bytesPerRank: bytesPerRank).finish()
  }

  /// Collects a value of each rank, in the order of the ranks.
  public func gather<Value: BitwiseCopyable>(_ value: Value) -> [Value] {
    var values = Array(repeating: value, count: count)
    values.withUnsafeMutableBytes {
      guard let memory = $0.baseAddress else { return }
      gather(memory, bytesPerRank: MemoryLayout<Value>.stride)
    }
    return values
  }

  /// Returns the part of a batch that is this rank's: as many images in a row as every other's; all of them where
  /// they cannot be dealt out evenly, which every rank then computes for itself.
  public func part(ofBatch images: Int) -> Range<Int> {
    guard images.isMultiple(of: count) else { return 0..<images }
    let share = images / count
    return rank * share..<(rank + 1) * share
  }
}
