import Tensor
import Testing

@Suite struct StoragePoolTests {
  private let pool = StoragePool()

  /// Puts free blocks of these sizes into the pool.
  private func fill(_ counts: [Int]) -> [Int: UnsafeMutablePointer<Float>] {
    let blocks = counts.map { pool.take(count: $0) }
    for block in blocks { pool.giveBack(block) }
    return Dictionary(uniqueKeysWithValues: blocks.map { ($0.capacity, $0.pointer) })
  }

  @Test(arguments: [
    (400, 400), (399, 400), (301, 400), (300, 300), (299, 300), (201, 300), (150, 300), (100, 100),
    (50, 100),
  ])
  func theSmallestBlockOfUpToTwiceTheSizeIsUsedAgain(wanted: Int, capacity: Int) throws {
    let free = fill([300, 100, 400])
    let block = pool.take(count: wanted)
    #expect(block.capacity == capacity)
    #expect(block.pointer == free[capacity])
    pool.giveBack(block)
  }

  @Test(arguments: [49, 101, 149, 401])
  func aBlockThatIsTooSmallOrTooLargeIsNot(wanted: Int) {
    let free = fill([300, 100, 400])
    let block = pool.take(count: wanted)
    #expect(block.capacity == wanted)
    #expect(!free.values.contains(block.pointer))
    pool.giveBack(block)
  }

  @Test func blocksFromTheSystemAreCounted() {
    _ = fill([300, 100])
    #expect(pool.freshBlocks == 2)
    let blocks = [150, 100, 100].map { pool.take(count: $0) }
    #expect(pool.freshBlocks == 3)
    for block in blocks { pool.giveBack(block) }
  }

  @Test func trimmingGivesTheFreeBlocksBack() {
    let held = pool.take(count: 50)
    _ = fill([300, 100])
    #expect(pool.freeBlocks == 2)
    pool.trim()
    #expect(pool.freeBlocks == 0)
    held.pointer.update(repeating: 1, count: 50)
    let block = pool.take(count: 100)
    #expect(pool.freshBlocks == 4)
    for block in [held, block] { pool.giveBack(block) }
    #expect(pool.freeBlocks == 2)
  }

  @Test func aBlockInUseIsNotHandedOutAgain() {
    let blocks = (0..<3).map { _ in pool.take(count: 64) }
    #expect(Set(blocks.map(\.pointer)).count == 3)
    for block in blocks { pool.giveBack(block) }
    let again = (0..<3).map { _ in pool.take(count: 60) }
    #expect(Set(again.map(\.pointer)) == Set(blocks.map(\.pointer)))
    for block in again { pool.giveBack(block) }
  }

  @Test func aBlockIsAlignedAndEndsInZeros() {
    for wanted in [100, 77] {
      let block = pool.take(count: wanted)
      #expect(UInt(bitPattern: block.pointer) % 64 == 0)
      let end = UnsafeBufferPointer(start: block.pointer + wanted, count: Storage.slack)
      #expect(end.allSatisfy { $0 == 0 })
      block.pointer.update(repeating: .nan, count: wanted)
      pool.giveBack(block)
    }
  }
}
