import Foundation
import Support
import Synchronization
import Tensor
import Testing

@Suite struct ThreadPoolTests {
  @Test(arguments: [1, 2, 3, 8], [0, 1, 2, 7, 1000])
  func everyPieceRunsOnceUnderAWorkerOfThePool(threads: Int, count: Int) {
    let runs = Locked<[(piece: Int, worker: Int)]>([])
    ThreadPool(threadCount: threads).parallelFor(count) { piece, worker in
      runs.withLock { $0.append((piece, worker)) }
    }
    let seen = runs.withLock { $0 }
    #expect(seen.map(\.piece).sorted() == Array(0..<count))
    #expect(seen.allSatisfy { (0..<threads).contains($0.worker) })
  }

  /// Long enough pauses send the workers to sleep, short ones find them waiting.
  /// Pauses of every length around that after which a worker falls asleep: none may miss its alarm.
  @Test(.timeLimit(.minutes(1)))
  func jobsFollowEachOther() {
    let pool = ThreadPool(threadCount: 3)
    let sum = Atomic(0)
    for job in 0..<5000 {
      pool.parallelFor(5) { piece, _ in sum.add(piece, ordering: .relaxed) }
      if job % 2 == 0 { usleep(UInt32(job / 25)) }
    }
    #expect(sum.load(ordering: .relaxed) == 5000 * 10)
  }

  @Test func noTwoPiecesShareAWorkerAtATime() {
    let busy = Locked<Set<Int>>([])
    let clashes = Atomic(0)
    ThreadPool(threadCount: 4).parallelFor(2000) { _, worker in
      let isFree = busy.withLock { $0.insert(worker).inserted }
      if !isFree { clashes.add(1, ordering: .relaxed) }
      _ = busy.withLock { $0.remove(worker) }
    }
    #expect(clashes.load(ordering: .relaxed) == 0)
  }
}
