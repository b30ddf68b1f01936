import Arguments

extension Program {
  /// `dcgan` with all its commands.
  package static let dcgan: Program = Program(commands: [
    Command(sharesWork: true, TrainCommand.run),
    Command(sharesWork: true, SampleCommand.run),
    Command(GridCommand.run),
    Command(ReportCommand.run),
    Command(ScoreCommand.run),
    Command(sharesWork: true, EvaluateCommand.run),
    Command(sharesWork: true, StudyCommand.run),
    Command(ExportCommand.run),
    Command(ReviewCommand.run),
    Command { try InfoCommand.run($0, $1) },
    Command(sharesWork: true, BenchCommand.run),
    Command(PhantomCommand.run),
    Command(printCompletions),
    Command(printManual),
  ])

  private static func printCompletions(
    _ options: CompletionsOptions, _ console: Console
  ) throws -> ExitCode {
    let commands = dcgan.commands.map(\.specification)
    try console.writeOutput(
      options.shell.completions(of: ProgramText.description.name, commands: commands))
    return .done
  }

  private static func printManual(
    _ options: ManualOptions, _ console: Console
  ) throws -> ExitCode {
    let commands = dcgan.commands.map(\.specification)
    try console.writeOutput(
      options.isMarkdown
        ? CommandsPage.text(of: commands, ProgramText.description)
        : ManualPage.text(of: commands, ProgramText.description))
    return .done
  }
}
