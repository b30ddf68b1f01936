import Foundation
import Support

/// Blocks of floats waiting to be used again.
///
/// Large blocks fresh from the system cost a page fault every 4 KiB; a training step asks for the
/// same sizes again and again, so the pool keeps them until it is trimmed. A block also serves a
/// smaller wish, down to half its size, so that a batch of another size finds the memory of the last
/// one.
///
/// A ``Backend`` has a pool of its own unless it is given one. A tensor's memory goes back to the
/// pool that it came from, which lives until the last of them is gone.
public final class StoragePool: Sendable {
  /// A block, aligned to a cache line, and how many floats fit before its slack.
  package struct Block: @unchecked Sendable {
    /// The first float.
    package let pointer: UnsafeMutablePointer<Float>
    /// Floats that fit.
    package let capacity: Int
  }

  /// The pool of tensors that are made without a backend: parameters, images, latents. A backend
  /// shares it only if it is given it.
  public static let common = StoragePool()

  private struct State {
    /// Sorted by capacity.
    var free: [Block] = []
    /// Blocks that came from the system.
    var fresh = 0
  }

  private let state = Locked(State())

  /// Makes an empty pool.
  public init() {}

  /// How many blocks came from the system so far.
  package var freshBlocks: Int { state.withLock { $0.fresh } }

  /// How many blocks wait to be used again.
  package var freeBlocks: Int { state.withLock { $0.free.count } }

  deinit { trim() }

  /// Gives the blocks that nobody uses back to the system.
  ///
  /// For a change from one kind of work to another; between steps that ask for the same sizes it
  /// would cost what the pool saves.
  public func trim() {
    let blocks = state.withLock { state in
      defer { state.free = [] }
      return state.free
    }
    for block in blocks { Self.release(block) }
  }

  /// Takes the smallest free block of `count` to `2·count` floats, or a new one from the system.
  ///
  /// The content is undefined but for the slack behind `count`, which is zero.
  package func take(count: Int) -> Block {
    let reused = state.withLock { state -> Block? in
      let index = Self.firstIndex(in: state.free, ofAtLeast: count)
      guard index < state.free.count, state.free[index].capacity <= 2 * count else {
        state.fresh += 1
        return nil
      }
      return state.free.remove(at: index)
    }
    let block = reused ?? Self.allocate(count)
    (block.pointer + count).update(repeating: 0, count: Storage.slack)
    return block
  }

  /// Takes back a block that nobody uses any more.
  package func giveBack(_ block: Block) {
    state.withLock {
      $0.free.insert(block, at: Self.firstIndex(in: $0.free, ofAtLeast: block.capacity))
    }
  }

  private static func allocate(_ count: Int) -> Block {
    let floats = count + Storage.slack
    let bytes = floats * MemoryLayout<Float>.stride
    let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    if bytes >= hugePage { askForHugePages(UInt(bitPattern: raw), bytes) }
    return Block(pointer: raw.bindMemory(to: Float.self, capacity: floats), capacity: count)
  }

  /// Frees a block. Its pages go back to the system first, as the allocator might keep them.
  private static func release(_ block: Block) {
    #if os(Linux)
      let page = UInt(getpagesize())
      let end = UInt(bitPattern: block.pointer + block.capacity + Storage.slack) / page * page
      let first = (UInt(bitPattern: block.pointer) + page - 1) / page * page
      if first < end {
        _ = madvise(UnsafeMutableRawPointer(bitPattern: first), Int(end - first), MADV_DONTNEED)
      }
    #endif
    UnsafeMutableRawPointer(block.pointer).deallocate()
  }

  /// Bytes of a huge page, and of a common one.
  private static let hugePage: UInt = 2 << 20
  private static let page: UInt = 4 << 10

  /// Asks for huge pages where the system leaves that to the program: the planes of transformed maps
  /// lie megabytes apart, so that with common pages each row has an address that the processor must
  /// look up.
  ///
  /// Blocks are not aligned to huge pages: all would then begin in the same lines of the caches. It is
  /// advice; whether the system follows it changes no result.
  private static func askForHugePages(_ start: UInt, _ bytes: Int) {
    #if os(Linux)
      let first = start / page * page
      let length = Int(start - first) + bytes
      _ = madvise(UnsafeMutableRawPointer(bitPattern: first), length, MADV_HUGEPAGE)
    #endif
  }

  /// Returns the index of the first block of at least `count` floats, by bisection.
  private static func firstIndex(in blocks: [Block], ofAtLeast count: Int) -> Int {
    var (low, high) = (0, blocks.count)
    while low < high {
      let middle = (low + high) / 2
      if blocks[middle].capacity < count { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
