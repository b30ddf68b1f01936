import Dispatch
import Foundation

/// How long a rank waits for the others before it gives up on them.
package struct Patience: Equatable, Sendable {
  /// The time limit in seconds; nil is none.
  package let seconds: Double?

  /// Reads `DCGAN_RANK_TIMEOUT`: seconds, 600 where it is missing, and 0 for no limit.
  ///
  /// Throws `LaunchError`.
  package init(environment: [String: String]) throws {
    guard let text = environment["DCGAN_RANK_TIMEOUT"], !text.isEmpty else {
      seconds = 600
      return
    }
    guard let value = Double(text), value.isFinite, value >= 0 else {
      throw LaunchError.timeLimit(found: text)
    }
    seconds = value == 0 ? nil : value
  }

  /// Makes a time limit.
  package init(seconds: Double?) { self.seconds = seconds }

  /// The time limit in words, such as "600 seconds".
  package var limitInWords: String {
    let number = "\(seconds ?? 0)".replacing(/\.0$/, with: "")
    return "\(number) second\(number == "1" ? "" : "s")"
  }

  /// What sets the time limit.
  static let advice = "The environment variable DCGAN_RANK_TIMEOUT sets how many seconds to wait"

  /// Asks a question again and again until the answer is yes; returns the seconds that took, or nil where
  /// the time is over.
  ///
  /// At first it asks without a pause, as most answers are there already. Then it sleeps between two
  /// questions, briefly, and longer after a second, when another rank is busy with something else: where
  /// processes share cores, one that asks without a pause uses up its turns with asking, and has to wait
  /// for the next one when the answer is there.
  package func wait(until isDone: () -> Bool) -> Double? {
    let start = ContinuousClock.now
    while !isDone() {
      let waited = (ContinuousClock.now - start) / .seconds(1)
      if let seconds, waited > seconds { return nil }
      if waited > 100e-6 { usleep(waited < 1 ? 10 : 500) }
    }
    return (ContinuousClock.now - start) / .seconds(1)
  }

  /// Does what cannot be asked whether it is done, and returns what it returned; rethrows what it throws.
  /// Where it takes longer than the time limit, the process ends with code 1.
  ///
  /// - Parameter lastWords: Is called on another thread before the process ends.
  func watch<Value>(
    _ body: () throws -> Value, orEnd lastWords: @escaping @Sendable () -> Void
  ) rethrows -> Value {
    guard let seconds else { return try body() }
    let isDone = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      guard isDone.wait(timeout: .now() + seconds) == .timedOut else { return }
      lastWords()
      // What the other thread waits in may not let the process end in order.
      _exit(1)
    }
    defer { isDone.signal() }
    return try body()
  }
}
