import CMPI
import Foundation

extension ProcessGroup {
  /// Collects how the ranks end, in their order; nil where others are still at work when the time is over.
  ///
  /// All ranks call this once, last of all. `leave` may follow where none of them has failed by itself.
  ///
  /// - Parameters:
  ///   - own: How this rank ends.
  ///   - seconds: How long to wait for the others; nil is the group's own time limit.
  public func gatherEnds<End: BitwiseCopyable>(_ own: End, within seconds: Double? = nil) -> [End]?
  {
    // Not given back where the others never answer: what has begun may still be written to.
    let ends = UnsafeMutablePointer<End>.allocate(capacity: count)
    ends.initialize(repeating: own, count: count)
    let blocks = begin(CMPI_END, ends, MemoryLayout<End>.stride)
    let patience = seconds.map { Patience(seconds: $0) } ?? self.patience
    guard patience.wait(until: { test(blocks) }) != nil else { return nil }
    defer { ends.deallocate() }
    return Array(UnsafeBufferPointer(start: ends, count: count))
  }
}
