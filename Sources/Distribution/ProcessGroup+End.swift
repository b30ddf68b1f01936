import CMPI
import Foundation

extension ProcessGroup {
  /// How a rank ends beside the others.
  public enum End: Equatable, Sendable {
    /// All ranks end, and all alike.
    case alike
    /// All ranks end, and some of them otherwise.
    case different
    /// Others are still at work.
    case alone
  }

  /// Compares how this rank ends with how the others do. `leave` may follow where all end alike; else one of
  /// them has failed by itself.
  ///
  /// - Parameters:
  ///   - ending: What tells ends apart, such as the exit code and a message; its first 1,000 bytes count.
  ///   - seconds: How long to wait for the others; nil is the group's own time limit.
  public func allEnd(as ending: String, within seconds: Double? = nil) -> End {
    let size = 1_000
    let own = Array(ending.utf8.prefix(size))
    // Not given back before the group ends: a gather that others never join goes on writing to it.
    let memory = UnsafeMutableRawPointer.allocate(byteCount: count * size, alignment: 16)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: count * size)
    own.withUnsafeBytes { bytes in
      UnsafeMutableRawBufferPointer(start: memory + rank * size, count: size).copyMemory(
        from: bytes)
    }
    let blocks = begin(CMPI_END, memory, size)
    let patience = seconds.map { Patience(seconds: $0) } ?? self.patience
    guard patience.wait(until: { test(blocks) }) != nil else { return .alone }
    let isAlike = (0..<count).allSatisfy {
      memcmp(memory + $0 * size, memory + rank * size, size) == 0
    }
    return isAlike ? .alike : .different
  }
}
