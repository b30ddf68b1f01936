/// Runs `dcgan phantom`.
package enum PhantomCommand {
  /// Does the work with checked options and returns how it ended.
  package static func run(_ options: PhantomOptions, _ console: Console) throws -> ExitCode {
    throw NotWiredError(command: "phantom")
  }
}
