import Foundation
import Synchronization

/// Is the first signal that asked the process to stop, or 0.
private let receivedSignal = Atomic<Int32>(0)

/// Is whether somebody sits at a terminal and waits for an answer to Ctrl-C.
private let isWatched = Atomic<Bool>(false)

/// Turns Ctrl-C and SIGTERM into a question that long work asks between two steps; the second
/// such signal ends the process at once.
package struct Interruption: Sendable {
  /// Is the one of this process.
  package static let shared = Interruption()

  private init() {}

  /// Tells whether the process was asked to stop.
  package var isRequested: Bool { receivedSignal.load(ordering: .relaxed) != 0 }

  /// Is the code to exit with once the work has stopped, or nil where nobody asked for that.
  package var exitCode: ExitCode? {
    Self.exitCode(signal: receivedSignal.load(ordering: .relaxed))
  }

  /// Returns the code that shells expect of a process that this signal stopped: 128 and the
  /// signal's number.
  package static func exitCode(signal: Int32) -> ExitCode? {
    switch signal {
    case SIGINT: .interrupted
    case SIGTERM: .terminated
    default: nil
    }
  }

  /// Begins to listen for SIGINT and SIGTERM, also where the parent had them ignored or blocked.
  package func install() {
    // A handler may run between any two instructions and must not be the first to touch a global
    // variable, whose initialization could take a lock.
    _ = isRequested
    isWatched.store(isatty(STDERR_FILENO) == 1, ordering: .relaxed)
    signal(SIGINT, Self.handler)
    signal(SIGTERM, Self.handler)
    // A process inherits what its parent's thread blocked, and some start processes from threads
    // that block everything.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  private static let handler: @convention(c) (Int32) -> Void = { number in
    let (isFirst, _) = receivedSignal.compareExchange(
      expected: 0, desired: number, ordering: .relaxed)
    if isWatched.load(ordering: .relaxed) {
      // Nothing but write is allowed here.
      let first: StaticString = "\nstopping; once more stops at once, without saving\n"
      let second: StaticString = "\nstopped at once\n"
      let text = isFirst ? first : second
      _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    }
    if !isFirst { _exit(128 + number) }
  }
}
