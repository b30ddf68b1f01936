import Support

/// A block of floats, aligned to a cache line, that goes back to a pool when nobody holds it.
///
/// Behind the last element lie `Storage.slack` more floats that may be read, so that a vector loop
/// may load past the end.
public final class Storage: @unchecked Sendable {
  /// Floats behind the end that may be read, not written.
  package static let slack = 64

  /// How many elements there are.
  package let count: Int
  /// The pool that the block came from and goes back to.
  package let pool: StoragePool
  private let block: StoragePool.Block

  /// The elements.
  package var pointer: UnsafeMutablePointer<Float> { block.pointer }

  /// Takes a block from a pool, which may take it from the system; its content is undefined.
  package init(count: Int, from pool: StoragePool) {
    require(count > 0, "storage for \(count) floats")
    self.count = count
    self.pool = pool
    block = pool.take(count: count)
  }

  deinit { pool.giveBack(block) }
}
