/// Runs `dcgan info`.
package enum InfoCommand {
  /// Does the work with checked options and returns how it ended.
  package static func run(_ options: InfoOptions, _ console: Console) throws -> ExitCode {
    throw NotWiredError(command: "info")
  }
}
