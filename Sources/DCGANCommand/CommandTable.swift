import Arguments

extension Program {
  /// `dcgan` with all its commands.
  package static let dcgan: Program = Program(commands: [
    Command(specification: TrainOptions.specification) { arguments, console in
      try TrainCommand.run(TrainOptions(arguments), console)
    },
    Command(specification: SampleOptions.specification) { arguments, console in
      try SampleCommand.run(SampleOptions(arguments), console)
    },
    Command(specification: GridOptions.specification) { arguments, console in
      try GridCommand.run(GridOptions(arguments), console)
    },
    Command(specification: ReportOptions.specification) { arguments, console in
      try ReportCommand.run(ReportOptions(arguments), console)
    },
    Command(specification: ScoreOptions.specification) { arguments, console in
      try ScoreCommand.run(ScoreOptions(arguments), console)
    },
    Command(specification: EvaluateOptions.specification) { arguments, console in
      try EvaluateCommand.run(EvaluateOptions(arguments), console)
    },
    Command(specification: ExportOptions.specification) { arguments, console in
      try ExportCommand.run(ExportOptions(arguments), console)
    },
    Command(specification: ReviewOptions.specification) { arguments, console in
      try ReviewCommand.run(ReviewOptions(arguments), console)
    },
    Command(specification: InfoOptions.specification) { arguments, console in
      try InfoCommand.run(InfoOptions(arguments), console)
    },
    Command(specification: BenchOptions.specification) { arguments, console in
      try BenchCommand.run(BenchOptions(arguments), console)
    },
    Command(specification: PhantomOptions.specification) { arguments, console in
      try PhantomCommand.run(PhantomOptions(arguments), console)
    },
    Command(specification: CompletionsOptions.specification) { arguments, console in
      let options = try CompletionsOptions(arguments)
      let commands = dcgan.commands.map(\.specification)
      try console.writeOutput(
        options.shell.completions(of: ProgramText.description.name, commands: commands))
      return .done
    },
    Command(specification: ManualOptions.specification) { arguments, console in
      let commands = dcgan.commands.map(\.specification)
      let isMarkdown = ManualOptions(arguments).isMarkdown
      try console.writeOutput(
        isMarkdown
          ? CommandsPage.text(of: commands, ProgramText.description)
          : ManualPage.text(of: commands, ProgramText.description))
      return .done
    },
  ])
}
