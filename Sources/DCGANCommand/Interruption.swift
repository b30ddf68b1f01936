import Foundation
import Synchronization

/// The first signal that asked the process to stop, or 0.
private let receivedSignal = Atomic<Int32>(0)

/// Whether somebody asked with Ctrl-C or SIGTERM already.
private let wasAsked = Atomic<Bool>(false)

/// Whether somebody sits at a terminal and waits for an answer to Ctrl-C.
private let isWatched = Atomic<Bool>(false)

/// Turns Ctrl-C, SIGTERM and the hang-up of the terminal into a question that long work asks between
/// two steps; Ctrl-C or SIGTERM once more ends the process at once.
///
/// A hang-up (SIGHUP) asks as often as it likes: shell and system both send it when a connection is
/// lost, and SIGTERM may follow from whoever ends the session. It is left alone where it is ignored
/// already, as `nohup` has it.
package struct Interruption: Sendable {
  /// The one of this process.
  package static let shared = Interruption()

  private init() {}

  /// Whether the process was asked to stop.
  package var isRequested: Bool { receivedSignal.load(ordering: .relaxed) != 0 }

  /// The code to exit with once the work has stopped, or nil where nobody asked for that.
  package var exitCode: ExitCode? {
    Self.exitCode(signal: receivedSignal.load(ordering: .relaxed))
  }

  /// Returns the code that shells expect of a process that this signal stopped: 128 and the
  /// signal's number.
  package static func exitCode(signal: Int32) -> ExitCode? {
    switch signal {
    case SIGHUP: .hungUp
    case SIGINT: .interrupted
    case SIGTERM: .terminated
    default: nil
    }
  }

  /// Begins to listen: for SIGINT and SIGTERM also where the parent had them ignored, for all also
  /// where it had them blocked.
  package func install() {
    // A handler may run between any two instructions and must not be the first to touch a global
    // variable, whose initialization could take a lock.
    _ = isRequested
    _ = wasAsked.load(ordering: .relaxed)
    isWatched.store(isatty(STDERR_FILENO) == 1, ordering: .relaxed)
    if !Self.isIgnored(SIGHUP) { signal(SIGHUP, Self.handler) }
    signal(SIGINT, Self.handler)
    signal(SIGTERM, Self.handler)
    // A process inherits what its parent's thread blocked, and some start processes from threads
    // that block everything.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGHUP, SIGINT, SIGTERM] { sigaddset(&signals, number) }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Returns whether the process ignores a signal; where it does not, asking for that would lose one
  /// that arrives meanwhile, so nothing is changed.
  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    #if os(Linux)
      let handler = action.__sigaction_handler.sa_handler
    #else
      let handler = action.__sigaction_u.__sa_handler
    #endif
    return handler.map { unsafeBitCast($0, to: Int.self) } == 1
  }

  private static let handler: @convention(c) (Int32) -> Void = { number in
    _ = receivedSignal.compareExchange(expected: 0, desired: number, ordering: .relaxed)
    // Nobody is left at the terminal to read an answer.
    if number == SIGHUP { return }
    let isFirst = !wasAsked.exchange(true, ordering: .relaxed)
    if isWatched.load(ordering: .relaxed) {
      // Nothing but write is allowed here.
      let first: StaticString =
        "\nstopping after this step; press Ctrl-C again to quit now without saving\n"
      let second: StaticString = "\nquit without saving\n"
      let text = isFirst ? first : second
      _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    }
    if !isFirst { _exit(128 + number) }
  }
}
