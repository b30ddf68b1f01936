/// Runs `dcgan bench`.
package enum BenchCommand {
  /// Does the work with checked options and returns how it ended.
  package static func run(_ options: BenchOptions, _ console: Console) throws -> ExitCode {
    throw NotWiredError(command: "bench")
  }
}
