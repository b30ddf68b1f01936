/// What the program tells the shell.
package enum ExitCode: Int32, Sendable {
  /// Work that was done.
  case done = 0
  /// A failure, which a message names.
  case failed = 1
  /// A command line that was refused.
  case usage = 2
  /// A terminal that was hung up (SIGHUP), as when a connection is lost.
  case hungUp = 129
  /// Ctrl-C (SIGINT), which stopped the work.
  case interrupted = 130
  /// SIGTERM, which stopped the work.
  case terminated = 143
}
