/// Runs `dcgan sample`.
package enum SampleCommand {
  /// Does the work with checked options and returns how it ended.
  package static func run(_ options: SampleOptions, _ console: Console) throws -> ExitCode {
    throw NotWiredError(command: "sample")
  }
}
