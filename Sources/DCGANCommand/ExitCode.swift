/// Is what the program tells the shell.
package enum ExitCode: Int32, Sendable {
  /// Tells that everything was done.
  case done = 0
  /// Tells that something failed, which a message names.
  case failed = 1
  /// Tells that the command line was refused.
  case usage = 2
  /// Tells that the terminal was hung up (SIGHUP), as when a connection is lost.
  case hungUp = 129
  /// Tells that Ctrl-C (SIGINT) stopped the work.
  case interrupted = 130
  /// Tells that SIGTERM stopped the work.
  case terminated = 143
}
