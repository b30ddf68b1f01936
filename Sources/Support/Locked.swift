import Foundation

/// State that threads share, one at a time.
///
/// As `Mutex`, but of a lock that ThreadSanitizer sees: where threads wait for a `Mutex`, it reports
/// races that are none.
package final class Locked<State>: @unchecked Sendable {
  private let lock = NSLock()
  private var state: State

  /// Takes the state, which nobody else may change from then on.
  package init(_ state: sending State) { self.state = state }

  /// Calls the body with the state while no other thread has it; rethrows what it throws.
  package func withLock<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
    lock.lock()
    defer { lock.unlock() }
    return try body(&state)
  }
}
