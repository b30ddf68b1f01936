import CMPI
import Support
import Tensor

extension ProcessGroup {
  /// The most bytes of a rank that travel at a time; MPI counts in 32 bits.
  private static let largestPiece = 1 << 30

  /// Begins to collect a block of each rank in the memory of all; see `RankGroup`.
  public func beginGather(
    _ memory: UnsafeMutableRawPointer, bytesPerRank: Int
  ) -> any PendingGather {
    begin(CMPI_WORK, memory, bytesPerRank)
  }

  /// Lets what has begun move on, without waiting.
  public func poll() {
    while let first = pending.first, first.isDone { pending.removeFirst() }
    // Testing one lets all of them move.
    if let first = pending.first { _ = test(first) }
  }

  /// Begins a gather on a channel of its own or among those of the work.
  func begin(
    _ channel: Int, _ memory: UnsafeMutableRawPointer, _ bytesPerRank: Int
  ) -> PendingBlocks {
    require(bytesPerRank >= 0, "a block of \(bytesPerRank) bytes")
    traffic.gathers += 1
    traffic.receivedBytes += (count - 1) * bytesPerRank
    let blocks = PendingBlocks(self, number: traffic.gathers, bytesPerRank: bytesPerRank)
    check {
      cmpi_begin_gather(
        Int32(channel), memory, bytesPerRank, Self.largestPiece, &blocks.gather, $0)
    }
    pending.append(blocks)
    return blocks
  }

  /// Returns whether a gather has arrived, and lets all move on.
  func test(_ blocks: PendingBlocks) -> Bool {
    guard !blocks.isDone else { return true }
    var isDone: Int32 = 0
    check { cmpi_test_gather(blocks.gather, &isDone, $0) }
    if isDone != 0 {
      blocks.gather = nil
      pending.removeAll { $0 === blocks }
    }
    return blocks.isDone
  }

  /// Waits until a gather has arrived; ends all processes where that takes too long.
  func wait(for blocks: PendingBlocks) {
    guard let waited = patience.wait(until: { test(blocks) }) else {
      fail(
        """
        no answer from the other \(count == 2 ? "rank" : "\(count - 1) ranks") for \
        \(patience.limitInWords) (waiting for \(blocks.bytesPerRank) bytes of each, \
        exchange \(blocks.number)): a process hangs or the network is down. \(Patience.advice)
        """)
    }
    traffic.waitedSeconds += waited
  }
}

/// Blocks of all ranks that are on their way.
final class PendingBlocks: PendingGather {
  /// Which of the group's gathers it is, counted from 1.
  let number: Int
  let bytesPerRank: Int
  private let group: ProcessGroup
  /// What MPI knows of them; nil once they have arrived.
  fileprivate(set) var gather: OpaquePointer?

  var isDone: Bool { gather == nil }

  init(_ group: ProcessGroup, number: Int, bytesPerRank: Int) {
    self.group = group
    self.number = number
    self.bytesPerRank = bytesPerRank
  }

  func finish() { group.wait(for: self) }
}
