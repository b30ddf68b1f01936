/// Runs `dcgan score`.
package enum ScoreCommand {
  /// Does the work with checked options and returns how it ended.
  package static func run(_ options: ScoreOptions, _ console: Console) throws -> ExitCode {
    throw NotWiredError(command: "score")
  }
}
