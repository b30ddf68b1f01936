import Dispatch
import Foundation
import Support
import Tensor

extension Backend {
  /// Runs the body on rank 0 while the others wait, and returns what it returned there, nil elsewhere; throws
  /// as `together` does.
  ///
  /// However long it takes, no rank waits for another for more than a moment, so that one that does not
  /// answer is noticed. The body runs on another thread than the caller's, and must not gather.
  package func onFirstRank<Value>(_ body: @escaping () throws -> Value) throws -> Value? {
    guard let ranks else { return try body() }
    var waiting = Waiting()
    guard ranks.rank == 0 else {
      while try !onAnyRank({ false }) { waiting.rest() }
      return nil
    }
    let work = Work(body)
    while try !onAnyRank({ try work.isDone(after: &waiting) }) {}
    return try work.value()
  }
}

extension Backend {
  /// Runs the body on every rank and returns what this one's returned, as `together` does, for bodies that take
  /// one rank much longer than another: none waits for another for more than a moment.
  ///
  /// The body runs on another thread than the caller's, and must not gather.
  package func togetherAtLength<Value>(_ body: @escaping () throws -> Value) throws -> Value {
    guard ranks != nil else { return try body() }
    let work = Work(body)
    var waiting = Waiting()
    var isDone = false
    while try onAnyRank({
      if isDone { waiting.rest() } else { isDone = try work.isDone(after: &waiting) }
      return !isDone
    }) {}
    return try work.value()
  }
}

extension RankGroup {
  /// Runs the body on every rank, each for as long as it takes, and returns on all whether all returned true.
  ///
  /// The body runs on another thread than the caller's, and must not gather. What keeps a rank from
  /// answering is noticed meanwhile, as `Backend.onFirstRank` does. Throws what the body throws, on its
  /// own rank.
  ///
  /// - Parameters:
  ///   - shouldStop: Says whether this rank was asked to stop.
  ///   - body: Is given what says whether any rank was.
  package func apart(
    shouldStop: () -> Bool, _ body: @escaping (_ shouldStop: @escaping () -> Bool) throws -> Bool
  ) throws -> Bool {
    let isStopped = Locked(false)
    let work = Work { try body { isStopped.withLock(\.self) } }
    var waiting = Waiting()
    var isDone = false
    repeat {
      if isDone { waiting.rest() } else { isDone = try work.isDone(after: &waiting) }
      let isAnyStopped = gather(shouldStop()).contains(true)
      isStopped.withLock { $0 = $0 || isAnyStopped }
    } while gather(isDone).contains(false)
    return !gather(try work.value()).contains(false)
  }
}

/// Pauses that grow up to a second.
private struct Waiting {
  private(set) var seconds = 0.01

  mutating func next() -> Double {
    defer { seconds = min(1, seconds * 2) }
    return seconds
  }

  mutating func rest() { Thread.sleep(forTimeInterval: next()) }
}

/// A body that runs on a thread of its own.
///
/// It is safe to share because its maker does nothing but wait until it is done.
private final class Work<Value>: @unchecked Sendable {
  /// As much as the main thread has.
  private static var stackBytes: Int { 8 << 20 }

  private let end = DispatchSemaphore(value: 0)
  /// Written by the thread before `end` is signalled, read by the maker after that.
  private var result: Result<Value, any Error>?

  init(_ body: @escaping () throws -> Value) {
    nonisolated(unsafe) let body = body
    let thread = Thread { [self] in
      result = Result { try body() }
      end.signal()
    }
    thread.name = "dcgan rank"
    thread.stackSize = Self.stackBytes
    thread.start()
  }

  /// Waits for a moment and returns whether the body is done; throws what it threw.
  func isDone(after waiting: inout Waiting) throws -> Bool {
    guard end.wait(timeout: .now() + waiting.next()) == .success else { return false }
    _ = try value()
    return true
  }

  func value() throws -> Value {
    try requireValue(result, "the body is not done").get()
  }
}
