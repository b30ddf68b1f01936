import Dispatch
import Synchronization

/// Runs the pieces of a job on a fixed number of threads.
///
/// Which thread runs which piece is left to chance; a job is cut by the size of the work and never
/// by the number of threads, so its results do not depend on either.
public struct ThreadPool: Sendable {
  /// How many threads work on a job, the calling one included.
  public let threadCount: Int

  /// Makes a pool; traps below one thread.
  public init(threadCount: Int) {
    require(threadCount > 0, "a pool of \(threadCount) threads")
    self.threadCount = threadCount
  }

  /// Runs `body(piece, worker)` for every piece below `count`, and returns when all are done.
  ///
  /// `worker` is below `threadCount`, and no two pieces run at the same time with the same one: it
  /// names scratch memory that the piece has for itself. The pieces must not depend on each other.
  public func parallelFor(_ count: Int, _ body: (_ piece: Int, _ worker: Int) -> Void) {
    let workers = min(threadCount, count)
    guard workers > 1 else {
      for piece in 0..<count { body(piece, 0) }
      return
    }
    withoutActuallyEscaping(body) { body in
      let job = Job(count: count, body: body)
      DispatchQueue.concurrentPerform(iterations: workers) { job.run(worker: $0) }
    }
  }
}

/// What the threads share: the pieces that are left.
///
/// The body is safe to share because its pieces do not depend on each other.
private final class Job: @unchecked Sendable {
  private let count: Int
  private let body: (Int, Int) -> Void
  private let next = Atomic(0)

  init(count: Int, body: @escaping (Int, Int) -> Void) {
    self.count = count
    self.body = body
  }

  func run(worker: Int) {
    while true {
      let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard piece < count else { return }
      body(piece, worker)
    }
  }
}
