/// Runs `dcgan train`.
package enum TrainCommand {
  /// Does the work with checked options and returns how it ended.
  package static func run(_ options: TrainOptions, _ console: Console) throws -> ExitCode {
    throw NotWiredError(command: "train")
  }
}
