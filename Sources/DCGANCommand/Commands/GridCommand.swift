/// Runs `dcgan grid`.
package enum GridCommand {
  /// Does the work with checked options and returns how it ended.
  package static func run(_ options: GridOptions, _ console: Console) throws -> ExitCode {
    throw NotWiredError(command: "grid")
  }
}
