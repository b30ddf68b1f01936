import Synchronization

/// A block of floats, aligned to a cache line, that goes back to a pool when nobody holds it.
///
/// Large blocks fresh from the system cost a page fault every 4 KiB; a training step asks for the
/// same sizes again and again, so the pool keeps them. Behind the last element lie
/// `Storage.slack` more floats that may be read, so that a vector loop may load past the end.
public final class Storage: @unchecked Sendable {
  /// Floats behind the end that may be read, not written.
  package static let slack = 64

  /// The elements.
  package let pointer: UnsafeMutablePointer<Float>
  /// How many elements there are.
  package let count: Int

  /// Takes a block from the pool, or from the system; its content is undefined.
  package init(count: Int) {
    require(count > 0, "storage for \(count) floats")
    self.count = count
    pointer = StoragePool.shared.take(count: count)
  }

  deinit { StoragePool.shared.giveBack(pointer, count: count) }
}

/// Blocks waiting to be used again, by size.
private final class StoragePool: Sendable {
  static let shared = StoragePool()

  private let free = Mutex<[Int: [SendablePointer]]>([:])

  private struct SendablePointer: @unchecked Sendable {
    let value: UnsafeMutablePointer<Float>
  }

  func take(count: Int) -> UnsafeMutablePointer<Float> {
    let reused = free.withLock { $0[count]?.popLast() }
    if let reused { return reused.value }
    let bytes = (count + Storage.slack) * MemoryLayout<Float>.stride
    let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    let pointer = raw.bindMemory(to: Float.self, capacity: count + Storage.slack)
    (pointer + count).update(repeating: 0, count: Storage.slack)
    return pointer
  }

  func giveBack(_ pointer: UnsafeMutablePointer<Float>, count: Int) {
    free.withLock { $0[count, default: []].append(SendablePointer(value: pointer)) }
  }

  func trim() {
    let all = free.withLock { pool in
      defer { pool.removeAll() }
      return pool.values.flatMap { $0 }
    }
    for block in all { UnsafeMutableRawPointer(block.value).deallocate() }
  }
}

extension Storage {
  /// Returns every block that nobody holds to the system.
  public static func trimPool() { StoragePool.shared.trim() }
}
