import CCPU
import Dispatch
import Foundation
import Support
import Synchronization

/// Runs the pieces of a job on a fixed number of threads.
///
/// Which thread runs which piece is left to chance; a job is cut by the size of the work and never
/// by the number of threads, so its results do not depend on either.
///
/// A training step is hundreds of short jobs, and to wake a sleeping thread takes as long as some of
/// them. So the threads live as long as the pool, and between jobs they look out for the next one
/// for a moment before they sleep.
public final class ThreadPool: Sendable {
  /// How many threads work on a job, the calling one included.
  public let threadCount: Int
  private let workers: [Worker]
  private let isBusy = Atomic(false)
  /// What the calling thread does after each of its pieces; no other thread reads it.
  nonisolated(unsafe) private let afterPiece: (() -> Void)?

  /// Makes a pool; traps below one thread.
  ///
  /// - Parameter afterPiece: What the calling thread does after each of its pieces, at little cost.
  public init(threadCount: Int, afterPiece: (() -> Void)? = nil) {
    require(threadCount > 0, "a pool of \(threadCount) threads")
    self.threadCount = threadCount
    self.afterPiece = afterPiece
    workers = (1..<threadCount).map { Worker(number: $0) }
  }

  deinit { for worker in workers { worker.stop() } }

  /// Runs `body(piece, worker)` for every piece below `count`, and returns when all are done.
  ///
  /// `worker` is below `threadCount`, and no two pieces run at the same time with the same one: it
  /// names scratch memory that the piece has for itself. The pieces must not depend on each other,
  /// and the body must not use the pool. One thread at a time calls a pool.
  public func parallelFor(_ count: Int, _ body: (_ piece: Int, _ worker: Int) -> Void) {
    let helpers = workers.prefix(max(0, count - 1))
    guard !helpers.isEmpty else {
      for piece in 0..<count {
        body(piece, 0)
        afterPiece?()
      }
      return
    }
    require(!isBusy.exchange(true, ordering: .acquiring), "a pool runs one job at a time")
    defer { isBusy.store(false, ordering: .releasing) }
    withoutActuallyEscaping(body) { body in
      let job = Job(count: count, body: body)
      for helper in helpers { helper.start(job) }
      job.run(worker: 0, afterPiece: afterPiece)
      for helper in helpers { helper.wait() }
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

  func run(worker: Int, afterPiece: (() -> Void)? = nil) {
    while true {
      let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard piece < count else { return }
      body(piece, worker)
      afterPiece?()
    }
  }
}

/// A thread that runs one job after the other.
private final class Worker: Sendable {
  private let mailbox = Mailbox()

  init(number: Int) {
    let mailbox = mailbox
    let thread = Thread {
      while mailbox.work(as: number) { mailbox.finish() }
    }
    thread.name = "dcgan worker \(number)"
    thread.stackSize = 4 << 20
    thread.start()
  }

  func start(_ job: Job) { mailbox.put(job) }
  func wait() { mailbox.waitUntilFinished() }
  func stop() { mailbox.put(nil) }
}

/// The job that a worker is to do, and whether it is done.
private final class Mailbox: @unchecked Sendable {
  /// Written by the caller while `state` says idle, read and cleared by the worker while it says full.
  private var job: Job?
  private let state = Atomic(idle)
  private let isAsleep = Atomic(false)
  private let alarm = DispatchSemaphore(value: 0)

  private static let idle = 0
  private static let full = 1

  /// How often a waiting thread looks before it sleeps, a processor's pause after each.
  private static let looks = 2_000

  /// Hands over a job, or nil to end.
  func put(_ job: Job?) {
    self.job = job
    state.store(Self.full, ordering: .sequentiallyConsistent)
    if isAsleep.load(ordering: .sequentiallyConsistent) { alarm.signal() }
  }

  /// Waits for a job and runs it; returns false where it was the end.
  ///
  /// When it returns no reference to the job is left but the mailbox's own, so that `finish` lets go
  /// of the caller's closure.
  @inline(never)
  func work(as number: Int) -> Bool {
    if !look(for: Self.full) { sleepUntilFull() }
    guard let job else { return false }
    job.run(worker: number)
    return true
  }

  /// Says that the job is done.
  func finish() {
    job = nil
    state.store(Self.idle, ordering: .releasing)
  }

  /// Waits for the job's end, awake: the pieces are dealt out one by one, so it is near where every
  /// thread has a core.
  func waitUntilFinished() {
    while !look(for: Self.idle) { sched_yield() }
  }

  private func look(for wanted: Int) -> Bool {
    for _ in 0..<Self.looks {
      if state.load(ordering: .acquiring) == wanted { return true }
      ccpu_relax()
    }
    return false
  }

  /// Sleeps until `put` signals: it sees `isAsleep`, or this sees its `full`.
  private func sleepUntilFull() {
    isAsleep.store(true, ordering: .sequentiallyConsistent)
    while state.load(ordering: .sequentiallyConsistent) != Self.full { alarm.wait() }
    isAsleep.store(false, ordering: .sequentiallyConsistent)
  }
}
