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
  private let block: StoragePool.Block

  /// The elements.
  package var pointer: UnsafeMutablePointer<Float> { block.pointer }

  /// Takes a block from the pool, or from the system; its content is undefined.
  package init(count: Int) {
    require(count > 0, "storage for \(count) floats")
    self.count = count
    block = StoragePool.shared.take(count: count)
  }

  deinit { StoragePool.shared.giveBack(block) }
}
